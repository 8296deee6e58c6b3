// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_HANNOVER_H_
#define CXR_DATA_SOURCE_HANNOVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/source/dataset.h"

// The radiographs of Hannover Medical School in samples/hannover: 60 real
// images of 36 adults, 640 pixels wide, with lung masks that people drew.
//
//   CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> hannover,
//                        LoadHannover("cxr/data/samples/hannover"));

namespace cxr {

// Reads the table in `folder`; images and masks when they are asked for. There
// are no labels, ages, folds or parts; the one class of masks is "Lungs".
//
// NotFound, path first, if the table is not there; DataLoss naming file and
// line for a column that is missing, an image that stands there twice, an image
// id of other than 8 hexadecimal digits, a view but pa and ap, a bad sex. Of
// Decode and LoadMask those of damaged files, and DataLoss for a mask of
// another size than its image or of other values than black and white.
absl::StatusOr<std::unique_ptr<Dataset>> LoadHannover(absl::string_view folder);

// The files, relative to the folder, whose bytes determine the dataset: the
// table, then each image and its mask. The same errors.
absl::StatusOr<std::vector<std::string>> HannoverFiles(
    absl::string_view folder);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_HANNOVER_H_
