// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_COST_IMAGE_PASSES_H_
#define CXR_COST_IMAGE_PASSES_H_

#include "cxr/spec/experiment.pb.h"

// How many images an adaptation learns from and looks at, after its split, its
// samples and its folds. Means, so not whole.

namespace cxr {

// Of NIH64, the only source with patient folds.
inline constexpr int kFolds = 5;

struct ImagePasses {
  double training = 0;
  double validation = 0;
};

// One epoch and one look at the validation images; with patient folds, the five
// heads together.
ImagePasses EpochImages(const spec::ExperimentSpec& experiment);

// The whole training. Validation images only where an epoch or a probe is
// chosen by them: after every epoch, or once.
ImagePasses TrainImages(const spec::ExperimentSpec& experiment);

}  // namespace cxr

#endif  // CXR_COST_IMAGE_PASSES_H_
