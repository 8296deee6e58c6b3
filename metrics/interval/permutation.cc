// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/permutation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "metrics/interval/fast_random.h"
#include "metrics/interval/parallel.h"

namespace cxr::metrics {
namespace {

constexpr double kTieTolerance = 1e-12;
constexpr int64_t kWordBits = 64;
constexpr int64_t kBlock = 256;  // resamples that one thread takes at once

absl::Status CheckOptions(const PermutationOptions& options) {
  if (options.resamples < 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "resamples: ", options.resamples, ", expected at least 1"));
  }
  if (options.threads < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("threads: ", options.threads, ", expected at least 1"));
  }
  return absl::OkStatus();
}

absl::Status CheckSize(absl::string_view name, absl::Span<const double> values,
                       const ResamplingUnits& units) {
  if (std::ssize(values) == units.examples()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name, ": ", values.size(),
                   " values, expected one for each "
                   "of ",
                   units.examples(), " examples"));
}

// The bits that say which units of resample r are swapped, a word at a time.
// The numbers 0..2^units-1 are all ways of swapping, the first of them none.
class SwapBits {
 public:
  SwapBits(bool exact, uint64_t seed, uint64_t resample)
      : exact_(exact), resample_(resample), random_(seed, resample) {}

  uint64_t NextWord() { return exact_ ? resample_ : random_.NextWord(); }

 private:
  bool exact_;
  uint64_t resample_;
  FastRandom random_;
};

// Statistics of resamples begin, begin + 1, ... of a plan.
struct Plan {
  bool exact;
  int64_t resamples;
  uint64_t seed;
};
using EvaluateBlock = absl::FunctionRef<void(int worker, int64_t begin,
                                             absl::Span<double> statistics)>;

Plan MakePlan(int64_t units, const PermutationOptions& options) {
  const bool exact =
      units < kWordBits - 1 && int64_t{1} << units <= options.resamples;
  return {exact, exact ? int64_t{1} << units : options.resamples, options.seed};
}

bool IsAsExtreme(double statistic, double observed, double tolerance,
                 Alternative alternative) {
  switch (alternative) {
    case Alternative::kTwoSided:
      return !(std::abs(statistic) < std::abs(observed) - tolerance);
    case Alternative::kGreater:
      return !(statistic < observed - tolerance);
    case Alternative::kLess:
      return !(statistic > observed + tolerance);
  }
  return true;
}

PermutationTest RunPlan(const Plan& plan, const PermutationOptions& options,
                        double observed, double tolerance,
                        EvaluateBlock evaluate) {
  PermutationTest test = {.observed = observed,
                          .p = observed,  // NaN stays
                          .resamples = plan.resamples,
                          .exact = plan.exact};
  if (std::isnan(observed)) return test;
  std::vector<std::array<double, kBlock>> statistics(options.threads);
  std::vector<int64_t> as_extreme(options.threads, 0);
  const auto run = [&](int worker, int64_t block) {
    const int64_t begin = block * kBlock;
    const absl::Span<double> values =
        absl::MakeSpan(statistics[worker])
            .subspan(0, std::min(kBlock, plan.resamples - begin));
    evaluate(worker, begin, values);
    as_extreme[worker] +=
        std::count_if(values.begin(), values.end(), [&](double value) {
          return IsAsExtreme(value, observed, tolerance, options.alternative);
        });
  };
  ParallelFor(options.threads, (plan.resamples + kBlock - 1) / kBlock, run);
  test.as_extreme =
      std::accumulate(as_extreme.begin(), as_extreme.end(), int64_t{0});
  const int64_t unswapped = plan.exact ? 0 : 1;
  test.p = static_cast<double>(test.as_extreme + unswapped) /
           static_cast<double>(plan.resamples + unswapped);
  return test;
}

// The sum of the differences of each unit.
std::vector<double> SumUnits(absl::Span<const double> differences,
                             const ResamplingUnits& units) {
  std::vector<int32_t> numbers(units.units());
  std::iota(numbers.begin(), numbers.end(), 0);
  std::vector<int32_t> memory(units.examples());
  const absl::Span<const int32_t> unit_of_example =
      units.CountExamples(numbers, absl::MakeSpan(memory));
  std::vector<double> sums(units.units(), 0.0);
  for (size_t i = 0; i < differences.size(); ++i) {
    sums[unit_of_example[i]] += differences[i];
  }
  return sums;
}

// The sums of up to 8 numbers under all ways of changing signs, by the bits of
// the way.
using SignedSums = std::array<double, 256>;

SignedSums MakeSignedSums(absl::Span<const double> numbers) {
  SignedSums sums = {};
  size_t size = 1;
  for (const double number : numbers) {
    for (size_t way = 0; way < size; ++way) {
      sums[way + size] = sums[way] - number;
      sums[way] += number;
    }
    size *= 2;
  }
  // Bits beyond the last number change nothing.
  for (size_t way = size; way < sums.size(); ++way)
    sums[way] = sums[way - size];
  return sums;
}

