// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_RANDOM_STREAM_H_
#define METRICS_INTERVAL_RANDOM_STREAM_H_

#include <cstdint>
#include <variant>

#include "absl/types/span.h"
#include "metrics/interval/fast_random.h"
#include "metrics/interval/numpy_random.h"
#include "metrics/interval/resampling_units.h"

namespace cxr::metrics {

// What draws resamples. The first three equal a Python loop in which one
// generator, made from the seed, draws one resample after the other:
enum class RandomGenerator {
  // rng = numpy.random.RandomState(seed), rng.randint(0, n, n): also
  // scipy.stats.bootstrap(..., batch=1, random_state=rng). A stratum is drawn
  // after the other.
  kNumpyRandomState,
  // rng = numpy.random.default_rng(seed), rng.integers(0, n, n), likewise.
  kNumpyDefaultRng,
  // sklearn.utils.resample(..., stratify=strata, random_state=rng) with a
  // RandomState: a stratified resample is shuffled in the end, which takes
  // random bits. Else as kNumpyRandomState. scikit-learn 1.6.1.
  kScikitLearnResample,
  // FastRandom: resample t is drawn from stream t of the seed.
  kFast,
};

// The largest seed of a generator.
uint64_t LargestSeed(RandomGenerator generator);

// Whether resample t can be drawn without drawing those before it.
bool HasStreams(RandomGenerator generator);

// Draws resamples by the generator of that name.
class RandomStream {
 public:
  // `stream` is the number of a stream, and is ignored by generators that have
  // one only. Needs seed <= LargestSeed (else the program ends).
  RandomStream(RandomGenerator generator, uint64_t seed, uint64_t stream);

  // Uniform in 0..n-1. Needs 1 <= n <= 2^32 (else the program ends).
  uint32_t RandInt(uint64_t n);

  // Counts one resample of the units: unit_counts[u] is how often unit u was
  // drawn, and each stratum sums to its size. Needs a count per unit (else the
  // program ends).
  void Resample(const ResamplingUnits& units, absl::Span<int32_t> unit_counts);

 private:
  using Source = std::variant<NumpyRandomState, NumpyDefaultRng, FastRandom>;
  static Source MakeSource(RandomGenerator generator, uint64_t seed,
                           uint64_t stream);

  Source source_;
  bool shuffles_;
};

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_RANDOM_STREAM_H_
