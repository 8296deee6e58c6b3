// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/experiment_view.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/index/select.h"
#include "cxr/data/index/split.h"
#include "cxr/data/inspect/check_index.h"

namespace cxr {
namespace {

// Only these label columns, in this order.
absl::Status KeepLabels(const std::vector<std::string>& targets,
                        ImageIndex& index) {
  std::vector<int> columns;
  for (const std::string& target : targets) {
    CXR_ASSIGN_OR_RETURN(const int column, LabelColumn(index, target));
    columns.push_back(column);
  }
  // The released reading of a label looks at this one too.
  const absl::StatusOr<int> no_finding = LabelColumn(index, "No Finding");
  if (no_finding.ok() &&
      std::find(columns.begin(), columns.end(), *no_finding) == columns.end()) {
    columns.push_back(*no_finding);
  }
  std::vector<float> labels;
  std::vector<std::string> names;
  for (const int column : columns) {
    names.push_back(index.label_names[column]);
  }
  for (int64_t i = 0; i < std::ssize(index.examples); ++i) {
    for (const int column : columns) {
      labels.push_back(index.Label(i, column));
    }
  }
  index.label_names = std::move(names);
  index.labels = std::move(labels);
  return absl::OkStatus();
}

// Only these images, with the part that a split gives them.
void KeepImages(const std::vector<std::pair<int, Part>>& kept,
                ExperimentView& view) {
  const size_t width = view.index.label_names.size();
  std::vector<Example> examples;
  std::vector<float> labels;
  std::vector<int> rows;
  for (const auto& [i, part] : kept) {
    examples.push_back(view.index.examples[i]);
    examples.back().part = part;
    const auto first = view.index.labels.begin() + int64_t{i} * width;
    labels.insert(labels.end(), first, first + width);
    rows.push_back(view.rows[i]);
  }
  view.index.examples = std::move(examples);
  view.index.labels = std::move(labels);
  view.rows = std::move(rows);
}

std::vector<std::pair<int, Part>> PartsOf(const Split& split,
                                          bool validation_is_training) {
  std::vector<std::pair<int, Part>> parts;
  const auto add = [&](const std::vector<int>& images, Part part) {
    for (const int i : images) {
      parts.emplace_back(i, part);
    }
  };
  add(split.training, Part::kTraining);
  if (!validation_is_training) {
    add(split.validation, Part::kValidation);
  }
  add(split.test, Part::kTest);
  std::sort(parts.begin(), parts.end());
  return parts;
}

}  // namespace

std::vector<spec::DataSpec> DataSpecsOf(
    const spec::ExperimentSpec& experiment) {
  std::vector<spec::DataSpec> all(experiment.pretrain().data().begin(),
                                  experiment.pretrain().data().end());
  if (experiment.has_data()) {
    all.push_back(experiment.data());
  }
  return all;
}

absl::StatusOr<spec::DataSpec> DataOf(const spec::ExperimentSpec& experiment,
                                      spec::Source source) {
  std::vector<std::string> names;
  for (const spec::DataSpec& data : DataSpecsOf(experiment)) {
    if (data.source() == source) {
      return data;
    }
    names.push_back(spec::Source_Name(data.source()));
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the experiment does not read ", spec::Source_Name(source),
                   ", it reads ", absl::StrJoin(names, ", ")));
}

absl::StatusOr<ExperimentView> ViewOf(const ImageIndex& all,
                                      const spec::DataSpec& data,
                                      const spec::ExperimentSpec& experiment) {
  CXR_ASSIGN_OR_RETURN(SelectedIndex selected, Select(all, data));
  ExperimentView view{.index = std::move(selected.index),
                      .rows = std::move(selected.rows)};
  const spec::TrainSpec& train = experiment.train();
  if (train.has_official()) {
    CXR_ASSIGN_OR_RETURN(const Split split,
                         MakeSplit(view.index, train.official()));
    KeepImages(
        PartsOf(split, train.official().has_training_images_as_released()),
        view);
  }
  if (!train.targets().empty()) {
    CXR_RETURN_IF_ERROR(KeepLabels(
        {train.targets().begin(), train.targets().end()}, view.index));
  }
  return view;
}

spec::DataReport CheckView(const ExperimentView& view,
                           const spec::ExperimentSpec& experiment) {
  std::vector<spec::LabelPolicy> policies;
  if (experiment.train().has_label_policy()) {
    policies.push_back(experiment.train().label_policy());
  }
  return CheckIndex(view.index, policies);
}

}  // namespace cxr
