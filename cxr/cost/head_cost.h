// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_COST_HEAD_COST_H_
#define CXR_COST_HEAD_COST_H_

#include <cstdint>

#include "cxr/spec/experiment.pb.h"

// What a linear head on a backbone's features costs: probes, sweeps of probes
// and segmentation. Zeros for a report decoder, which is in decoder_cost.h.

namespace cxr {

// Numbers an image that the features stage keeps: all pixels of one channel, or
// tokens of the last layers and the mean patch (paper section 4.1: S 1,920, B
// 3,840). 0 for patch tokens, which are not kept.
int64_t KeptFeatures(const spec::ExperimentSpec& experiment);

// Multiply-adds of one image through every head that is trained at once: one,
// or all of a sweep. A sweep's probe on n layers reads n tokens and the mean
// patch (paper section 4.1, "alternative path").
double TrainedHeadForward(const spec::ExperimentSpec& experiment);

// The same through the head that is kept; of a sweep the widest, as the best
// one is not known before.
double KeptHeadForward(const spec::ExperimentSpec& experiment);

// Weights and biases of the head that is kept: segmentation S 1,540, B 3,076.
int64_t KeptHeadParameters(const spec::ExperimentSpec& experiment);

}  // namespace cxr

#endif  // CXR_COST_HEAD_COST_H_
