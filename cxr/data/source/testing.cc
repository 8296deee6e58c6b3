// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/testing.h"

#include <zlib.h>

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"

namespace cxr {

std::string Gzip(absl::string_view text) {
  constexpr int kGzipWindowBits = 15 + 16;  // zlib.h: plus 16 writes gzip
  constexpr int kMemoryLevel = 8;           // zlib's default
  z_stream stream = {};
  CXR_CHECK(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindowBits,
                         kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK)
      << "zlib: deflateInit2";
  std::string input(text);
  std::string output(deflateBound(&stream, input.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(output.data());
  stream.avail_out = static_cast<uInt>(output.size());
  CXR_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END) << "zlib: deflate";
  output.resize(stream.total_out);
  deflateEnd(&stream);
  return output;
}

void WriteTree(absl::string_view folder,
               const std::map<std::string, std::string>& files) {
  for (const auto& [name, text] : files) {
    const std::string path = JoinPath(folder, name);
    const size_t slash = path.rfind('/');
    CXR_CHECK(CreateDirectories(path.substr(0, slash)).ok()) << path;
    CXR_CHECK(
        ReplaceFile(path, absl::EndsWith(name, ".gz") ? Gzip(text) : text).ok())
        << path;
  }
}

std::map<std::string, std::string> RemarksOf(const ImageIndex& index) {
  std::map<std::string, std::string> remarks;
  for (const Remark& remark : index.remarks) {
    remarks[remark.what] =
        absl::StrCat(remark.count, ", ", Basename(remark.first));
  }
  return remarks;
}

}  // namespace cxr
