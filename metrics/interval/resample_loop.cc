// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/resample_loop.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "metrics/interval/parallel.h"

namespace cxr::metrics {
namespace {

constexpr int64_t kRedrawsPerResample = 100;
// Numbers drawn ahead for several threads, if one resample takes fewer.
constexpr int64_t kDrawsAhead = int64_t{1} << 20;

// Resamples are drawn and evaluated in blocks, several threads sharing a block,
// and then kept or dropped in their order: so threads change nothing.
class Loop {
 public:
  Loop(const BootstrapOptions& options, const ResampleWork& work,
       DrawResample draw, EvaluateResample evaluate)
      : options_(options),
        work_(work),
        draw_(draw),
        evaluate_(evaluate),
        stream_(options.generator, options.seed, 0),
        memory_(options.threads * work.memory) {
    kept_.statistics = work.values;
    kept_.values.reserve(options.resamples * work.values);
  }

  absl::StatusOr<BootstrapReplicates> Run() {
    while (kept_.resamples < options_.resamples) {
      const int64_t missing = options_.resamples - kept_.resamples;
      const int64_t block = HasStreams(options_.generator)
                                ? missing
                                : std::min(missing, DrawsAheadOfThreads());
      values_.resize(block * work_.values);
      if (HasStreams(options_.generator)) {
        DrawAndEvaluate(block);
      } else {
        DrawThenEvaluate(block);
      }
      drawn_ += block;
      for (int64_t k = 0; k < block; ++k) {
        const absl::Status kept = Keep(ValuesOf(k));
        if (!kept.ok()) return kept;
      }
    }
    return std::move(kept_);
  }

 private:
  int64_t DrawsAheadOfThreads() const {
    if (options_.threads == 1) return 1;
    const int64_t fitting = kDrawsAhead / std::max<int64_t>(work_.draws, 1);
    return std::max<int64_t>(options_.threads, fitting);
  }

  absl::Span<double> ValuesOf(int64_t k) {
    return absl::MakeSpan(values_).subspan(k * work_.values, work_.values);
  }
  absl::Span<int32_t> DrawsOf(int64_t k) {
    return absl::MakeSpan(draws_).subspan(k * work_.draws, work_.draws);
  }
  absl::Span<int32_t> MemoryOf(int worker) {
    return absl::MakeSpan(memory_).subspan(worker * work_.memory, work_.memory);
  }

  void DrawAndEvaluate(int64_t block) {
    draws_.resize(options_.threads * work_.draws);
    ParallelFor(options_.threads, block, [this](int worker, int64_t k) {
      RandomStream stream(options_.generator, options_.seed, drawn_ + k);
      draw_(stream, DrawsOf(worker));
      evaluate_(DrawsOf(worker), MemoryOf(worker), ValuesOf(k));
    });
  }

  void DrawThenEvaluate(int64_t block) {
    draws_.resize(block * work_.draws);
    for (int64_t k = 0; k < block; ++k) draw_(stream_, DrawsOf(k));
    ParallelFor(options_.threads, block, [this](int worker, int64_t k) {
      evaluate_(DrawsOf(k), MemoryOf(worker), ValuesOf(k));
    });
  }

  absl::Status Keep(absl::Span<const double> values) {
    const auto undefined =
        std::find_if(values.begin(), values.end(),
                     [](double value) { return std::isnan(value); });
    const UndefinedResample rule = options_.undefined;
    if (undefined == values.end() || rule == UndefinedResample::kSkip) {
      kept_.values.insert(kept_.values.end(), values.begin(), values.end());
      ++kept_.resamples;
      return absl::OkStatus();
    }
    if (rule == UndefinedResample::kRefuse) {
      return absl::FailedPreconditionError(
          absl::StrCat("bootstrap: statistic ", undefined - values.begin(),
                       " is undefined on resample ", kept_.resamples,
                       ", expected a number on every resample"));
    }
    if (++kept_.redraws <= kRedrawsPerResample * options_.resamples) {
      return absl::OkStatus();
    }
    return absl::FailedPreconditionError(absl::StrCat(
        "bootstrap: the statistic was undefined on ", kept_.redraws,
        " resamples and defined on ", kept_.resamples, " of the ",
        options_.resamples,
        " wanted; expected both classes of every label in enough clusters"));
  }

  const BootstrapOptions& options_;
  const ResampleWork& work_;
  const DrawResample draw_;
  const EvaluateResample evaluate_;
  RandomStream stream_;
  int64_t drawn_ = 0;            // resamples, dropped ones included
  std::vector<int32_t> draws_;   // per resample of a block, or per worker
  std::vector<int32_t> memory_;  // per worker
  std::vector<double> values_;   // of a block
  BootstrapReplicates kept_;
};

}  // namespace

absl::Status CheckBootstrapOptions(const BootstrapOptions& options) {
  if (options.resamples < 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "resamples: ", options.resamples, ", expected at least 1"));
  }
  if (!(options.confidence > 0.0 && options.confidence < 1.0)) {
    return absl::InvalidArgumentError(
        absl::StrCat("confidence: ", options.confidence,
                     ", expected a number between 0 and 1, both excluded"));
  }
  if (options.seed > LargestSeed(options.generator)) {
    return absl::InvalidArgumentError(
        absl::StrCat("seed: ", options.seed, ", expected at most ",
                     LargestSeed(options.generator)));
  }
  if (options.threads < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("threads: ", options.threads, ", expected at least 1"));
  }
  return absl::OkStatus();
}

std::vector<double> BootstrapReplicates::Sorted(int64_t statistic) const {
  std::vector<double> sorted;
  sorted.reserve(resamples);
  for (int64_t b = 0; b < resamples; ++b) {
    if (!std::isnan(at(b, statistic))) sorted.push_back(at(b, statistic));
  }
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

absl::StatusOr<BootstrapReplicates> RunResampleLoop(
    const BootstrapOptions& options, const ResampleWork& work,
    DrawResample draw, EvaluateResample evaluate) {
  const absl::Status valid = CheckBootstrapOptions(options);
  if (!valid.ok()) return valid;
  return Loop(options, work, draw, evaluate).Run();
}

}  // namespace cxr::metrics
