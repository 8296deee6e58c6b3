// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/hierarchical.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr::metrics {
namespace {

using Counts = absl::Span<const int32_t>;
using Values = absl::Span<double>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Sums of numbers and of their squares about the first: enough for a variance.
class Moments {
 public:
  void Add(double number) {
    ++count_;
    const double delta = number - mean_;
    mean_ += delta / static_cast<double>(count_);
    squares_ += delta * (number - mean_);
  }
  double mean() const { return count_ == 0 ? kNan : mean_; }
  // Divided by the count, or by one less.
  double Variance() const { return squares_ / static_cast<double>(count_); }
  double SampleVariance() const {
    return count_ < 2 ? kNan : squares_ / static_cast<double>(count_ - 1);
  }

 private:
  int64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
};

// A resample as numbers. Draws: the drawn seeds, then a count per unit (joint)
// or as many for each drawn seed (independent). Values: the mean over the drawn
// seeds, then the value of each seed (joint) or of each drawn one, then the
// drawn seeds (independent).
class TwoLevels {
 public:
  TwoLevels(const ResamplingUnits& units, const HierarchicalOptions& levels,
            SeedStatistic statistic)
      : units_(units),
        seeds_(levels.seeds),
        joint_(levels.examples == ExamplesAcrossSeeds::kJoint),
        statistic_(statistic) {}

  ResampleWork Work() const {
    return {.draws = seeds_ + (joint_ ? 1 : seeds_) * units_.units(),
            .memory = units_.units_are_examples() ? 0 : units_.examples(),
            .values = 1 + (joint_ ? 1 : 2) * seeds_};
  }

  void Draw(RandomStream& stream, absl::Span<int32_t> draws) const {
    for (int32_t& seed : draws.first(seeds_)) {
      seed = static_cast<int32_t>(stream.RandInt(seeds_));
    }
    for (absl::Span<int32_t> rest = draws.subspan(seeds_); !rest.empty();
         rest.remove_prefix(units_.units())) {
      stream.Resample(units_, rest.first(units_.units()));
    }
  }

  void Evaluate(Counts draws, absl::Span<int32_t> memory, Values values) const {
    const Counts drawn = draws.first(seeds_);
    const Counts counts = draws.subspan(seeds_);
    double sum = 0.0;
    if (joint_) {
      const Counts examples = units_.CountExamples(counts, memory);
      for (int64_t s = 0; s < seeds_; ++s) {
        values[1 + s] = statistic_(s, examples);
      }
      for (const int32_t seed : drawn) sum += values[1 + seed];
    } else {
      for (int64_t j = 0; j < seeds_; ++j) {
        const Counts own = counts.subspan(j * units_.units(), units_.units());
        values[1 + j] = statistic_(drawn[j], units_.CountExamples(own, memory));
        values[1 + seeds_ + j] = drawn[j];
        sum += values[1 + j];
      }
    }
    values[0] = sum / static_cast<double>(seeds_);
    if (std::any_of(values.begin(), values.end(),
                    [](double value) { return std::isnan(value); })) {
      std::fill(values.begin(), values.end(), kNan);
    }
  }

  // Law of total variance, seeds given the examples: what drawing seeds does to
  // one resample needs no drawing.
  void AddVariances(const BootstrapReplicates& replicates,
                    HierarchicalEstimate* estimate) const {
    if (joint_) {
      AddJointVariances(replicates, estimate);
    } else {
      AddIndependentVariances(replicates, estimate);
    }
  }

 private:
  void AddJointVariances(const BootstrapReplicates& replicates,
                         HierarchicalEstimate* estimate) const {
    Moments means;
    Moments variances;
    for (int64_t b = 0; b < replicates.resamples; ++b) {
      if (std::isnan(replicates.at(b, 0))) continue;
      Moments seeds;
      for (int64_t s = 0; s < seeds_; ++s) seeds.Add(replicates.at(b, 1 + s));
      means.Add(seeds.mean());
      variances.Add(seeds.Variance());
    }
    estimate->example_variance = means.SampleVariance();
    estimate->seed_variance = variances.mean() / static_cast<double>(seeds_);
  }

  void AddIndependentVariances(const BootstrapReplicates& replicates,
                               HierarchicalEstimate* estimate) const {
    std::vector<Moments> seeds(seeds_);
    for (int64_t b = 0; b < replicates.resamples; ++b) {
      if (std::isnan(replicates.at(b, 0))) continue;
      for (int64_t j = 0; j < seeds_; ++j) {
        const auto seed = static_cast<size_t>(replicates.at(b, 1 + seeds_ + j));
        seeds[seed].Add(replicates.at(b, 1 + j));
      }
    }
    Moments means;
    Moments variances;
    for (const Moments& seed : seeds) {
      means.Add(seed.mean());
      variances.Add(seed.SampleVariance());
    }
    const auto count = static_cast<double>(seeds_);
    estimate->example_variance = variances.mean() / count;
    estimate->seed_variance = means.Variance() / count;
  }

  const ResamplingUnits& units_;
  const int64_t seeds_;
  const bool joint_;
  const SeedStatistic statistic_;
};

}  // namespace

absl::StatusOr<HierarchicalEstimate> HierarchicalBootstrap(
    const ResamplingUnits& units, const BootstrapOptions& options,
    const HierarchicalOptions& levels, SeedStatistic statistic) {
  if (levels.seeds < 1 || levels.seeds > std::numeric_limits<int32_t>::max()) {
    return absl::InvalidArgumentError(
        absl::StrCat("seeds: ", levels.seeds, ", expected 1 to 2147483647"));
  }
  const TwoLevels two_levels(units, levels, statistic);
  const absl::StatusOr<BootstrapReplicates> replicates = RunResampleLoop(
      options, two_levels.Work(),
      [&](RandomStream& stream, absl::Span<int32_t> draws) {
        two_levels.Draw(stream, draws);
      },
      [&](Counts draws, absl::Span<int32_t> memory, Values values) {
        two_levels.Evaluate(draws, memory, values);
      });
  if (!replicates.ok()) return replicates.status();
  const std::vector<double> sorted = replicates->Sorted(0);
  const std::vector<int32_t> ones(units.examples(), 1);
  HierarchicalEstimate estimate;
  for (int64_t s = 0; s < levels.seeds; ++s) {
    estimate.value += statistic(s, ones) / static_cast<double>(levels.seeds);
  }
  estimate.standard_error = StandardDeviation(sorted);
  estimate.interval =
      MakePercentileInterval(*replicates, 0, options.confidence);
  two_levels.AddVariances(*replicates, &estimate);
  return estimate;
}

}  // namespace cxr::metrics
