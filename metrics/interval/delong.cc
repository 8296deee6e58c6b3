// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/delong.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "metrics/interval/normal.h"
#include "metrics/require.h"

namespace cxr::metrics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

absl::Status CheckScores(absl::Span<const double> scores, size_t system,
                         size_t examples) {
  if (scores.size() != examples) {
    return absl::InvalidArgumentError(
        absl::StrCat("scores[", system, "]: ", scores.size(), " scores, ",
                     examples, " labels, expected one of each per example"));
  }
  for (size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i])) {
      return absl::InvalidArgumentError(
          absl::StrCat("scores[", system, "][", i, "]: ", scores[i],
                       ", expected a finite number"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckInput(absl::Span<const absl::Span<const double>> scores,
                        absl::Span<const uint8_t> labels) {
  if (scores.empty()) {
    return absl::InvalidArgumentError("scores: no system, expected at least 1");
  }
  if (labels.empty() || labels.size() > std::numeric_limits<int32_t>::max()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "labels: ", labels.size(), " examples, expected 1 to 2147483647"));
  }
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] > 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          "labels[", i, "]: ", int{labels[i]}, ", expected 0 or 1"));
    }
  }
  for (size_t k = 0; k < scores.size(); ++k) {
    const absl::Status valid = CheckScores(scores[k], k, labels.size());
    if (!valid.ok()) return valid;
  }
  return absl::OkStatus();
}

// A score as an integer of the same order.
uint64_t KeyOf(double score) {
  constexpr uint64_t kSign = uint64_t{1} << 63;
  // Adding 0 makes -0 equal to 0.
  const uint64_t bits = std::bit_cast<uint64_t>(score + 0.0);
  return bits & kSign ? ~bits : bits | kSign;
}

// The upper half of a key, then the number of its example and the label.
uint64_t Pack(double score, size_t example, uint8_t label) {
  return KeyOf(score) >> 32 << 32 | example << 1 | label;
}
uint64_t UpperHalf(uint64_t packed) { return packed >> 32; }
uint32_t ExampleOf(uint64_t packed) {
  return static_cast<uint32_t>(packed) >> 1;
}
size_t LabelOf(uint64_t packed) { return packed & 1; }

// By the upper half, a digit after the other.
void SortByUpperHalf(std::vector<uint64_t>* packed) {
  constexpr int kDigitBits = 11;
  constexpr int kDigits = 3;
  constexpr size_t kValues = size_t{1} << kDigitBits;
  constexpr size_t kFew = 1500;
  if (packed->size() < kFew) {
    std::sort(packed->begin(), packed->end());
    return;
  }
  const auto digit = [](uint64_t item, int d) {
    return item >> (32 + d * kDigitBits) & (kValues - 1);
  };
  std::array<std::array<uint32_t, kValues>, kDigits> counts = {};
  for (const uint64_t item : *packed) {
    for (int d = 0; d < kDigits; ++d) ++counts[d][digit(item, d)];
  }
  std::vector<uint64_t> moved(packed->size());
  for (int d = 0; d < kDigits; ++d) {
    uint32_t begin = 0;
    for (uint32_t& count : counts[d]) begin += std::exchange(count, begin);
    for (const uint64_t item : *packed) {
      moved[counts[d][digit(item, d)]++] = item;
    }
    packed->swap(moved);
  }
}

// The examples by rising score. The upper half of a key sets nearly all scores
// apart; what it leaves together is compared.
std::vector<uint64_t> SortExamples(absl::Span<const double> scores,
                                   absl::Span<const uint8_t> labels) {
  std::vector<uint64_t> packed;
  packed.reserve(scores.size());
  for (size_t i = 0; i < scores.size(); ++i) {
    packed.push_back(Pack(scores[i], i, labels[i]));
  }
  SortByUpperHalf(&packed);
  const auto is_lower = [&](uint64_t a, uint64_t b) {
    return scores[ExampleOf(a)] < scores[ExampleOf(b)];
  };
  for (size_t begin = 0, end = 0; begin < packed.size(); begin = end) {
    const uint64_t upper = UpperHalf(packed[begin]);
    while (++end < packed.size() && UpperHalf(packed[end]) == upper) continue;
    if (end - begin == 1) continue;
    const auto run = packed.begin();
    if (!std::is_sorted(run + begin, run + end, is_lower)) {
      std::sort(run + begin, run + end, is_lower);
    }
  }
  return packed;
}

// For each positive the fraction of negatives that it beats, ties one half, and
// for each negative the fraction of positives that beat it.
struct Placements {
  std::vector<double> of_examples;
  double auroc = 0.0;
};

// Examples of each label.
using Totals = std::array<int64_t, 2>;

