// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/image_cache.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <variant>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/load/failure_log.h"
#include "cxr/data/load/loader.h"
#include "cxr/data/load/order.h"

namespace cxr {
namespace {

constexpr char kMagic[8] = {'c', 'x', 'r', 'i', 'm', 'a', 'g', 'e'};
constexpr uint32_t kVersion = 1;

// Larger writes are no faster, smaller ones are flushed too often.
constexpr size_t kWriteBytes = size_t{64} << 20;

// Begins the file; the key follows.
struct Header {
  char magic[8] = {};
  uint32_t version = 0;
  uint32_t key_bytes = 0;
  int64_t images = 0;
};

// An image of width * height pixels, or, if `error` is a code, a text of
// `width` bytes.
struct Entry {
  int64_t begin = 0;
  int32_t width = 0;
  int32_t height = 0;
  int32_t error = 0;  // absl::StatusCode
  int32_t unused = 0;
};

struct End {
  int64_t table = 0;
  char sha256[64] = {};  // of header, key and table, hexadecimal
  char magic[8] = {};
};

template <typename T>
absl::string_view BytesOf(const T& value) {
  static_assert(std::has_unique_object_representations_v<T>);
  return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

// `bytes` holds a T at `begin`.
template <typename T>
T Read(absl::string_view bytes, size_t begin) {
  T value;
  std::memcpy(&value, bytes.data() + begin, sizeof(T));
  return value;
}

int64_t BytesOfEntry(const Entry& entry) {
  return entry.error == 0 ? int64_t{entry.width} * entry.height : entry.width;
}

// What Build makes of an image.
using Made = std::variant<GrayImage, absl::Status>;

// Appends to a file that nobody else knows.
class Writer {
 public:
  explicit Writer(std::string path) : path_(std::move(path)) {}

  int64_t written() const { return written_; }

  absl::Status Append(absl::string_view bytes) {
    buffer_.append(bytes.data(), bytes.size());
    written_ += static_cast<int64_t>(bytes.size());
    return buffer_.size() < kWriteBytes ? absl::OkStatus() : Flush();
  }

  absl::Status Flush() {
    CXR_RETURN_IF_ERROR(AppendToFile(path_, buffer_));
    buffer_.clear();
    return absl::OkStatus();
  }

 private:
  std::string path_;
  std::string buffer_;
  int64_t written_ = 0;
};

absl::StatusOr<Entry> WriteImage(const Made& made, Writer& writer) {
  Entry entry{.begin = writer.written()};
  if (const absl::Status* status = std::get_if<absl::Status>(&made)) {
    entry.error = static_cast<int32_t>(status->code());
    entry.width = static_cast<int32_t>(status->message().size());
    CXR_RETURN_IF_ERROR(writer.Append(status->message()));
    return entry;
  }
  const GrayImage& image = std::get<GrayImage>(made);
  entry.width = image.width;
  entry.height = image.height;
  CXR_RETURN_IF_ERROR(
      writer.Append({reinterpret_cast<const char*>(image.pixels.data()),
                     image.pixels.size()}));
  return entry;
}

absl::Status WriteCache(
    const std::string& path, const ImageCacheOptions& options,
    absl::FunctionRef<absl::StatusOr<GrayImage>(int64_t)> make) {
  Loader<Made> loader(
      // Threads have a second image to turn to while the first is written.
      {.threads = options.threads,
       .prefetch_batches = 2 * options.threads,
       .end_step = options.images},
      [](int64_t i) {
        return PassSlots({i, i + 1});
      },
      [&](const Slot& slot) -> absl::StatusOr<Made> {
        absl::StatusOr<GrayImage> image = make(slot.image);
        if (image.ok()) {
          return Made(*std::move(image));
        }
        if (IsImageFailure(image.status())) {
          return Made(image.status());
        }
        return image.status();
      });
  Header header{.version = kVersion,
                .key_bytes = static_cast<uint32_t>(options.key.size()),
                .images = options.images};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  const std::string head = absl::StrCat(BytesOf(header), options.key);
  Writer writer(path);
  CXR_RETURN_IF_ERROR(writer.Append(head));
  std::string table;
  for (int64_t i = 0; i < options.images; ++i) {
    CXR_ASSIGN_OR_RETURN(const std::vector<Made> made, loader.Next());
    CXR_ASSIGN_OR_RETURN(const Entry entry, WriteImage(made[0], writer));
    absl::StrAppend(&table, BytesOf(entry));
  }
  End end{.table = writer.written()};
  const std::string digest = Sha256Hex(absl::StrCat(head, table));
  std::memcpy(end.sha256, digest.data(), sizeof(end.sha256));
  std::memcpy(end.magic, kMagic, sizeof(kMagic));
  CXR_RETURN_IF_ERROR(writer.Append(table));
  CXR_RETURN_IF_ERROR(writer.Append(BytesOf(end)));
  return writer.Flush();
}

// A name beside `path` that nobody else has, on no host that shares its volume.
absl::StatusOr<std::string> TemporaryName(absl::string_view path) {
  uint64_t random = 0;
  if (getrandom(&random, sizeof(random), 0) != sizeof(random)) {
    return ErrnoStatus(errno, "cannot draw a name beside", path);
  }
  return absl::StrCat(path, ".tmp.", getpid(), ".",
                      absl::Hex(random, absl::kZeroPad16));
}

absl::Status Damaged(absl::string_view path, absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat(path, ": a damaged cache of images: ", what));
}

// Whether every entry of `table` lies between `begin` and `end`.
bool EntriesFit(absl::string_view table, int64_t begin, int64_t end) {
  for (size_t place = 0; place < table.size(); place += sizeof(Entry)) {
    const Entry entry = Read<Entry>(table, place);
    if (entry.begin < begin || entry.begin > end || entry.width < 0 ||
        entry.height < 0 || BytesOfEntry(entry) > end - entry.begin) {
      return false;
    }
  }
  return true;
}

}  // namespace

absl::Status BuildImageCache(
    const ImageCacheOptions& options,
    absl::FunctionRef<absl::StatusOr<GrayImage>(int64_t)> make) {
  CXR_ASSIGN_OR_RETURN(const std::string temporary,
                       TemporaryName(options.path));
  absl::Status done = WriteCache(temporary, options, make);
  if (done.ok()) {
    done = Rename(temporary, options.path);
  }
  if (!done.ok()) {
    RemoveAll(temporary).IgnoreError();
  }
  return done;
}

void ImageCache::Unmap::operator()(const uint8_t* begin) const {
  munmap(const_cast<uint8_t*>(begin), bytes);
}

absl::StatusOr<ImageCache::Mapping> ImageCache::Map(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return ErrnoStatus(errno, "cannot open", path);
  }
  const absl::Cleanup closer = [fd] { close(fd); };
  struct stat info;
  if (fstat(fd, &info) != 0) {
    return ErrnoStatus(errno, "cannot look at", path);
  }
  const size_t bytes = static_cast<size_t>(info.st_size);
  if (bytes < sizeof(Header) + sizeof(End)) {
    return Damaged(path, absl::StrCat("it has ", bytes, " bytes"));
  }
  void* const begin = mmap(nullptr, bytes, PROT_READ, MAP_SHARED, fd, 0);
  if (begin == MAP_FAILED) {
    return ErrnoStatus(errno, "cannot map", path);
  }
  return Mapping(static_cast<const uint8_t*>(begin), Unmap{bytes});
}

