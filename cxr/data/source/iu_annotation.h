// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_IU_ANNOTATION_H_
#define CXR_DATA_SOURCE_IU_ANNOTATION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// The list of studies in which R2Gen and its successors keep IU X-Ray: one
// JSON file with a report and the paths of its images each.

namespace cxr {

struct IuStudy {
  std::string id = {};                   // "CXR2384_IM-0942"
  std::string report = {};               // its findings
  std::vector<std::string> images = {};  // "CXR2384_IM-0942/0.png"
  Part part = Part::kNone;
};

// Reads {"train": [{"id", "report", "image_path": [..]}, ..], "val", "test"};
// other keys are passed over. DataLoss calling `text` `name` and saying the
// line of broken JSON, or which study is wrong: a part or key that is missing
// or of another type, an image path that leads out of its folder.
absl::StatusOr<std::vector<IuStudy>> ParseIuAnnotation(absl::string_view text,
                                                       absl::string_view name);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_IU_ANNOTATION_H_
