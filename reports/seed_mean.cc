// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/seed_mean.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/scored_rows.h"
#include "cxr/score/seed_scores.h"

namespace cxr::reports {
namespace {

bool HasNote(const ExperimentResult& run, size_t record,
             const std::string& note) {
  if (record >= run.records.size()) return false;
  const auto& notes = run.records[record].notes();
  return std::find(notes.begin(), notes.end(), note) != notes.end();
}

// Of every stage the first run's record with the notes that all runs have: what
// is true of one seed alone, as which epoch was best, says nothing of the mean.
std::vector<spec::RunRecord> WithCommonNotes(
    const std::vector<const ExperimentResult*>& runs) {
  std::vector<spec::RunRecord> records = runs[0]->records;
  for (size_t i = 0; i < records.size(); ++i) {
    std::vector<std::string> common;
    for (const std::string& note : records[i].notes()) {
      if (std::all_of(runs.begin(), runs.end(),
                      [&](const ExperimentResult* run) {
                        return HasNote(*run, i, note);
                      })) {
        common.push_back(note);
      }
    }
    *records[i].mutable_notes() = {common.begin(), common.end()};
  }
  return records;
}

absl::StatusOr<std::vector<spec::SeedValue>> ScoreRuns(
    const std::vector<std::string>& names,
    const std::vector<const ExperimentResult*>& runs,
    const spec::ScoreSpec& score, PredictionsReader read, int threads) {
  std::vector<NamedPredictions> predictions;
  for (size_t i = 0; i < runs.size(); ++i) {
    absl::StatusOr<Predictions> of_run = read(runs[i]->records);
    CXR_RETURN_IF_ERROR(Annotate(of_run.status(), names[i]));
    predictions.push_back(
        {.name = names[i], .predictions = *std::move(of_run)});
  }
  return ScoreSeeds(predictions, score, threads);
}

// Sorts the runs into those that ended well, which it returns, and others.
std::vector<const ExperimentResult*> SortRuns(const ResultMap& results,
                                              SeedRuns& seeds) {
  std::vector<const ExperimentResult*> runs;
  for (const std::string& name : seeds.declared) {
    const auto it = results.find(name);
    if (it == results.end()) {
      seeds.missing[name] = "not run";
    } else if (!it->second.missing.empty()) {
      seeds.missing[name] = it->second.missing;
    } else if (it->second.records.empty()) {
      seeds.failed[name] = it->second.failed;
    } else {
      seeds.ended_well.push_back(name);
      runs.push_back(&it->second);
    }
  }
  return runs;
}

}  // namespace

ExperimentResult MeanOfSeeds(const std::vector<std::string>& names,
                             const ResultMap& results,
                             const spec::ScoreSpec& score,
                             PredictionsReader read, int threads) {
  ExperimentResult mean;
  SeedRuns& seeds = mean.seeds.emplace();
  seeds.declared = names;
  const std::vector<const ExperimentResult*> runs = SortRuns(results, seeds);
  if (runs.empty()) {
    if (seeds.failed.empty()) {
      mean.missing = seeds.missing.begin()->second;
    } else {
      mean.failed =
          absl::StrCat("all seeds that were run (", seeds.failed.size(), " of ",
                       names.size(), "): ", seeds.failed.begin()->second);
    }
    return mean;
  }
  std::set<std::string> other_code;
  for (const ExperimentResult* run : runs) {
    other_code.insert(run->made_by_other_code.begin(),
                      run->made_by_other_code.end());
  }
  mean.made_by_other_code = {other_code.begin(), other_code.end()};
  if (runs.size() > 1) {
    absl::StatusOr<std::vector<spec::SeedValue>> values =
        ScoreRuns(seeds.ended_well, runs, score, read, threads);
    if (!values.ok()) {
      mean.failed = std::string(values.status().message());
      return mean;
    }
    seeds.values = *std::move(values);
  }
  mean.records = WithCommonNotes(runs);
  if (!seeds.values.empty()) {
    mean.records.back().clear_metrics();
    for (const spec::SeedValue& value : seeds.values) {
      *mean.records.back().add_metrics() = value.mean();
    }
  }
  return mean;
}

std::string LostSeedsText(const SeedRuns& seeds) {
  return seeds.ended_well.size() == seeds.declared.size()
             ? ""
             : absl::StrCat(seeds.ended_well.size(), " of ",
                            seeds.declared.size(), " seeds");
}

const spec::SeedValue* FindSeedValue(const SeedRuns& seeds,
                                     absl::string_view metric,
                                     absl::string_view target) {
  for (const spec::SeedValue& value : seeds.values) {
    if (value.mean().metric() == metric && value.mean().target() == target) {
      return &value;
    }
  }
  return nullptr;
}

std::string SeedsText(const SeedRuns& seeds, absl::string_view metric,
                      absl::string_view target) {
  std::string text =
      seeds.ended_well.size() == 1
          ? absl::StrCat("one seed (", seeds.ended_well[0], ")")
          : absl::StrCat("mean of ", seeds.ended_well.size(), " seeds");
  if (const spec::SeedValue* value = FindSeedValue(seeds, metric, target)) {
    absl::StrAppendFormat(&text, ", standard deviation %.2f points",
                          100 * value->standard_deviation());
  }
  if (!seeds.failed.empty()) {
    absl::StrAppend(&text, "; ", seeds.failed.size(), " failed of ",
                    seeds.declared.size());
    for (const auto& [name, reason] : seeds.failed) {
      absl::StrAppend(&text, ", ", name, ": ", reason);
    }
  }
  if (!seeds.missing.empty()) {
    absl::StrAppend(&text, "; ", seeds.missing.size(), " missing of ",
                    seeds.declared.size());
    for (const auto& [name, reason] : seeds.missing) {
      absl::StrAppend(&text, ", ", name, ": ", reason);
    }
  }
  return text;
}

}  // namespace cxr::reports
