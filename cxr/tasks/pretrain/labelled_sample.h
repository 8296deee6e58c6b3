// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_LABELLED_SAMPLE_H_
#define CXR_TASKS_PRETRAIN_LABELLED_SAMPLE_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "cxr/tasks/pretrain/label_probe.h"
#include "cxr/tasks/pretrain/pretrain_images.h"

// Images of a pretraining whose labels tell how good its teacher is.
//
//   const std::vector<SampledImage> sample = SampleLabelledImages(images);
//   const std::vector<LabelledImages> labels = LabelsOf(images, sample);

namespace cxr {

inline constexpr int64_t kMostSampledImages = 1000;

// Labels of fewer positive or fewer negative images tell too little.
inline constexpr int64_t kLeastOfALabel = 10;

struct SampledImage {
  int64_t image = 0;  // in PretrainImages
  int patient = 0;    // 0 .. patients - 1
  uint8_t half = 0;   // 0 or 1: of the patients of its source
};

// At most kMostSampledImages images that have a label, positive or negative:
// whole patients, in the order of a hash of source and patient. One who does
// not fit in is passed over.
std::vector<SampledImage> SampleLabelledImages(const PretrainImages& images);

// The labels of every source, each with the images of `sample` where it is
// positive or negative; `rows` are places in the sample. Labels of fewer than
// kLeastOfALabel of either, or of none of either in a half, are left out.
std::vector<LabelledImages> LabelsOf(const PretrainImages& images,
                                     absl::Span<const SampledImage> sample);

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_LABELLED_SAMPLE_H_
