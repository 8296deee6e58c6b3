// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/random/stream.h"

#include <algorithm>

#include "cxr/base/check.h"
#include "cxr/synth/random/exact_math.h"

namespace cxr::synth {
namespace {

// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
// generators", OOPSLA 2014): its increment and its mixing function.
constexpr uint64_t kIncrement = 0x9E3779B97F4A7C15u;

uint64_t Mix(uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
  return bits ^ (bits >> 31);
}

// FNV-1a, 64 bits.
uint64_t HashOf(absl::string_view text) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) {
    hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001B3u;
  }
  return hash;
}

constexpr double kTwoToMinus53 = 0x1p-53;

}  // namespace

RandomKey::RandomKey(uint64_t seed) : bits_(Mix(seed + kIncrement)) {}

RandomKey RandomKey::Child(absl::string_view purpose, uint64_t index) const {
  RandomKey child = *this;
  // Mixed between the two, or purposes and indices could cancel out.
  child.bits_ = Mix(Mix(bits_ ^ HashOf(purpose)) + (index + 1) * kIncrement);
  return child;
}

uint64_t RandomKey::At(uint64_t index) const {
  return Mix(bits_ + (index + 1) * kIncrement);
}

double RandomStream::Uniform() { return (Bits() >> 11) * kTwoToMinus53; }

double RandomStream::Between(double low, double high) {
  return low + (high - low) * Uniform();
}

double RandomStream::Normal(double mean, double deviation) {
  // Twelve numbers of 16 bits, whose variances of 1/12 sum up to 1. Each one's
  // mean is 32767.5.
  int64_t sum = 0;
  for (int i = 0; i < 3; ++i) {
    const uint64_t bits = Bits();
    sum += (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) +
           (bits >> 48);
  }
  constexpr double kMeanOfSum = 12 * 32767.5;
  return mean + deviation * ((sum - kMeanOfSum) / 65536.0);
}

bool RandomStream::Chance(double probability) {
  return Uniform() < probability;
}

int RandomStream::Below(int bound) {
  CXR_CHECK(bound >= 1) << bound;
  return std::min(static_cast<int>(Uniform() * bound), bound - 1);
}

int RandomStream::Sign() { return (Bits() >> 63) == 0 ? -1 : 1; }

double RandomStream::Beta(double alpha, double beta) {
  CXR_CHECK(alpha > 0.0 && beta > 0.0) << alpha << ", " << beta;
  while (true) {
    const double x = Pow(Uniform(), 1.0 / alpha);
    const double y = Pow(Uniform(), 1.0 / beta);
    if (x + y > 0.0 && x + y <= 1.0) {
      return x / (x + y);
    }
  }
}

}  // namespace cxr::synth
