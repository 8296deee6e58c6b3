// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/random_stream.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "metrics/require.h"

namespace cxr::metrics {
namespace {

// Random bits that scikit-learn takes for sharing out the draws to strata. The
// share of each is its size again, but computed in floating point: where it
// comes out smaller, the missing draws are given back in random order to those
// with equal remainders.
void SkipShares(const ResamplingUnits& units, NumpyRandomState* random) {
  const auto total = static_cast<double>(units.units());
  std::vector<double> remainders;
  for (const int64_t size : units.stratum_sizes()) {
    const double share = static_cast<double>(size) / total * total;
    if (share < static_cast<double>(size)) {
      remainders.push_back(share - std::floor(share));
    }
  }
  std::sort(remainders.begin(), remainders.end(), std::greater<>());
  for (auto first = remainders.begin(); first != remainders.end();) {
    const auto last =
        std::upper_bound(first, remainders.end(), *first, std::greater<>());
    random->SkipShuffle(last - first);
    first = last;
  }
}

}  // namespace

uint64_t LargestSeed(RandomGenerator generator) {
  switch (generator) {
    case RandomGenerator::kNumpyRandomState:
    case RandomGenerator::kScikitLearnResample:
      return std::numeric_limits<uint32_t>::max();
    case RandomGenerator::kNumpyDefaultRng:
    case RandomGenerator::kFast:
      return std::numeric_limits<uint64_t>::max();
  }
  return 0;
}

bool HasStreams(RandomGenerator generator) {
  return generator == RandomGenerator::kFast;
}

RandomStream::Source RandomStream::MakeSource(RandomGenerator generator,
                                              uint64_t seed, uint64_t stream) {
  Require(seed <= LargestSeed(generator), "the seed is too large");
  switch (generator) {
    case RandomGenerator::kNumpyRandomState:
    case RandomGenerator::kScikitLearnResample:
      return NumpyRandomState(static_cast<uint32_t>(seed));
    case RandomGenerator::kNumpyDefaultRng:
      return NumpyDefaultRng(seed);
    case RandomGenerator::kFast:
      break;
  }
  return FastRandom(seed, stream);
}

RandomStream::RandomStream(RandomGenerator generator, uint64_t seed,
                           uint64_t stream)
    : source_(MakeSource(generator, seed, stream)),
      shuffles_(generator == RandomGenerator::kScikitLearnResample) {}

uint32_t RandomStream::RandInt(uint64_t n) {
  if (auto* numpy = std::get_if<NumpyRandomState>(&source_)) {
    return numpy->RandInt(n);
  }
  if (auto* numpy = std::get_if<NumpyDefaultRng>(&source_)) {
    return numpy->Integers(n);
  }
  return std::get<FastRandom>(source_).RandInt(n);
}

void RandomStream::Resample(const ResamplingUnits& units,
                            absl::Span<int32_t> unit_counts) {
  Require(std::ssize(unit_counts) == units.units(), "one count per unit");
  const bool shuffles = shuffles_ && units.stratum_sizes().size() > 1;
  if (shuffles) SkipShares(units, &std::get<NumpyRandomState>(source_));
  std::fill(unit_counts.begin(), unit_counts.end(), 0);
  int64_t begin = 0;
  for (const int64_t size : units.stratum_sizes()) {
    const absl::Span<int32_t> stratum = unit_counts.subspan(begin, size);
    std::visit([&](auto& source) { source.CountDraws(size, stratum); },
               source_);
    begin += size;
  }
  if (shuffles) {
    std::get<NumpyRandomState>(source_).SkipShuffle(units.units());
  }
}

}  // namespace cxr::metrics
