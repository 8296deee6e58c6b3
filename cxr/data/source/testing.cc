// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/testing.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/data/table/gzip.h"

namespace cxr {

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
