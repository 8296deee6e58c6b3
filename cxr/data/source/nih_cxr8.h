// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_NIH_CXR8_H_
#define CXR_DATA_SOURCE_NIH_CXR8_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// NIH ChestX-ray14 (CXR8): 112,120 frontal radiographs of 30,805 patients with
// 14 findings, the official lists of training and test images, and boxes around
// some findings.

namespace cxr {

// Files, relative to `folder`, that determine the index, in a fixed order:
// Data_Entry_2017_v2020.csv, or Data_Entry_2017.csv if it is not there; then,
// of train_val_list.txt, test_list.txt and BBox_List_2017.csv, those that are
// there. NotFound naming the table and where it was looked for.
absl::StatusOr<std::vector<std::string>> NihCxr8Files(absl::string_view folder);

// Reads them. Images are not opened and need not be there.
//
// Labels are kNihFindings, each 0 or 1. Parts are kTraining (on
// train_val_list.txt) and kTest (on test_list.txt). Boxes have no reader; the
// list's "Infiltrate" is Infiltration.
//
// Paths are those of the layout found: images/NAME; the images_001/images/NAME
// to images_012/images/NAME of Kaggle's copy; images_jpegs/ with ".jpg" for
// ".png"; images/NAME if there is none of these folders.
//
// Remarks: ages above 120 (the table of 2017 has some), a list that is not
// there, images on neither list, boxes of a finding that the image's labels do
// not name, images in none of Kaggle's folders. DataLoss naming file and line:
// a column that is missing, a bad cell, an image that stands there twice, on
// both lists or on one twice, a list or box of an unknown image.
absl::StatusOr<ImageIndex> ReadNihCxr8(absl::string_view folder);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_NIH_CXR8_H_
