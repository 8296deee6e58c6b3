// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/gunzip.h"

#include <libdeflate.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <thread>
#include <utility>

#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr size_t kFewestBytes = 18;          // header and trailer
constexpr uint64_t kMaxDeflateRatio = 1032;  // zlib's technical notes

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* unpacker) const {
    libdeflate_free_decompressor(unpacker);
  }
};

// The text's size modulo 2^32 as the file's last four bytes state it.
uint64_t StatedSize(const char* end) {
  uint64_t size = 0;
  for (int i = 1; i <= 4; ++i) {
    size = size << 8 | static_cast<uint8_t>(end[-i]);
  }
  return size;
}

// Has the system lay memory under all of `bytes`, which their first writer
// would wait for otherwise: for 60 MB a third of the time that unpacking takes.
void LayMemory(char* bytes, size_t size) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const size_t before = reinterpret_cast<uintptr_t>(bytes) % page;
  // Only advice: an older system does it at the first write, as ever.
  madvise(bytes - before, size + before, MADV_POPULATE_WRITE);
}

}  // namespace

absl::StatusOr<std::optional<Gunzipped>> GunzipAtOnce(const ByteFile& file,
                                                      size_t most_bytes) {
  const size_t packed_size = static_cast<size_t>(file.size());
  if (packed_size < kFewestBytes || packed_size > most_bytes) {
    return std::nullopt;
  }
  auto packed = std::make_unique_for_overwrite<char[]>(packed_size);
  CXR_ASSIGN_OR_RETURN(const size_t got,
                       file.ReadAt(0, packed.get(), packed_size));
  const uint64_t stated = StatedSize(packed.get() + packed_size);
  if (got < packed_size || stated > most_bytes - packed_size ||
      stated > kMaxDeflateRatio * packed_size) {
    return std::nullopt;
  }
  Gunzipped text{.bytes = std::make_unique_for_overwrite<char[]>(stated + 1)};
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> unpacker(
      libdeflate_alloc_decompressor());
  std::thread helper(LayMemory, text.bytes.get(), stated);
  size_t used = 0;
  const libdeflate_result result = libdeflate_gzip_decompress_ex(
      unpacker.get(), packed.get(), packed_size, text.bytes.get(), stated,
      &used, &text.size);
  helper.join();
  if (result != LIBDEFLATE_SUCCESS || used < packed_size) {
    return std::nullopt;
  }
  return std::make_optional(std::move(text));
}

}  // namespace cxr
