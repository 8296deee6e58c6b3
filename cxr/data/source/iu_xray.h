// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_IU_XRAY_H_
#define CXR_DATA_SOURCE_IU_XRAY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/source/iu_report.h"

// IU X-Ray, the Indiana University collection of OpenI: 3,955 reports with
// 7,470 radiographs.
//
//   CXR_ASSIGN_OR_RETURN(const IuXray iu, LoadIuXray(folder));
//   const std::string& findings = iu.Report(/*example=*/3).findings;

namespace cxr {

struct IuXray {
  ImageIndex index = {};
  std::vector<IuReport> reports = {};  // one a study
  std::vector<int> report_of = {};     // of each example, its place in reports

  const IuReport& Report(int example) const {
    return reports[report_of[example]];
  }
};

// Files, relative to `folder`, that determine the index, in a fixed order: of
// the first of these forms that is there. NotFound naming the folder and what
// was looked for.
//
//   OpenI     ecgen-radiology/*.xml, images in NLMCXR_png, images or the folder
//             itself
//   Kaggle    indiana_reports.csv and indiana_projections.csv, images in
//             images/images_normalized, images_normalized or images
//   R2Gen     annotation.json, images in images; all of it may lie in iu_xray
absl::StatusOr<std::vector<std::string>> IuXrayFiles(absl::string_view folder);

// Reads them. Images are not opened and need not be there: which of the folders
// holds them is seen by the first one.
//
// There are no labels: no form has any that people gave to images. No patients
// are named; every study counts as one. Views are known to Kaggle's form alone,
// as frontal or lateral; ages and sexes to none. Parts are those of R2Gen,
// which keeps the findings alone of a report.
//
// Remarks: reports without an image; projections of a study without a report,
// left out. DataLoss naming file and line: broken XML, JSON or tables, an image
// or study that stands there twice, an image whose name leads elsewhere.
absl::StatusOr<IuXray> LoadIuXray(absl::string_view folder);

// The index alone.
absl::StatusOr<ImageIndex> ReadIuXray(absl::string_view folder);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_IU_XRAY_H_
