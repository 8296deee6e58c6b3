// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/seed_interval.h"

#include <cmath>
#include <numeric>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "metrics/interval/student_t.h"

namespace cxr::metrics {
namespace {

constexpr int64_t kMostSeeds = 1'000'000'000'000;

absl::Status CheckConfidence(double confidence) {
  if (confidence > 0.0 && confidence < 1.0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("confidence: ", confidence,
                   ", expected a number between 0 and 1, both excluded"));
}

// Student's t that `seeds` values stay below in absolute value. NaN with one.
double TwoSidedT(int64_t seeds, double confidence) {
  return -StudentTQuantile((1.0 - confidence) / 2.0,
                           static_cast<double>(seeds - 1));
}

double HalfWidth(double standard_deviation, int64_t seeds, double confidence) {
  return TwoSidedT(seeds, confidence) * standard_deviation /
         std::sqrt(static_cast<double>(seeds));
}

Bounds Around(double middle, double reach) {
  return {.low = middle - reach, .high = middle + reach};
}

}  // namespace

absl::StatusOr<SeedInterval> MakeSeedInterval(absl::Span<const double> values,
                                              double confidence) {
  const absl::Status valid = CheckConfidence(confidence);
  if (!valid.ok()) return valid;
  if (values.empty()) {
    return absl::InvalidArgumentError("values: none, expected at least 1 seed");
  }
  const double n = static_cast<double>(values.size());
  SeedInterval interval;
  interval.seeds = std::ssize(values);
  interval.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  interval.standard_deviation = StandardDeviation(values);
  interval.half_width =
      HalfWidth(interval.standard_deviation, interval.seeds, confidence);
  interval.bounds = Around(interval.mean, interval.half_width);
  interval.prediction =
      Around(interval.mean, interval.half_width * std::sqrt(n + 1.0));
  return interval;
}

absl::StatusOr<int64_t> SeedsNeeded(double standard_deviation,
                                    double half_width, double confidence) {
  const absl::Status valid = CheckConfidence(confidence);
  if (!valid.ok()) return valid;
  if (!(standard_deviation >= 0.0)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "standard_deviation: ", standard_deviation, ", expected 0 or more"));
  }
  if (!(half_width > 0.0)) {
    return absl::InvalidArgumentError(
        absl::StrCat("half_width: ", half_width, ", expected more than 0"));
  }
  const auto enough = [&](int64_t seeds) {
    return HalfWidth(standard_deviation, seeds, confidence) <= half_width;
  };
  int64_t many = 2;
  while (!enough(many)) {
    if (many > kMostSeeds) {
      return absl::OutOfRangeError(absl::StrCat(
          "half_width: ", half_width, " needs more than ", kMostSeeds,
          " seeds of standard deviation ", standard_deviation));
    }
    many *= 2;
  }
  int64_t few = many / 2;  // too few, or 1
  while (many - few > 1) {
    const int64_t middle = few + (many - few) / 2;
    (enough(middle) ? many : few) = middle;
  }
  return many;
}

}  // namespace cxr::metrics
