// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/elastic_noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "cxr/base/rng.h"

namespace cxr {
namespace {

// Two standard normals from two words, by Box and Muller. CounterRng::Normal is
// exact to doubles and ten times as slow.
std::array<float, 2> Normals(uint32_t a, uint32_t b) {
  // In (0, 1], so that the logarithm is finite.
  const float uniform = static_cast<float>(a) * 0x1p-32f + 0x1p-33f;
  const float radius = std::sqrt(-2.0f * std::log(uniform));
  const float turn =
      2.0f * std::numbers::pi_v<float> * 0x1p-32f * static_cast<float>(b);
  return {radius * std::cos(turn), radius * std::sin(turn)};
}

}  // namespace

ElasticNoise MakeElasticNoise(uint64_t seed, int64_t pixels) {
  const std::array<uint32_t, 2> key = {static_cast<uint32_t>(seed),
                                       static_cast<uint32_t>(seed >> 32)};
  // One block makes both directions of two pixels.
  const size_t blocks = static_cast<size_t>(pixels + 1) / 2;
  ElasticNoise noise{std::vector<float>(2 * blocks),
                     std::vector<float>(2 * blocks)};
  for (size_t i = 0; i < blocks; ++i) {
    const std::array<uint32_t, 4> words = Philox4x32(
        {static_cast<uint32_t>(i), static_cast<uint32_t>(i >> 32), 0, 0}, key);
    const std::array<float, 2> x = Normals(words[0], words[1]);
    const std::array<float, 2> y = Normals(words[2], words[3]);
    std::copy(x.begin(), x.end(), noise.x.begin() + 2 * i);
    std::copy(y.begin(), y.end(), noise.y.begin() + 2 * i);
  }
  noise.x.resize(static_cast<size_t>(pixels));
  noise.y.resize(static_cast<size_t>(pixels));
  float largest = 0.0f;
  for (const std::vector<float>* values : {&noise.x, &noise.y}) {
    for (const float value : *values) {
      largest = std::max(largest, std::abs(value));
    }
  }
  for (std::vector<float>* values : {&noise.x, &noise.y}) {
    for (float& value : *values) {
      value /= largest;
    }
  }
  return noise;
}

}  // namespace cxr
