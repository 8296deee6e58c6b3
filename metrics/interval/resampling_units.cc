// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/resampling_units.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "metrics/require.h"

namespace cxr::metrics {
namespace {

absl::Status CheckExamples(int64_t examples, absl::string_view name) {
  if (examples >= 1 && examples <= std::numeric_limits<int32_t>::max()) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat(name, ": ", examples == 0 ? "no" : absl::StrCat(examples),
                   " example, expected 1 to 2147483647"));
}

// A numbering of examples into groups.
struct Numbering {
  absl::string_view group;           // "cluster"
  absl::Span<const int32_t> number;  // of each example
  std::string Name() const { return absl::StrCat(group, "_of_example"); }
};

// How many groups there are. Every group has an example, so no number can reach
// that of examples.
absl::StatusOr<int64_t> CountGroups(const Numbering& groups) {
  const absl::Status valid = CheckExamples(groups.number.size(), groups.Name());
  if (!valid.ok()) return valid;
  std::vector<bool> seen(groups.number.size(), false);
  int64_t count = 0;
  for (size_t i = 0; i < groups.number.size(); ++i) {
    const int32_t number = groups.number[i];
    if (number < 0 || number >= std::ssize(groups.number)) {
      return absl::InvalidArgumentError(absl::StrCat(
          groups.Name(), "[", i, "]: ", number, ", expected 0 to K-1 for K ",
          groups.group, "s, none of them empty"));
    }
    seen[number] = true;
    count = std::max<int64_t>(count, int64_t{number} + 1);
  }
  for (int64_t k = 0; k < count; ++k) {
    if (seen[k]) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(groups.Name(), ": ", groups.group, " ", k, " of ", count,
                     " has no example, expected at least 1"));
  }
  return count;
}

// The stratum of each cluster.
absl::StatusOr<std::vector<int32_t>> StrataOfClusters(
    absl::Span<const int32_t> cluster_of_example,
    absl::Span<const int32_t> stratum_of_example, int64_t clusters) {
  std::vector<int32_t> strata(clusters, -1);
  for (size_t i = 0; i < cluster_of_example.size(); ++i) {
    int32_t& stratum = strata[cluster_of_example[i]];
    if (stratum < 0) stratum = stratum_of_example[i];
    if (stratum == stratum_of_example[i]) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        "stratum_of_example[", i, "]: ", stratum_of_example[i],
        ", expected stratum ", stratum, " as in the other examples of cluster ",
        cluster_of_example[i]));
  }
  return strata;
}

bool IsIdentity(absl::Span<const int32_t> numbers) {
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] != static_cast<int32_t>(i)) return false;
  }
  return true;
}

// The place of each item in a stable order by stratum.
std::vector<int32_t> PlacesByStratum(absl::Span<const int32_t> strata,
                                     absl::Span<const int64_t> sizes) {
  std::vector<int64_t> next(sizes.size(), 0);
  std::partial_sum(sizes.begin(), sizes.end() - 1, next.begin() + 1);
  std::vector<int32_t> places;
  places.reserve(strata.size());
  for (const int32_t stratum : strata) {
    places.push_back(static_cast<int32_t>(next[stratum]++));
  }
  return places;
}

std::vector<int64_t> CountStrata(absl::Span<const int32_t> strata,
                                 int64_t count) {
  std::vector<int64_t> sizes(count, 0);
  for (const int32_t stratum : strata) ++sizes[stratum];
  return sizes;
}

}  // namespace

absl::StatusOr<ResamplingUnits> ResamplingUnits::Examples(int64_t examples) {
  const absl::Status valid = CheckExamples(examples, "examples");
  if (!valid.ok()) return valid;
  ResamplingUnits units;
  units.examples_ = examples;
  units.units_ = examples;
  units.stratum_sizes_ = {examples};
  return units;
}

absl::StatusOr<ResamplingUnits> ResamplingUnits::Clusters(
    absl::Span<const int32_t> cluster_of_example) {
  const absl::StatusOr<int64_t> clusters =
      CountGroups({"cluster", cluster_of_example});
  if (!clusters.ok()) return clusters.status();
  ResamplingUnits units;
  units.examples_ = std::ssize(cluster_of_example);
  units.units_ = *clusters;
  units.stratum_sizes_ = {*clusters};
  if (!IsIdentity(cluster_of_example)) {
    units.unit_of_example_.assign(cluster_of_example.begin(),
                                  cluster_of_example.end());
  }
  return units;
}

absl::StatusOr<ResamplingUnits> ResamplingUnits::StratifiedExamples(
    absl::Span<const int32_t> stratum_of_example) {
  const absl::StatusOr<int64_t> strata =
      CountGroups({"stratum", stratum_of_example});
  if (!strata.ok()) return strata.status();
  ResamplingUnits units;
  units.examples_ = std::ssize(stratum_of_example);
  units.units_ = units.examples_;
  units.stratum_sizes_ = CountStrata(stratum_of_example, *strata);
  std::vector<int32_t> places =
      PlacesByStratum(stratum_of_example, units.stratum_sizes_);
  if (!IsIdentity(places)) units.unit_of_example_ = std::move(places);
  return units;
}

absl::StatusOr<ResamplingUnits> ResamplingUnits::StratifiedClusters(
    absl::Span<const int32_t> cluster_of_example,
    absl::Span<const int32_t> stratum_of_example) {
  if (cluster_of_example.size() != stratum_of_example.size()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "clusters and strata differ in size: ", cluster_of_example.size(),
        " clusters, ", stratum_of_example.size(),
        " strata, expected one of each per example"));
  }
  absl::StatusOr<ResamplingUnits> units = Clusters(cluster_of_example);
  if (!units.ok()) return units.status();
  const absl::StatusOr<int64_t> count =
      CountGroups({"stratum", stratum_of_example});
  if (!count.ok()) return count.status();
  const absl::StatusOr<std::vector<int32_t>> strata =
      StrataOfClusters(cluster_of_example, stratum_of_example, units->units());
  if (!strata.ok()) return strata.status();
  units->stratum_sizes_ = CountStrata(*strata, *count);
  const std::vector<int32_t> places =
      PlacesByStratum(*strata, units->stratum_sizes_);
  std::vector<int32_t> unit_of_example;
  unit_of_example.reserve(cluster_of_example.size());
  for (const int32_t cluster : cluster_of_example) {
    unit_of_example.push_back(places[cluster]);
  }
  if (IsIdentity(unit_of_example)) unit_of_example.clear();
  units->unit_of_example_ = std::move(unit_of_example);
  return units;
}

absl::Span<const int32_t> ResamplingUnits::CountExamples(
    absl::Span<const int32_t> unit_counts, absl::Span<int32_t> memory) const {
  Require(std::ssize(unit_counts) == units_, "one count per unit");
  if (units_are_examples()) return unit_counts;
  Require(std::ssize(memory) == examples_, "memory for a count per example");
  for (size_t i = 0; i < memory.size(); ++i) {
    memory[i] = unit_counts[unit_of_example_[i]];
  }
  return memory;
}

}  // namespace cxr::metrics
