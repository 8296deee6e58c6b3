// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_CHEXPERT_H_
#define CXR_DATA_SOURCE_CHEXPERT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// CheXpert 1.0 (Stanford), in full or downsampled: train.csv, valid.csv and the
// labels of the test images that CheXlocalize published.
//
//   CXR_ASSIGN_OR_RETURN(const ImageIndex index,
//   ReadChexpert("data/chexpert"));

namespace cxr {

// The tables, relative to `folder`: train.csv, in `folder` or in a folder in it
// such as CheXpert-v1.0 or CheXpert-v1.0-small; valid.csv, if it lies beside;
// test_labels.csv, if it lies beside, in `folder` or in CheXpert in either.
// NotFound if there is no train.csv, DataLoss if there are two.
absl::StatusOr<std::vector<std::string>> ChexpertFiles(
    absl::string_view folder);

// Reads them. An image is taken to lie beside its table, whatever root its Path
// names: Path "CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg"
// has the id "train/patient00001/study1/view1_frontal.jpg", the patient
// "patient00001" and the study "patient00001/study1". Frontal images are kPa or
// kAp by AP/PA, kOther if it says LL or RL, kFrontal if it is blank and in the
// test list, which has no such column. Age 0 and Sex Unknown are unknown.
// DataLoss naming file, line, what was found and what was expected for a
// missing column, an image that stands there twice, or a cell of another form.
absl::StatusOr<ImageIndex> ReadChexpert(absl::string_view folder);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_CHEXPERT_H_
