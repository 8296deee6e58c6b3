// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_PERMUTATION_H_
#define METRICS_INTERVAL_PERMUTATION_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/interval/resampling_units.h"

// Paired tests of two systems without a distribution assumed: if they are alike
// it does not matter which of them gave which of the two results for a unit
// (an example, or a patient with all examples), so results are swapped at
// random and the statistic is compared with what swapping makes of it.
//
//   const ResamplingUnits patients = *ResamplingUnits::Clusters(patient);
//   SignFlipTest(dice_ours_minus_theirs, patients, {.resamples = 10'000});
//
// If all 2^units ways of swapping are no more than `resamples`, all of them are
// taken and p is exact. Else p is (b + 1) / (resamples + 1), b of the random
// ones being as extreme as what was observed: never 0, never too small.
namespace cxr::metrics {

enum class Alternative {
  kTwoSided,  // as far from 0 as what was observed
  kGreater,   // as large
  kLess,      // as small
};

struct PermutationOptions {
  int64_t resamples = 0;  // >= 1
  uint64_t seed = 0;      // resample r is drawn from FastRandom(seed, r)
  Alternative alternative = Alternative::kTwoSided;
  int threads = 1;  // >= 1; results are the same for any number
};

struct PermutationTest {
  double observed = 0.0;   // the statistic of the results as they are
  double p = 0.0;          // NaN if `observed` is
  int64_t as_extreme = 0;  // of the resamples
  int64_t resamples = 0;   // 2^units if exact
  bool exact = false;
};

// The difference of two systems after exchanging the results of the examples i
// with swapped[i] = 1 (0 for all others): 0 if they are alike, and of opposite
// sign if all are exchanged. It is called from several threads at once.
using SwapStatistic =
    absl::FunctionRef<double(absl::Span<const int32_t> swapped)>;

// Equal statistics are as extreme even where they were summed in different
// order: within 1e-12, and relative to `observed` if that is above 1. A
// statistic that is NaN after a swap counts as extreme. Strata of the units
// change nothing. InvalidArgument if an option is out of its range.
absl::StatusOr<PermutationTest> SwapTest(const ResamplingUnits& units,
                                         const PermutationOptions& options,
                                         SwapStatistic statistic);

// The difference of two systems that gave these scores to the examples.
using ScoreStatistic = absl::FunctionRef<double(
    absl::Span<const double> first, absl::Span<const double> second)>;

// SwapTest with the scores themselves exchanged. InvalidArgument also if the
// number of scores is not that of the examples.
absl::StatusOr<PermutationTest> ScoreSwapTest(absl::Span<const double> first,
                                              absl::Span<const double> second,
                                              const ResamplingUnits& units,
                                              const PermutationOptions& options,
                                              ScoreStatistic statistic);

// SwapTest of the mean of first[i] - second[i], much faster: swapping changes
// the sign of a difference. Ties are equal within 1e-12 times the mean of the
// absolute differences. InvalidArgument also if a difference is NaN or
// infinite (the text names the index) or if their number is not that of the
// examples.
absl::StatusOr<PermutationTest> SignFlipTest(
    absl::Span<const double> differences, const ResamplingUnits& units,
    const PermutationOptions& options);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_PERMUTATION_H_
