// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_BRAX_H_
#define CXR_DATA_SOURCE_BRAX_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// BRAX 1.1 (PhysioNet), chest radiographs of a Brazilian hospital.
//
//   CXR_ASSIGN_OR_RETURN(const ImageIndex index, ReadBrax("data/brax"));

namespace cxr {

// master_spreadsheet_update.csv, relative to `folder`: in it or in one folder
// in it, with or without ".gz". NotFound or DataLoss if it is not one file.
absl::StatusOr<std::vector<std::string>> BraxFiles(absl::string_view folder);

// Reads it. An image's id is its PngPath from "images/" to the first ".png":
// seven characters of no use follow. The study is its AccessionNumber. An age
// group is its youngest age: "45-49" is 45, "85 or more" 85. There are no lists
// of images, so the part is kNone. ViewPosition LL and RL are kLateral; RLD,
// LLD (lying on a side), RLO, LLO (oblique) kOther. DataLoss naming file, line,
// what was found and what was expected for a missing column, an image that
// stands there twice, or a cell of another form.
absl::StatusOr<ImageIndex> ReadBrax(absl::string_view folder);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_BRAX_H_
