// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_RANDOM_STREAM_H_
#define CXR_SYNTH_RANDOM_STREAM_H_

#include <cstdint>

#include "absl/strings/string_view.h"

// Random numbers of the generator. A key names what is drawn (which patient,
// which study, which purpose); a stream gives numbers under a key, one after
// the other. What is drawn under one key never depends on what is drawn under
// another, so a finding more leaves the anatomy as it is, and threads change
// nothing. All results are exact integer or IEEE arithmetic: the same on every
// machine and compiler (with -ffp-contract=off).
//
//   const RandomKey patient = RandomKey(seed).Child("patient", 17);
//   RandomStream stream(patient.Child("anatomy"));
//   const double width = stream.Normal(/*mean=*/1.0, /*deviation=*/0.06);

namespace cxr::synth {

class RandomKey {
 public:
  explicit RandomKey(uint64_t seed);

  // The key of `index` for `purpose` below this one.
  RandomKey Child(absl::string_view purpose, uint64_t index = 0) const;

  uint64_t bits() const { return bits_; }

  // 64 uniform bits of place `index` under this key: for what is drawn at
  // every pixel, in any order.
  uint64_t At(uint64_t index) const;

 private:
  uint64_t bits_;
};

class RandomStream {
 public:
  explicit RandomStream(RandomKey key) : key_(key) {}

  uint64_t Bits() { return key_.At(next_++); }
  double Uniform();  // [0, 1), a multiple of 2^-53
  double Between(double low, double high);
  // Sum of twelve uniform numbers: never beyond six deviations.
  double Normal(double mean, double deviation);
  bool Chance(double probability);
  int Below(int bound);  // 0 .. bound - 1, bound >= 1
  int Sign();            // -1 or 1
  // Beta distribution, alpha and beta > 0 (Joehnk's method).
  double Beta(double alpha, double beta);

 private:
  RandomKey key_;
  uint64_t next_ = 0;
};

}  // namespace cxr::synth

#endif  // CXR_SYNTH_RANDOM_STREAM_H_
