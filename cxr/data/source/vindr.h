// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_VINDR_H_
#define CXR_DATA_SOURCE_VINDR_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// VinDr-CXR: 18,000 radiographs of two Vietnamese hospitals, of which three
// radiologists read each of the 15,000 for training, and five agreed on each of
// the 3,000 for testing.

namespace cxr {

// Files, relative to `folder`, that determine the index, in a fixed order. As
// PhysioNet publishes the set: annotations/image_labels_train.csv and
// image_labels_test.csv, then, of annotations_train.csv and
// annotations_test.csv, those that are there. Else, as the Kaggle competition
// does: train.csv. Each may end in ".gz". NotFound naming what is missing and
// where it was looked for.
absl::StatusOr<std::vector<std::string>> VindrFiles(absl::string_view folder);

// Reads them. Images are not opened and need not be there.
//
// PhysioNet's form: labels are kVindrLabels. A label of a training image is the
// share of its readers who said so, of a test image 0 or 1.
//
// Kaggle's form: training images and kVindrKaggleLabels alone. A reader says of
// an image what the boxes say that he drew; readers without a row are not known
// of, so that a share is that of the readers who have one.
//
// Boxes are in pixels of the DICOM file, also where a copy of another size lies
// in its place; those of training images name their readers. Paths are
// train/ID and test/ID with the ending (.dicom, .dcm, .png, .jpg) that the
// first image of the list has in the folder, ".dicom" if it is not there.
// All views are PA: the set holds no other. It names no patients; every image
// counts as one.
//
// Remarks: images without exactly three readers, boxes of images without labels
// (left out), boxes of findings that are no labels. DataLoss naming file and
// line: a column that is missing, a bad cell, an image that one reader read
// twice or that is in both lists.
absl::StatusOr<ImageIndex> ReadVindr(absl::string_view folder);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_VINDR_H_
