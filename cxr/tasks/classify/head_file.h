// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_HEAD_FILE_H_
#define CXR_TASKS_CLASSIFY_HEAD_FILE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/train/linear_probe.h"

namespace cxr {

// A linear head with the scaling of its training images.
struct Head {
  FeatureScaling scaling = {};
  LinearProbe probe = {};

  at::Tensor Logits(const at::Tensor& features) const {
    return probe.Logits(scaling.Apply(features));
  }
};

// Features as they are: mean 0, standard deviation 1.
FeatureScaling NoScaling(int64_t features);

// The file of a head; see HeadFile (cxr/tasks/common/artifacts.h).
std::string ToHeadFile(const Head& head);

// DataLoss naming `name` if it is no head of `targets` targets on `features`
// features.
absl::StatusOr<Head> HeadFromFile(const std::string& bytes,
                                  absl::string_view name, int64_t targets,
                                  int64_t features);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_HEAD_FILE_H_
