// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INDEX_INDEX_CSV_H_
#define CXR_DATA_INDEX_INDEX_CSV_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/select.h"

// The images an experiment sees, as a file that a person can read.

namespace cxr {

// One line an image: row,id,patient,study,part,view,sex,age,fold and a column a
// label; what is not known is empty.
std::string ToCsv(const SelectedIndex& selected);

// DataLoss naming `name` and the line if `text` is not what ToCsv writes. The
// source is not in the file: it stays empty.
absl::StatusOr<SelectedIndex> SelectedIndexFromCsv(absl::string_view text,
                                                   absl::string_view name);

}  // namespace cxr

#endif  // CXR_DATA_INDEX_INDEX_CSV_H_
