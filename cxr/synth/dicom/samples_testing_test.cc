// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/samples_testing.h"

#include <gtest/gtest.h>

#include <set>

namespace cxr::synth {
namespace {

TEST(SamplesTestingTest, NoiseIsOfAllValues) {
  const DicomSamples samples = NoiseSamples(64, 64, 4);
  CheckSamples(samples);
  EXPECT_EQ(
      std::set<uint16_t>(samples.values.begin(), samples.values.end()).size(),
      16u);
}

TEST(SamplesTestingTest, ImagesAreSoundAndOfEveryKind) {
  for (const int bits : {8, 16}) {
    const int top = (1 << bits) - 1;
    std::set<int> steps;
    int flat = 0;
    for (const DicomSamples& samples : TryingSamples(bits)) {
      CheckSamples(samples);
      EXPECT_EQ(samples.bits, bits);
      const std::set<uint16_t> values(samples.values.begin(),
                                      samples.values.end());
      flat += values.size() == 1 ? 1 : 0;
      for (int x = 1; x < samples.width; ++x) {
        steps.insert(samples.values[x] - samples.values[x - 1]);
      }
    }
    EXPECT_EQ(flat, 3);
    EXPECT_TRUE(steps.contains(0));
    EXPECT_EQ(*steps.begin(), -top);
    EXPECT_EQ(*steps.rbegin(), top);
  }
}

}  // namespace
}  // namespace cxr::synth
