// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/score_keys.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace cxr::metrics {
namespace {

absl::Status CheckSizes(size_t scores, size_t labels) {
  if (scores != labels) {
    return absl::InvalidArgumentError(
        absl::StrCat("scores and labels differ in size: ", scores, " scores, ",
                     labels, " labels, expected one of each per example"));
  }
  if (scores == 0 || scores > std::numeric_limits<int32_t>::max()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "scores: ", scores, " examples, expected 1 to 2147483647"));
  }
  return absl::OkStatus();
}

// The first offender, once it is known that there is one.
template <typename Score>
absl::Status NameOffender(absl::Span<const Score> scores,
                          absl::Span<const uint8_t> labels) {
  for (size_t i = 0; i < scores.size(); ++i) {
    if (!std::isfinite(scores[i])) {
      return absl::InvalidArgumentError(absl::StrCat(
          "scores[", i, "]: ", scores[i], ", expected a finite number"));
    }
    if (labels[i] > 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          "labels[", i, "]: ", int{labels[i]}, ", expected 0 or 1"));
    }
  }
  return absl::OkStatus();
}

// Every number of the loop is a minimum, a maximum or a bitwise or, so that
// the compiler can take several examples at once.
template <typename Word, typename Score>
absl::StatusOr<KeyRange<Word>> Measure(absl::Span<const Score> scores,
                                       absl::Span<const uint8_t> labels) {
  const absl::Status sizes = CheckSizes(scores.size(), labels.size());
  if (!sizes.ok()) return sizes;
  uint8_t any_label = 0;
  for (const uint8_t label : labels) any_label |= label;
  const Word first = OrderedKey(scores[0]);
  Word least = first;
  Word largest = first;
  Word different = 0;
  for (const Score score : scores) {
    const Word key = OrderedKey(score);
    least = std::min(least, key);
    largest = std::max(largest, key);
    different |= key ^ first;
  }
  // NaN and infinity have keys outside those of finite scores.
  if (any_label > 1 ||
      least < OrderedKey(std::numeric_limits<Score>::lowest()) ||
      largest > OrderedKey(std::numeric_limits<Score>::max())) {
    return NameOffender(scores, labels);
  }
  if (different == 0) {
    return KeyRange<Word>{.least = least, .low_zeros = 0, .width = 0};
  }
  const int low_zeros = std::countr_zero(different);
  const Word spread = (largest - least) >> low_zeros;
  return KeyRange<Word>{.least = least,
                        .low_zeros = low_zeros,
                        .width = static_cast<int>(std::bit_width(spread))};
}

}  // namespace

absl::StatusOr<KeyRange<uint32_t>> CheckedKeyRange(
    absl::Span<const float> scores, absl::Span<const uint8_t> labels) {
  return Measure<uint32_t>(scores, labels);
}

absl::StatusOr<KeyRange<uint64_t>> CheckedKeyRange(
    absl::Span<const double> scores, absl::Span<const uint8_t> labels) {
  return Measure<uint64_t>(scores, labels);
}

}  // namespace cxr::metrics