// Adds the signed sums of 64 numbers to each statistic. A table for every 8
// numbers serves all resamples of a block while it is in the first cache.
void AddSignedSums(absl::Span<const double> numbers,
                   absl::Span<SwapBits> resamples,
                   absl::Span<double> statistics) {
  constexpr size_t kTables = 8;
  std::array<SignedSums, kTables> tables;
  for (size_t t = 0; t < kTables; ++t) {
    const size_t begin = std::min(8 * t, numbers.size());
    tables[t] = MakeSignedSums(numbers.subspan(begin, 8));
  }
  for (size_t r = 0; r < resamples.size(); ++r) {
    const uint64_t word = resamples[r].NextWord();
    const auto sum = [&](int t) { return tables[t][word >> (8 * t) & 255]; };
    statistics[r] += ((sum(0) + sum(1)) + (sum(2) + sum(3))) +
                     ((sum(4) + sum(5)) + (sum(6) + sum(7)));
  }
}

absl::Status CheckDifferences(absl::Span<const double> differences) {
  for (size_t i = 0; i < differences.size(); ++i) {
    if (std::isfinite(differences[i])) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("differences[", i, "]: ", differences[i],
                     ", expected a finite number"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PermutationTest> SwapTest(const ResamplingUnits& units,
                                         const PermutationOptions& options,
                                         SwapStatistic statistic) {
  const absl::Status valid = CheckOptions(options);
  if (!valid.ok()) return valid;
  struct Memory {
    std::vector<int32_t> units;
    std::vector<int32_t> examples;
  };
  std::vector<Memory> memories(options.threads,
                               {std::vector<int32_t>(units.units(), 0),
                                std::vector<int32_t>(units.examples())});
  const auto evaluate = [&](Memory* memory) {
    return statistic(
        units.CountExamples(memory->units, absl::MakeSpan(memory->examples)));
  };
  const double observed = evaluate(&memories[0]);
  const Plan plan = MakePlan(units.units(), options);
  return RunPlan(plan, options, observed,
                 kTieTolerance * std::max(1.0, std::abs(observed)),
                 [&](int worker, int64_t begin, absl::Span<double> statistics) {
                   Memory& memory = memories[worker];
                   for (size_t r = 0; r < statistics.size(); ++r) {
                     SwapBits bits(plan.exact, plan.seed, begin + r);
                     uint64_t word = 0;
                     for (size_t u = 0; u < memory.units.size(); ++u) {
                       word = u % kWordBits == 0 ? bits.NextWord() : word >> 1;
                       memory.units[u] = static_cast<int32_t>(word & 1);
                     }
                     statistics[r] = evaluate(&memory);
                   }
                 });
}

absl::StatusOr<PermutationTest> ScoreSwapTest(absl::Span<const double> first,
                                              absl::Span<const double> second,
                                              const ResamplingUnits& units,
                                              const PermutationOptions& options,
                                              ScoreStatistic statistic) {
  absl::Status valid = CheckSize("first", first, units);
  valid.Update(CheckSize("second", second, units));
  if (!valid.ok()) return valid;
  return SwapTest(units, options, [&](absl::Span<const int32_t> swapped) {
    std::vector<double> a(first.begin(), first.end());
    std::vector<double> b(second.begin(), second.end());
    for (size_t i = 0; i < swapped.size(); ++i) {
      if (swapped[i] == 1) std::swap(a[i], b[i]);
    }
    return statistic(a, b);
  });
}

absl::StatusOr<PermutationTest> SignFlipTest(
    absl::Span<const double> differences, const ResamplingUnits& units,
    const PermutationOptions& options) {
  absl::Status valid = CheckOptions(options);
  valid.Update(CheckSize("differences", differences, units));
  valid.Update(CheckDifferences(differences));
  if (!valid.ok()) return valid;
  const std::vector<double> sums = SumUnits(differences, units);
  const double examples = static_cast<double>(differences.size());
  const double observed =
      std::accumulate(sums.begin(), sums.end(), 0.0) / examples;
  double size = 0.0;
  for (const double difference : differences) size += std::abs(difference);
  const Plan plan = MakePlan(units.units(), options);
  return RunPlan(plan, options, observed, kTieTolerance * size / examples,
                 [&](int, int64_t begin, absl::Span<double> statistics) {
                   std::vector<SwapBits> resamples;
                   for (size_t r = 0; r < statistics.size(); ++r) {
                     resamples.emplace_back(plan.exact, plan.seed, begin + r);
                     statistics[r] = 0.0;
                   }
                   for (size_t u = 0; u < sums.size(); u += kWordBits) {
                     AddSignedSums(
                         absl::MakeConstSpan(sums).subspan(u, kWordBits),
                         absl::MakeSpan(resamples), statistics);
                   }
                   for (double& value : statistics) value /= examples;
                 });
}

}  // namespace cxr::metrics
