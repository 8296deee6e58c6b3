// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/artifacts.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"

namespace cxr {

std::string BackboneFile(int fold) {
  return absl::StrCat("backbone_", fold, ".safetensors");
}

std::string TeacherFileAt(int64_t steps) {
  return absl::StrCat("teacher_", steps, ".safetensors");
}

std::string HeadFile(int fold) { return absl::StrCat("head_", fold, ".npy"); }

absl::StatusOr<SelectedIndex> ReadIndex(const StageRequest& request) {
  CXR_ASSIGN_OR_RETURN(const std::string text,
                       request.read(StageKind::kData, kIndexFile));
  CXR_ASSIGN_OR_RETURN(SelectedIndex selected,
                       SelectedIndexFromCsv(text, kIndexFile));
  // The file does not say; splits and label policies go by it.
  selected.index.source = SourceName(request.spec.data().source());
  return selected;
}

absl::StatusOr<FloatMatrix> ReadFeatures(const StageRequest& request,
                                         const ImageIndex& index) {
  CXR_ASSIGN_OR_RETURN(const std::string bytes,
                       request.read(StageKind::kFeatures, kFeaturesFile));
  CXR_ASSIGN_OR_RETURN(FloatMatrix features,
                       FloatMatrixFromNpy(bytes, kFeaturesFile));
  if (features.rows != std::ssize(index.examples)) {
    return absl::DataLossError(absl::StrCat(
        kFeaturesFile, ": found ", features.rows, " rows, expected one for ",
        "each of ", index.examples.size(), " images"));
  }
  return features;
}

}  // namespace cxr
