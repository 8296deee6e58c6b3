// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/gzip.h"

#include <libdeflate.h>

#include <memory>

#include "cxr/base/check.h"

namespace cxr {
namespace {

struct FreeCompressor {
  void operator()(libdeflate_compressor* packer) const {
    libdeflate_free_compressor(packer);
  }
};

}  // namespace

std::string Gzip(absl::string_view text, int level) {
  const std::unique_ptr<libdeflate_compressor, FreeCompressor> packer(
      libdeflate_alloc_compressor(level));
  CXR_CHECK(packer != nullptr)
      << "libdeflate: no compressor of level " << level;
  std::string packed(libdeflate_gzip_compress_bound(packer.get(), text.size()),
                     '\0');
  packed.resize(libdeflate_gzip_compress(packer.get(), text.data(), text.size(),
                                         packed.data(), packed.size()));
  CXR_CHECK(!packed.empty()) << "libdeflate: no room for " << text.size();
  return packed;
}

}  // namespace cxr
