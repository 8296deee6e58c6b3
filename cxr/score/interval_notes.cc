// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/interval_notes.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace cxr {
namespace {

constexpr size_t kMostNamed = 6;

// "a, b, c and 4 more".
std::string Some(std::vector<std::string> names) {
  const size_t rest = names.size() > kMostNamed ? names.size() - kMostNamed : 0;
  names.resize(names.size() - rest);
  return absl::StrCat(absl::StrJoin(names, ", "),
                      rest > 0 ? absl::StrCat(" and ", rest, " more") : "");
}

std::string Named(const spec::MetricValue& value) {
  return absl::StrCat(value.metric(), " of ", value.target());
}

std::string ReasonOf(const spec::Interval& interval,
                     const Resampled& resampled) {
  const std::string& kind = interval.kind();
  if (absl::StrContains(kind, "DeLong")) {
    return "DeLong's variance is 0, as that of a perfect ranking, which says "
           "nothing of the next images";
  }
  if (absl::StrContains(kind, "Student")) return "all runs have one value";
  if (resampled.units == 1) {
    return "there is one image or patient only, so all resamples are the same";
  }
  return resampled.resamples == 1
             ? "there is one resample only"
             : "all resamples have the same value, which says nothing of the "
               "next images";
}

// Calls `take` with the name and the interval of all that has one.
template <typename Take>
void ForEachInterval(const spec::ScoreReport& report, Take take) {
  for (const spec::MetricValue& value : report.values()) {
    if (value.has_interval()) take(Named(value), value.interval());
  }
  for (const spec::GroupValue& group : report.groups()) {
    const std::string name = absl::StrCat(Named(group.value()), " in ",
                                          group.column(), " ", group.group());
    if (group.value().has_interval()) take(name, group.value().interval());
    if (group.has_difference_interval()) {
      take(name + " minus the rest", group.difference_interval());
    }
  }
  for (const spec::ScoreComparison& row : report.comparisons()) {
    if (!row.has_interval()) continue;
    take(absl::StrCat("difference of ", row.metric(), " of ", row.target()),
         row.interval());
  }
  for (const spec::SeedValue& value : report.seeds()) {
    const std::string name = absl::StrCat("mean ", Named(value.mean()));
    if (value.mean().has_interval()) take(name, value.mean().interval());
    if (value.has_mean_interval()) take(name, value.mean_interval());
  }
}

}  // namespace

bool HasNoWidth(const spec::Interval& interval) {
  return interval.low() == interval.high();
}

void AddNoWidthNotes(const Resampled& resampled, spec::ScoreReport* report) {
  std::map<std::string, std::vector<std::string>> of_reason;
  ForEachInterval(*report,
                  [&](const std::string& name, const spec::Interval& interval) {
                    if (!HasNoWidth(interval)) return;
                    of_reason[ReasonOf(interval, resampled)].push_back(name);
                  });
  for (const auto& [reason, names] : of_reason) {
    report->add_notes(
        absl::StrCat("an interval without width is no certainty: ", reason,
                     ": ", Some(names)));
  }
}

void AddBeyondNote(absl::FunctionRef<bool(absl::string_view metric)> has_to,
                   spec::ScoreReport* report) {
  std::vector<std::string> beyond;
  const auto check = [&](const spec::MetricValue& value,
                         const std::string& suffix) {
    const spec::Interval& interval = value.interval();
    if (absl::StrContains(interval.kind(), "basic") && has_to(value.metric()) &&
        (interval.low() < 0.0 || interval.high() > 1.0)) {
      beyond.push_back(Named(value) + suffix);
    }
  };
  for (const spec::MetricValue& value : report->values()) check(value, "");
  for (const spec::GroupValue& group : report->groups()) {
    check(group.value(), absl::StrCat(" in ", group.group()));
  }
  if (beyond.empty()) return;
  report->add_notes(absl::StrCat(
      "basic intervals are percentiles mirrored at the value and not cut off "
      "at 0 and 1 (DeLong's are): ",
      Some(beyond)));
}

}  // namespace cxr
