// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_LABELLED_IMAGES_H_
#define CXR_TASKS_CLASSIFY_LABELLED_IMAGES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cxr/data/index/select.h"
#include "cxr/data/index/split.h"
#include "cxr/harness/stage_function.h"

// The images of a classification: what each is labelled, and who is trained and
// tested on which.

namespace cxr {

struct LabelledImages {
  SelectedIndex selected = {};
  std::vector<std::string> targets = {};  // L
  // (n, L) row-major: 0, 1, or NaN for what the label policy leaves out, and
  // for images of no round.
  std::vector<float> labels = {};
  // One head each: the official split, or a round a fold in which the other
  // folds train and this one tests.
  std::vector<Split> rounds = {};

  int64_t size() const { return std::ssize(selected.index.examples); }
  absl::Span<const float> LabelsOf(int image) const {
    return absl::MakeConstSpan(labels).subspan(
        static_cast<size_t>(image) * targets.size(), targets.size());
  }
};

// Of the data stage's index, as request's train spec says. Errors of MakeSplit
// and ResolveLabels; FailedPrecondition naming the image or fold if folds do
// not share out all images.
absl::StatusOr<LabelledImages> ReadLabelledImages(const StageRequest& request);

// Takes the images at `unusable`, places of the index in ascending order, out
// of all rounds. FailedPrecondition if a part of a round has none left.
absl::Status LeaveOut(absl::Span<const int> unusable, LabelledImages* images);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_LABELLED_IMAGES_H_
