// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/zip_directory.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/byte_reader.h"
#include "cxr/model/weights/stored_tensor.h"

// Names and places as in APPNOTE.TXT, the description of the format.

namespace cxr {
namespace {

constexpr absl::string_view kLocalHeader("PK\3\4", 4);
constexpr absl::string_view kCentralHeader("PK\1\2", 4);
constexpr absl::string_view kEnd("PK\5\6", 4);
constexpr absl::string_view kZip64Locator("PK\6\7", 4);
constexpr absl::string_view kZip64End("PK\6\6", 4);

constexpr size_t kLocalHeaderBytes = 30;
constexpr size_t kCentralHeaderBytes = 46;
constexpr size_t kEndBytes = 22;
constexpr size_t kZip64LocatorBytes = 20;
constexpr size_t kZip64EndBytes = 56;
constexpr size_t kLongestComment = 0xFFFF;
constexpr uint64_t kZip64Extra = 1;
constexpr uint64_t kElsewhere = 0xFFFFFFFF;  // the number is in zip64's fields

// Where the entries are described.
struct Central {
  uint64_t entries = 0;
  uint64_t bytes = 0;
  uint64_t offset = 0;
};

absl::Status Broken(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("zip archive ", what));
}

uint64_t Number(absl::string_view bytes, size_t at, size_t count) {
  return LittleEndian(bytes.substr(at, count));
}

// `count` bytes at `offset`, which begin with `signature`.
absl::StatusOr<absl::string_view> Record(absl::string_view archive,
                                         uint64_t offset, size_t count,
                                         absl::string_view signature) {
  if (offset > archive.size() || count > archive.size() - offset ||
      archive.substr(offset, signature.size()) != signature) {
    return Broken(absl::StrCat("has no header at byte ", offset,
                               ", expected one: damaged or cut off"));
  }
  return archive.substr(offset, count);
}

// The end of the directory, which closes the archive but for a comment.
absl::StatusOr<size_t> FindEnd(absl::string_view archive) {
  if (archive.size() >= kEndBytes) {
    const size_t last = archive.size() - kEndBytes;
    const size_t first = last - std::min(last, kLongestComment);
    for (size_t at = last + 1; at-- > first;) {
      if (archive.substr(at, kEnd.size()) == kEnd &&
          at + kEndBytes + Number(archive, at + 20, 2) == archive.size()) {
        return at;
      }
    }
  }
  return Broken("has no directory at its end, expected one: cut off");
}

absl::StatusOr<Central> FindCentral(absl::string_view archive) {
  CXR_ASSIGN_OR_RETURN(const size_t end, FindEnd(archive));
  const absl::string_view record = archive.substr(end, kEndBytes);
  if (end >= kZip64LocatorBytes &&
      archive.substr(end - kZip64LocatorBytes, 4) == kZip64Locator) {
    const uint64_t at = Number(archive, end - kZip64LocatorBytes + 8, 8);
    CXR_ASSIGN_OR_RETURN(const absl::string_view large,
                         Record(archive, at, kZip64EndBytes, kZip64End));
    return Central{.entries = Number(large, 32, 8),
                   .bytes = Number(large, 40, 8),
                   .offset = Number(large, 48, 8)};
  }
  return Central{.entries = Number(record, 10, 2),
                 .bytes = Number(record, 12, 4),
                 .offset = Number(record, 16, 4)};
}

// What the directory says of one entry.
struct Description {
  ZipEntry entry = {};
  uint64_t size = 0;         // as it is when it is read
  uint64_t stored_size = 0;  // as it lies in the archive
  uint64_t offset = 0;       // of the local header
};

// Puts the 64-bit numbers of `extra` where 32 bits did not hold them.
absl::Status ReadZip64(absl::string_view extra, Description& entry) {
  ByteReader fields(extra);
  while (fields.left() > 0) {
    CXR_ASSIGN_OR_RETURN(const uint64_t id, fields.TakeInteger(2));
    CXR_ASSIGN_OR_RETURN(const uint64_t size, fields.TakeInteger(2));
    CXR_ASSIGN_OR_RETURN(const absl::string_view field, fields.Take(size));
    if (id == kZip64Extra) {
      ByteReader numbers(field);
      for (uint64_t* const number :
           {&entry.size, &entry.stored_size, &entry.offset}) {
        if (*number == kElsewhere) {
          CXR_ASSIGN_OR_RETURN(*number, numbers.TakeInteger(8));
        }
      }
      return absl::OkStatus();
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Description> ReadDescription(ByteReader& central) {
  CXR_ASSIGN_OR_RETURN(const absl::string_view head,
                       central.Take(kCentralHeaderBytes));
  if (head.substr(0, kCentralHeader.size()) != kCentralHeader) {
    return Broken("has a directory without a header where one is expected");
  }
  const bool encrypted = Number(head, 8, 2) & 1;
  Description description = {.size = Number(head, 24, 4),
                             .stored_size = Number(head, 20, 4),
                             .offset = Number(head, 42, 4)};
  CXR_ASSIGN_OR_RETURN(const absl::string_view name,
                       central.Take(Number(head, 28, 2)));
  CXR_ASSIGN_OR_RETURN(const absl::string_view extra,
                       central.Take(Number(head, 30, 2)));
  CXR_RETURN_IF_ERROR(central.Take(Number(head, 32, 2)).status());
  CXR_RETURN_IF_ERROR(ReadZip64(extra, description));
  description.entry = {.name = std::string(name),
                       .stored = Number(head, 10, 2) == 0 && !encrypted};
  return description;
}

// The entry with its bytes, which lie behind a header of their own.
absl::StatusOr<ZipEntry> ReadEntry(absl::string_view archive,
                                   Description description) {
  ZipEntry& entry = description.entry;
  if (entry.stored && description.size != description.stored_size) {
    return Broken(absl::StrCat("entry ", QuotedText(entry.name), ": found ",
                               description.stored_size, " bytes, expected ",
                               description.size));
  }
  CXR_ASSIGN_OR_RETURN(
      const absl::string_view head,
      Record(archive, description.offset, kLocalHeaderBytes, kLocalHeader));
  ByteReader reader(archive, description.offset + kLocalHeaderBytes);
  CXR_ASSIGN_OR_RETURN(const absl::string_view name,
                       reader.Take(Number(head, 26, 2)));
  if (name != entry.name) {
    return Broken(absl::StrCat("entry ", QuotedText(entry.name), " is called ",
                               QuotedText(name), " in its header"));
  }
  CXR_RETURN_IF_ERROR(reader.Take(Number(head, 28, 2)).status());
  CXR_ASSIGN_OR_RETURN(entry.bytes, reader.Take(description.stored_size));
  return entry;
}

}  // namespace

ZipDirectory::ZipDirectory(std::vector<ZipEntry> entries)
    : entries_(std::move(entries)) {}

absl::StatusOr<ZipDirectory> ZipDirectory::Parse(absl::string_view archive) {
  CXR_ASSIGN_OR_RETURN(const Central central, FindCentral(archive));
  if (central.offset > archive.size() ||
      central.bytes > archive.size() - central.offset) {
    return Broken(absl::StrCat("has its directory at byte ", central.offset,
                               " of ", archive.size()));
  }
  ByteReader reader(archive.substr(central.offset, central.bytes));
  std::vector<ZipEntry> entries;
  for (uint64_t i = 0; i < central.entries; ++i) {
    CXR_ASSIGN_OR_RETURN(Description description, ReadDescription(reader));
    CXR_ASSIGN_OR_RETURN(ZipEntry entry,
                         ReadEntry(archive, std::move(description)));
    entries.push_back(std::move(entry));
  }
  std::sort(
      entries.begin(), entries.end(),
      [](const ZipEntry& a, const ZipEntry& b) { return a.name < b.name; });
  for (size_t i = 1; i < entries.size(); ++i) {
    if (entries[i - 1].name == entries[i].name) {
      return Broken(absl::StrCat(
          "has two entries ", QuotedText(entries[i].name), ", expected one"));
    }
  }
  return ZipDirectory(std::move(entries));
}

const ZipEntry* ZipDirectory::Find(absl::string_view name) const {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), name,
                       [](const ZipEntry& entry, absl::string_view wanted) {
                         return entry.name < wanted;
                       });
  return found != entries_.end() && found->name == name ? &*found : nullptr;
}

}  // namespace cxr