Placements ComputePlacements(absl::Span<const double> scores,
                             absl::Span<const uint8_t> labels,
                             const Totals& totals) {
  const std::vector<uint64_t> sorted = SortExamples(scores, labels);
  const double twice[] = {2.0 * static_cast<double>(totals[0]),
                          2.0 * static_cast<double>(totals[1])};
  Placements placements;
  placements.of_examples.resize(scores.size());
  int64_t positives_below = 0;
  int64_t negatives_below = 0;
  int64_t twice_concordant = 0;
  for (size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
    const auto ties = [&](uint64_t item) {
      return UpperHalf(item) == UpperHalf(sorted[begin]) &&
             scores[ExampleOf(item)] == scores[ExampleOf(sorted[begin])];
    };
    int64_t positives = 0;
    do {
      positives += LabelOf(sorted[end++]);
    } while (end < sorted.size() && ties(sorted[end]));
    const int64_t negatives = static_cast<int64_t>(end - begin) - positives;
    const int64_t twice_beaten = 2 * negatives_below + negatives;
    const int64_t twice_beating = 2 * (totals[1] - positives_below) - positives;
    const double of_label[] = {static_cast<double>(twice_beating) / twice[1],
                               static_cast<double>(twice_beaten) / twice[0]};
    twice_concordant += positives * twice_beaten;
    for (size_t i = begin; i < end; ++i) {
      placements.of_examples[ExampleOf(sorted[i])] =
          of_label[LabelOf(sorted[i])];
    }
    positives_below += positives;
    negatives_below += negatives;
  }
  placements.auroc = static_cast<double>(twice_concordant) /
                     (twice[0] * static_cast<double>(totals[1]));
  return placements;
}

// The sum over classes of the covariance of two placements, divided by n - 1,
// over n.
double Covariance(const Placements& a, const Placements& b,
                  absl::Span<const uint8_t> labels, const Totals& totals) {
  double sums[] = {0.0, 0.0};
  for (size_t i = 0; i < labels.size(); ++i) {
    sums[labels[i]] +=
        (a.of_examples[i] - a.auroc) * (b.of_examples[i] - b.auroc);
  }
  double covariance = 0.0;
  for (int label = 0; label < 2; ++label) {
    if (totals[label] < 2) return kNan;
    const double n = static_cast<double>(totals[label]);
    covariance += sums[label] / (n - 1.0) / n;
  }
  return covariance;
}

AurocComparison Compare(double difference, double variance) {
  AurocComparison comparison;
  comparison.difference = difference;
  // Rounding may leave less than nothing of a variance of 0.
  comparison.standard_error = std::sqrt(std::max(variance, 0.0));
  if (std::isnan(variance)) comparison.standard_error = kNan;
  comparison.z = difference == 0.0 && comparison.standard_error == 0.0
                     ? 0.0
                     : difference / comparison.standard_error;
  const double distance = std::abs(comparison.z);
  comparison.p = 2.0 * NormalSurvival(distance);
  comparison.log10_p =
      (std::numbers::ln2 + LogNormalSurvival(distance)) / std::numbers::ln10;
  return comparison;
}

void RequireSystem(const DelongAurocs& aurocs, int64_t k) {
  Require(k >= 0 && k < std::ssize(aurocs.aurocs), "a system that was scored");
}

}  // namespace

absl::StatusOr<DelongAurocs> Delong(
    absl::Span<const absl::Span<const double>> scores,
    absl::Span<const uint8_t> labels) {
  const absl::Status valid = CheckInput(scores, labels);
  if (!valid.ok()) return valid;
  Totals totals = {0, 0};
  for (const uint8_t label : labels) ++totals[label];
  std::vector<Placements> systems;
  DelongAurocs result;
  result.negatives = totals[0];
  result.positives = totals[1];
  for (const absl::Span<const double> column : scores) {
    systems.push_back(ComputePlacements(column, labels, totals));
    result.aurocs.push_back(systems.back().auroc);
  }
  const size_t size = systems.size();
  result.covariance.resize(size * size);
  for (size_t a = 0; a < size; ++a) {
    for (size_t b = 0; b <= a; ++b) {
      result.covariance[a * size + b] = result.covariance[b * size + a] =
          Covariance(systems[a], systems[b], labels, totals);
    }
  }
  return result;
}

Bounds DelongBounds(const DelongAurocs& aurocs, int64_t k, double confidence,
                    AurocRange range) {
  RequireSystem(aurocs, k);
  Require(confidence > 0.0 && confidence < 1.0, "a confidence is in (0, 1)");
  const double reach =
      -NormalQuantile((1.0 - confidence) / 2.0) * std::sqrt(aurocs.Variance(k));
  const Bounds bounds = {.low = aurocs.aurocs[k] - reach,
                         .high = aurocs.aurocs[k] + reach};
  if (range == AurocRange::kUnclipped || std::isnan(reach)) return bounds;
  return {.low = std::max(bounds.low, 0.0), .high = std::min(bounds.high, 1.0)};
}

AurocComparison CompareDelong(const DelongAurocs& aurocs, int64_t first,
                              int64_t second) {
  RequireSystem(aurocs, first);
  RequireSystem(aurocs, second);
  return Compare(aurocs.aurocs[first] - aurocs.aurocs[second],
                 aurocs.Variance(first) + aurocs.Variance(second) -
                     2.0 * aurocs.Covariance(first, second));
}

AurocComparison CompareDelongUnpaired(const DelongAurocs& first,
                                      const DelongAurocs& second, int64_t k) {
  RequireSystem(first, k);
  RequireSystem(second, k);
  return Compare(first.aurocs[k] - second.aurocs[k],
                 first.Variance(k) + second.Variance(k));
}

}  // namespace cxr::metrics
