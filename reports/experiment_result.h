// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_EXPERIMENT_RESULT_H_
#define REPORTS_EXPERIMENT_RESULT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/score_report.pb.h"

namespace cxr::reports {

// What became of the runs behind a mean over seeds.
struct SeedRuns {
  std::vector<std::string> declared = {};    // Names of all of them.
  std::vector<std::string> ended_well = {};  // Of these, in the same order.
  // Why the others gave nothing: tried in vain, or not to be had here.
  std::map<std::string, std::string> failed = {};
  std::map<std::string, std::string> missing = {};
  // Of those that ended well, if they are two or more.
  std::vector<spec::SeedValue> values = {};
};

// What is known of one experiment, or of all seeds of one.
struct ExperimentResult {
  // Records of its stages in running order, the score last if it has one;
  // empty if it did not end well.
  std::vector<spec::RunRecord> records = {};
  // Why it cannot run here, as "kind: reason", e.g. "data: CheXpert ...".
  std::string missing = {};
  // Why it was tried in vain.
  std::string failed = {};
  // The stages whose records were made by other code than this program's.
  std::vector<std::string> made_by_other_code = {};
  // Of all seeds of a cell (seed_mean.h): then the records are those of the
  // first that ended well, with the means for metrics.
  std::optional<SeedRuns> seeds = {};
};

using ResultMap = std::map<std::string, ExperimentResult>;

// "data: CheXpert ..." -> "MISSING(data)" and "CheXpert ...".
std::string MissingText(const std::string& reason);
std::string MissingReason(const std::string& reason);

// Facts that the stages of a result noted, e.g. "random weights (seed 0)", and
// that other code made them.
std::string NotesOf(const ExperimentResult& result);

// Whether the identity of one of the records says that the backbone was never
// trained.
bool HasRandomWeights(const ExperimentResult& result);

// Whether the images were drawn by the generator: the data stage notes it.
bool IsSynthetic(const ExperimentResult& result);

// NotesOf as a sentence, after NOT_COMPARABLE(rung ...) if the rung is not the
// paper's.
std::string ComparabilityText(const spec::RungSpec& rung,
                              const ExperimentResult& result);

// All metrics of one experiment as Markdown, those of all images and then those
// of groups; of one that scores nothing where
// the files of its last stage lie; or the reason why there is neither.
std::string RenderExperiment(absl::string_view name, const spec::RungSpec& rung,
                             const ExperimentResult& result);

}  // namespace cxr::reports

#endif  // REPORTS_EXPERIMENT_RESULT_H_
