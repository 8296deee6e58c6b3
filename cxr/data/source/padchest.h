// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_PADCHEST_H_
#define CXR_DATA_SOURCE_PADCHEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// PadChest: 160,861 radiographs of 67,000 patients of a Spanish hospital, with
// findings that physicians, or a network trained on theirs, took from reports.

namespace cxr {

// The one file, relative to `folder`, that determines the index: the only
// PADCHEST_*.csv or PADCHEST_*.csv.gz, whichever revision it is, in `folder` or
// in a folder in it. NotFound if there is none, DataLoss, naming them, if there
// are several.
absl::StatusOr<std::vector<std::string>> PadchestFiles(
    absl::string_view folder);

// Reads it. Images are not opened and need not be there.
//
// Left out, with remarks, are the rows that the published pretraining leaves
// out (TorchXRayVision's rules): those without labels, those without a year of
// birth, and those of patients for whom 2019 - year of birth <= 10. Its list of
// broken files is not used: damage is met when an image is read.
//
// label_names are the distinct items of the Labels column of the rows kept, in
// lower case, trimmed, spaces collapsed, sorted: findings and differential
// diagnoses, and as labels like others "normal", "exclude", "suboptimal study"
// and "unchanged"; 193 in the table of 01.02.19. A label is 1 if the row names
// it, else 0; NaN throughout, with a remark, in a row whose list is empty. That
// is 4 bytes an image and label, 122 MB in all; more than 1,000 names are
// DataLoss.
//
// The view is Projection: AP_horizontal is kApSupine, COSTAL and EXCLUDE are
// kOther, UNK is kUnknown. The age is the year of StudyDate_DICOM less that of
// PatientBirth, unknown with a remark where a date is blank or the age outside
// 0..120. There are no parts.
//
// Paths are those of the layout found in the table's folder: ImageDir/ImageID
// if an ImageDir is there; else images/ImageID if `images` is; else ImageID if
// one of the images lies beside the table; ImageDir/ImageID if there is none.
//
// DataLoss naming file and line: a column that is missing, a bad cell, Labels
// that are no list, an image that stands there twice.
absl::StatusOr<ImageIndex> ReadPadchest(absl::string_view folder);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_PADCHEST_H_
