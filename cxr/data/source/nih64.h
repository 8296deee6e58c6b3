// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_NIH64_H_
#define CXR_DATA_SOURCE_NIH64_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/source/dataset.h"

// The 1,000 thumbnails of NIH ChestX-ray14 in samples/nih64: real radiographs
// of 264 patients at 64 x 64 pixels, packed in one PNG, with the labels,
// age, sex and view of the original and five folds without a shared patient.
//
//   CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> nih64,
//                        LoadNih64("cxr/data/samples/nih64"));

namespace cxr {

// Reads `folder`, which holds Nih64Files(). Row k of labels.csv is the tile at
// row k / 40 and column k % 40 of the mosaic. Labels are the 14 findings of
// NIH in alphabetical order, 1 if named and 0 if not, then two that are no
// findings but show whether a model sees anything at all: "View AP" (1 = AP,
// 0 = PA) and "Sex M" (1 = male, 0 = female). No label is missing.
//
// NotFound, path first, if a file is not there; DataLoss naming file and line
// if the mosaic is corrupt or not 2560 x 1600 pixels, if there are not 1,000
// rows, or if a row holds a doubled image, an unknown finding, "No Finding"
// beside a finding, a view but PA and AP, a sex but F and M (both as reading.h
// reads them), an age outside 0..120, a fold outside 0..4 or a patient seen in
// another fold.
absl::StatusOr<std::unique_ptr<Dataset>> LoadNih64(absl::string_view folder);

// The files, relative to the folder, whose bytes determine the dataset.
std::vector<std::string> Nih64Files();

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_NIH64_H_
