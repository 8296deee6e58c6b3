// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/image_index.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace cxr {

absl::StatusOr<int> LabelColumn(const ImageIndex& index,
                                absl::string_view name) {
  const auto it =
      std::find(index.label_names.begin(), index.label_names.end(), name);
  if (it == index.label_names.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat(index.source, ": no label '", name, "', expected one of ",
                     absl::StrJoin(index.label_names, ", ")));
  }
  return static_cast<int>(it - index.label_names.begin());
}

void AddRemark(absl::string_view what, absl::string_view where,
               std::vector<Remark>* remarks) {
  for (Remark& remark : *remarks) {
    if (remark.what == what) {
      ++remark.count;
      return;
    }
  }
  remarks->push_back(
      {.what = std::string(what), .count = 1, .first = std::string(where)});
}

}  // namespace cxr
