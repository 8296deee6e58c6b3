// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_INTERVAL_RESAMPLE_LOOP_H_
#define METRICS_INTERVAL_RESAMPLE_LOOP_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/interval/random_stream.h"

// The loop that every bootstrap of this folder is: draw, evaluate, keep. What
// is drawn and what is evaluated, the caller says.
namespace cxr::metrics {

// What happens to a resample that leaves a value undefined (NaN).
enum class UndefinedResample {
  kRedraw,  // the whole resample is dropped and another one drawn
  kSkip,    // it stays, and the value is left out of its own interval
  kRefuse,  // FailedPrecondition
};

struct BootstrapOptions {
  int resamples = 0;        // >= 1
  double confidence = 0.0;  // in (0, 1), 0.95 for a 95% interval
  uint64_t seed = 0;        // below 2^32 for RandomState
  RandomGenerator generator = RandomGenerator::kNumpyRandomState;
  UndefinedResample undefined = UndefinedResample::kRedraw;
  // Results are the same for any number. Statistics run on all of them, and so
  // do draws by kFast; other generators have one stream, drawn by one thread.
  int threads = 1;  // >= 1
};

// InvalidArgument if an option is out of its range.
absl::Status CheckBootstrapOptions(const BootstrapOptions& options);

// One resample, as far as the loop must know it.
struct ResampleWork {
  int64_t draws = 0;   // numbers that say what was drawn
  int64_t memory = 0;  // numbers that evaluating needs to work with
  int64_t values = 0;  // results
};

using DrawResample =
    absl::FunctionRef<void(RandomStream& stream, absl::Span<int32_t> draws)>;
// Called from several threads at once, each with its own spans.
using EvaluateResample = absl::FunctionRef<void(absl::Span<const int32_t> draws,
                                                absl::Span<int32_t> memory,
                                                absl::Span<double> values)>;

// Values of a number of statistics on the same resamples.
struct BootstrapReplicates {
  int64_t statistics = 0;
  int64_t resamples = 0;
  int64_t redraws = 0;         // resamples dropped because of a NaN
  std::vector<double> values;  // (resamples, statistics), row by row

  double at(int64_t resample, int64_t statistic) const {
    return values[resample * statistics + statistic];
  }

  // The values of one statistic in rising order, without the NaN.
  std::vector<double> Sorted(int64_t statistic) const;
};

// Draws and evaluates options.resamples resamples, in the order of the
// generator. Memory: the values, and for each thread the numbers of
// ResampleWork (a few more of `draws` where they are small).
//
// InvalidArgument by CheckBootstrapOptions. FailedPrecondition under kRefuse at
// the first NaN, and under kRedraw once more than 100 x resamples were dropped:
// the statistic is undefined on nearly all.
absl::StatusOr<BootstrapReplicates> RunResampleLoop(
    const BootstrapOptions& options, const ResampleWork& work,
    DrawResample draw, EvaluateResample evaluate);

}  // namespace cxr::metrics

#endif  // METRICS_INTERVAL_RESAMPLE_LOOP_H_