absl::StatusOr<ImageCache> ImageCache::Open(absl::string_view path,
                                            absl::string_view key) {
  CXR_ASSIGN_OR_RETURN(Mapping mapping, Map(std::string(path)));
  ImageCache cache(std::move(mapping));
  CXR_RETURN_IF_ERROR(cache.Check(path, key));
  return cache;
}

absl::string_view ImageCache::Bytes() const {
  return {reinterpret_cast<const char*>(mapping_.get()),
          mapping_.get_deleter().bytes};
}

absl::Status ImageCache::Check(absl::string_view path, absl::string_view key) {
  const absl::string_view bytes = Bytes();
  const Header header = Read<Header>(bytes, 0);
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) {
    return Damaged(path, "it does not begin like one");
  }
  if (header.version != kVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": a cache of format ", header.version,
                     "; this program knows ", kVersion));
  }
  const size_t end_place = bytes.size() - sizeof(End);
  const End end = Read<End>(bytes, end_place);
  const size_t head_bytes = sizeof(Header) + size_t{header.key_bytes};
  if (std::memcmp(end.magic, kMagic, sizeof(kMagic)) != 0 ||
      head_bytes > end_place) {
    return Damaged(path, "it is cut off");
  }
  const absl::string_view found =
      bytes.substr(sizeof(Header), header.key_bytes);
  if (found != key) {
    return absl::FailedPreconditionError(absl::StrCat(
        path, ": a cache of \"", found, "\", not of \"", key, "\""));
  }
  const int64_t table_end = static_cast<int64_t>(end_place);
  const int64_t entry_bytes = int64_t{sizeof(Entry)};
  if (end.table < static_cast<int64_t>(head_bytes) || end.table > table_end ||
      (table_end - end.table) % entry_bytes != 0 ||
      (table_end - end.table) / entry_bytes != header.images) {
    return Damaged(path, "its table is not where it should be");
  }
  const absl::string_view table =
      bytes.substr(static_cast<size_t>(end.table),
                   end_place - static_cast<size_t>(end.table));
  if (Sha256Hex(absl::StrCat(bytes.substr(0, head_bytes), table)) !=
      absl::string_view(end.sha256, sizeof(end.sha256))) {
    return Damaged(path, "its header or table has changed");
  }
  if (!EntriesFit(table, static_cast<int64_t>(head_bytes), end.table)) {
    return Damaged(path, "an image lies outside");
  }
  table_ = end.table;
  images_ = header.images;
  return absl::OkStatus();
}

absl::StatusOr<GrayView> ImageCache::Image(int64_t i) const {
  CXR_CHECK(0 <= i && i < images_) << "image " << i << " of " << images_;
  const Entry entry =
      Read<Entry>(Bytes(), static_cast<size_t>(table_) +
                               static_cast<size_t>(i) * sizeof(Entry));
  if (entry.error != 0) {
    return absl::Status(static_cast<absl::StatusCode>(entry.error),
                        Bytes().substr(static_cast<size_t>(entry.begin),
                                       static_cast<size_t>(entry.width)));
  }
  return GrayView{mapping_.get() + entry.begin, entry.width, entry.height,
                  entry.width};
}

}  // namespace cxr
