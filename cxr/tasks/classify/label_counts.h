// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_LABEL_COUNTS_H_
#define CXR_TASKS_CLASSIFY_LABEL_COUNTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "cxr/tasks/classify/labelled_images.h"

namespace cxr {

// The labels of one target in one part of the images.
struct LabelCount {
  std::string part = {};  // "training", "validation", "test"; "all" of folds
  std::string target = {};
  int64_t positive = 0;
  int64_t negative = 0;
  int64_t left_out = 0;  // by the label policy

  bool operator==(const LabelCount&) const = default;
};

// Of all parts that have images and all targets. Folds are counted together:
// each image is tested once.
std::vector<LabelCount> CountLabels(const LabelledImages& images);

// One line a count: part,target,positive,negative,left_out.
std::string ToCsv(absl::Span<const LabelCount> counts);

// How many images are in which part, and each target that is not in both
// classes there, e.g. "training 160, validation 20, test 60 images" and
// "validation: all 20 labels of Edema are negative".
std::vector<std::string> PartNotes(const LabelledImages& images);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_LABEL_COUNTS_H_
