// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_RSNA_H_
#define CXR_DATA_SOURCE_RSNA_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// RSNA Pneumonia Detection Challenge, stage 2: 26,684 radiographs, one a
// patient, taken from NIH ChestX-ray14, with boxes around opacities that look
// like pneumonia.

namespace cxr {

// Files, relative to `folder`, that determine the index, in a fixed order:
// stage_2_train_labels.csv, then, of stage_2_test_labels.csv,
// stage_2_detailed_class_info.csv, dicom_headers.csv and
// stage_2_sample_submission.csv, those that are there; each may end in ".gz".
// NotFound naming the first and where it was looked for.
absl::StatusOr<std::vector<std::string>> RsnaFiles(absl::string_view folder);

// Reads them. Images are not opened and need not be there.
//
// An example is a patient: its rows of the table of labels, one a box, become
// one. Label "Pneumonia" is Target, 0 or 1. If the class info is there, "No
// Lung Opacity / Not Normal" and "Normal" follow; they are NaN for a patient
// without a class. (Its third class is Pneumonia again.) Boxes have that label.
//
// Images listed by stage_2_train_labels.csv are kTraining, at
// stage_2_train_images/PATIENT.dcm. The competition published no labels of its
// 3,000 test images; who has them as stage_2_test_labels.csv, with the same
// columns or without those of boxes, gets them as kTest, at
// stage_2_test_images/PATIENT.dcm. Test images without labels are left out and
// counted in a remark.
//
// View, sex and age stand in the headers of the images. They are known if
// dicom_headers.csv is there, with the columns PatientID, ViewPosition,
// PatientSex and PatientAge (TorchXRayVision ships such a table under another
// name); its rows of other patients are passed over.
//
// Remarks: the above, headers or classes that are missing, ages above 120.
// DataLoss naming file and line: a column that is missing, a bad cell, a Target
// or class that differs within a patient, a class that contradicts the Target,
// a box where Target is 0 or none where it is 1, a patient in both parts, a
// patient in a table of classes that no table of labels has, two headers.
absl::StatusOr<ImageIndex> ReadRsna(absl::string_view folder);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_RSNA_H_
