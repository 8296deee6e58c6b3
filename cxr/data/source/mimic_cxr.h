// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_MIMIC_CXR_H_
#define CXR_DATA_SOURCE_MIMIC_CXR_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// MIMIC-CXR-JPG 2 (PhysioNet): images with labels, and the reports of MIMIC-CXR
// where they were unpacked beside them.
//
//   CXR_ASSIGN_OR_RETURN(const ImageIndex index,
//   ReadMimicCxr("data/mimic_cxr")); CXR_ASSIGN_OR_RETURN(
//       const std::string report,
//       ReadMimicCxrReport("data/mimic_cxr", index.examples[0]));

namespace cxr {

// The tables of any version 2, relative to `folder`, with or without ".gz":
// mimic-cxr-2.*-metadata.csv, in `folder` or in one folder in it, and
// mimic-cxr-2.*-split.csv and -chexpert.csv beside it. NotFound for one that is
// not there, DataLoss if there are several versions of it.
absl::StatusOr<std::vector<std::string>> MimicCxrFiles(
    absl::string_view folder);

// Reads them: an image a row of metadata (id is its dicom_id), its part from
// split, its labels those that chexpert has for subject and study together,
// NaN, with a remark, if it has none. ViewPosition LATERAL and LL are kLateral.
// There is neither sex nor age. DataLoss naming file, line, what was found and
// what was expected for a missing column, an image or a study that stands there
// twice, an image that split does not list, or a cell of another form.
absl::StatusOr<ImageIndex> ReadMimicCxr(absl::string_view folder);

// Where the report on `example` lies among the reports of MIMIC-CXR:
// "files/p10/p10000032/s50414267.txt".
std::string MimicCxrReportPath(const Example& example);

// That report, as it is written; `folder` and `example` as with ReadMimicCxr.
// Looked for beside the study's folder, and in mimic-cxr-reports there or in
// `folder`. NotFound naming all three.
absl::StatusOr<std::string> ReadMimicCxrReport(absl::string_view folder,
                                               const Example& example);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_MIMIC_CXR_H_
