// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_ELASTIC_NOISE_H_
#define CXR_DATA_LOAD_ELASTIC_NOISE_H_

#include <cstdint>
#include <vector>

namespace cxr {

// Where an elastic change would move each pixel before smoothing.
struct ElasticNoise {
  std::vector<float> x;
  std::vector<float> y;
};

// Noise of `pixels` pixels as albumentations draws it: normal in both
// directions, divided by the largest absolute value of them all. A function of
// its arguments, in single precision and at some nanoseconds a number.
ElasticNoise MakeElasticNoise(uint64_t seed, int64_t pixels);

}  // namespace cxr

#endif  // CXR_DATA_LOAD_ELASTIC_NOISE_H_
