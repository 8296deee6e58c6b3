// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/ranking/probabilities.h"

#include <cstddef>

#include "absl/strings/str_cat.h"

namespace cxr::metrics {
namespace {

template <typename Probability>
absl::Status Check(absl::Span<const Probability> probabilities,
                   absl::Span<const uint8_t> labels) {
  if (probabilities.size() != labels.size()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "probabilities and labels differ in size: ", probabilities.size(),
        " probabilities, ", labels.size(),
        " labels, expected one of each per example"));
  }
  for (size_t i = 0; i < probabilities.size(); ++i) {
    if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
      return absl::InvalidArgumentError(
          absl::StrCat("probabilities[", i, "]: ", probabilities[i],
                       ", expected a number in [0, 1]"));
    }
    if (labels[i] > 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          "labels[", i, "]: ", int{labels[i]}, ", expected 0 or 1"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckProbabilities(absl::Span<const double> probabilities,
                                absl::Span<const uint8_t> labels) {
  return Check(probabilities, labels);
}

absl::Status CheckProbabilities(absl::Span<const float> probabilities,
                                absl::Span<const uint8_t> labels) {
  return Check(probabilities, labels);
}

}  // namespace cxr::metrics
