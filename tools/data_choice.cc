// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/data_choice.h"

#include <numeric>
#include <set>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/inspect/experiment_view.h"
#include "cxr/synth/write/drawn_source.h"
#include "tools/command_line.h"
#include "tools/data_roots.h"
#include "tools/places.h"
#include "tools/specs.h"

namespace cxr {
namespace {

std::vector<std::string> SourceNames() {
  std::vector<std::string> names;
  for (int i = spec::Source_MIN; i <= spec::Source_MAX; ++i) {
    if (spec::Source_IsValid(i) && i != spec::SOURCE_UNSPECIFIED) {
      names.push_back(SourceName(static_cast<spec::Source>(i)));
    }
  }
  return names;
}

// The source that is meant by --dataset, or by an experiment with one alone.
absl::StatusOr<spec::Source> ChooseSource(
    const std::optional<spec::ExperimentSpec>& experiment) {
  const std::string name = absl::GetFlag(FLAGS_dataset);
  if (!name.empty()) {
    return SourceCalled(name);
  }
  if (!experiment.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--dataset is missing: expected one of ",
                     absl::StrJoin(SourceNames(), ", ")));
  }
  std::set<spec::Source> sources;
  for (const spec::DataSpec& data : DataSpecsOf(*experiment)) {
    sources.insert(data.source());
  }
  if (sources.size() == 1) {
    return *sources.begin();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--dataset is missing: the experiment reads ",
      absl::StrJoin(sources, ", ", [](std::string* out, spec::Source source) {
        absl::StrAppend(out, SourceName(source));
      })));
}

// Without the half that was not asked for: an experiment that pretrains for
// itself has two.
absl::StatusOr<spec::ExperimentSpec> HalfOf(spec::ExperimentSpec experiment) {
  if (!absl::GetFlag(FLAGS_pretraining)) {
    if (experiment.has_data()) {
      experiment.clear_pretrain();
    }
    return experiment;
  }
  if (!experiment.has_pretrain()) {
    return absl::InvalidArgumentError(
        "--pretraining: the experiment has none of its own");
  }
  experiment.clear_data();
  experiment.clear_features();
  experiment.clear_train();
  return experiment;
}

}  // namespace

spec::DataSpec WholeSource(spec::Source source) {
  spec::DataSpec data;
  data.set_source(source);
  data.set_part(spec::ALL_PARTS);
  data.add_views(spec::ANY_VIEW);
  data.set_sixteen_bit(spec::RESCALED);
  return data;
}

absl::StatusOr<spec::Source> SourceCalled(absl::string_view name) {
  for (int i = spec::Source_MIN; i <= spec::Source_MAX; ++i) {
    if (spec::Source_IsValid(i) && i != spec::SOURCE_UNSPECIFIED &&
        SourceName(static_cast<spec::Source>(i)) == name) {
      return static_cast<spec::Source>(i);
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--dataset: ", NotThere("source", name, SourceNames())));
}

absl::StatusOr<DataChoice> ChooseData(absl::string_view program) {
  DataChoice choice;
  CXR_ASSIGN_OR_RETURN(const std::string root, FindRoot(program));
  choice.machine = DataRootsBelow(root, program);
  choice.roots = choice.machine;
  choice.threads = absl::GetFlag(FLAGS_threads) > 0
                       ? absl::GetFlag(FLAGS_threads)
                       : AvailableThreads();
  const std::string experiment = absl::GetFlag(FLAGS_experiment);
  if (!experiment.empty()) {
    CXR_ASSIGN_OR_RETURN(const SpecLibrary library, LoadLibrary(program));
    CXR_ASSIGN_OR_RETURN(const ResolvedExperiment resolved,
                         library.Resolve(experiment, SettingFlags()));
    CXR_ASSIGN_OR_RETURN(choice.experiment, HalfOf(resolved.spec));
  }
  CXR_ASSIGN_OR_RETURN(choice.source, ChooseSource(choice.experiment));
  choice.data = WholeSource(choice.source);
  if (choice.experiment.has_value()) {
    CXR_ASSIGN_OR_RETURN(const spec::DataSpec data,
                         DataOf(*choice.experiment, choice.source));
    CXR_ASSIGN_OR_RETURN(const synth::OpenedSource opened,
                         synth::DrawSource(data, {.roots = choice.machine,
                                                  .threads = choice.threads}));
    choice.data = opened.data;
    choice.roots = opened.roots;
  }
  return choice;
}

absl::StatusOr<std::vector<int>> ChosenRows(const DataChoice& choice,
                                            const ImageIndex& index,
                                            ChosenPart part) {
  if (choice.experiment.has_value()) {
    CXR_ASSIGN_OR_RETURN(const ExperimentView view,
                         ViewOf(index, choice.data, *choice.experiment));
    const bool all =
        part == ChosenPart::kAll || !choice.experiment->train().has_official();
    std::vector<int> rows;
    for (size_t i = 0; i < view.rows.size(); ++i) {
      if (all || view.index.examples[i].part == Part::kTraining) {
        rows.push_back(view.rows[i]);
      }
    }
    return rows;
  }
  std::vector<int> rows(index.examples.size());
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

}  // namespace cxr
