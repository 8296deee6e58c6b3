// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/paired.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

namespace cxr::metrics {
namespace {

double PValue(const BootstrapEstimate& difference,
              PValueCorrection correction) {
  const int64_t resamples = difference.interval.resamples;
  if (resamples == 0) return std::numeric_limits<double>::quiet_NaN();
  const int64_t more = correction == PValueCorrection::kPlusOne ? 1 : 0;
  const int64_t beyond =
      std::min(difference.at_most_zero, difference.at_least_zero) + more;
  return std::min(1.0, 2.0 * static_cast<double>(beyond) /
                           static_cast<double>(resamples + more));
}

}  // namespace

absl::StatusOr<std::vector<PairedEstimate>> PairedBootstrap(
    const ResamplingUnits& units, const BootstrapOptions& options,
    const PairedOptions& paired, const PairedSystems& systems) {
  const int64_t size = systems.first.size;
  if (systems.second.size != size) {
    return absl::InvalidArgumentError(absl::StrCat(
        "paired systems: ", size, " statistics of the first, ",
        systems.second.size, " of the second, expected as many of each"));
  }
  const auto differences = [&](absl::Span<const int32_t> counts,
                               absl::Span<double> values) {
    std::vector<double> second(size);
    systems.first.fill(counts, values);
    systems.second.fill(counts, absl::MakeSpan(second));
    for (int64_t k = 0; k < size; ++k) values[k] -= second[k];
  };
  const absl::StatusOr<std::vector<BootstrapEstimate>> estimates = Bootstrap(
      units, options, paired.kind, {.size = size, .fill = differences});
  if (!estimates.ok()) return estimates.status();
  const std::vector<double> first =
      PlainValues(units.examples(), systems.first);
  const std::vector<double> second =
      PlainValues(units.examples(), systems.second);
  std::vector<PairedEstimate> pairs;
  for (int64_t k = 0; k < size; ++k) {
    pairs.push_back({.first = first[k],
                     .second = second[k],
                     .difference = (*estimates)[k],
                     .p_value = PValue((*estimates)[k], paired.correction)});
  }
  return pairs;
}

}  // namespace cxr::metrics
