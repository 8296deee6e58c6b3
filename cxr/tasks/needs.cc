// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/needs.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/cost/source_size.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/synth/write/drawn_source.h"
#include "cxr/tasks/common/weights_file.h"

namespace cxr {
namespace {

class Needs {
 public:
  explicit Needs(const TaskOptions& options) : options_(options) {}

  void Add(const spec::ExperimentSpec& experiment) {
    for (const spec::DataSpec& data : experiment.pretrain().data()) {
      AddData(data);
    }
    if (experiment.has_data()) {
      AddData(experiment.data());
    }
    AddWeights(experiment.pretrain().initial_weights());
    AddWeights(experiment.features().vit().weights());
    const spec::ReportDecoderSpec& decoder =
        experiment.train().report_decoder();
    if (decoder.has_files()) {
      // This version reads no language model.
      AddFile(decoder.files().folder(), decoder.files().where_to_get(),
              /*found=*/false);
    }
  }

  std::vector<spec::PlannedInput> All() const {
    std::vector<spec::PlannedInput> all;
    for (const auto& [key, need] : needs_) {
      all.push_back(need);
    }
    return all;
  }

 private:
  void AddData(const spec::DataSpec& data) {
    spec::PlannedInput need;
    need.set_kind("data");
    need.set_size_bytes(static_cast<int64_t>(SizeOf(data).bytes_on_disk));
    if (data.has_drawn()) {
      need.set_name(absl::StrCat("SYNTHETIC ", SourceLabel(data.source())));
      need.set_terms(synth::DrawnText(data.drawn()));
      need.set_found(synth::CheckPlaceForDrawn(options_.roots).ok());
    } else {
      need.set_name(SourceLabel(data.source()));
      need.set_terms(SourceLicence(data.source()));
      need.set_found(IndexFiles(data.source(), options_.roots).ok());
    }
    Keep(std::move(need));
  }

  void AddWeights(const spec::WeightsSpec& weights) {
    if (weights.has_bundled()) {
      spec::PlannedInput need;
      need.set_kind("weights");
      need.set_name(weights.bundled().file());
      need.set_terms("comes with the program");
      need.set_found(BundledPath(weights.bundled(), options_).ok());
      Keep(std::move(need));
    }
    if (!weights.has_file()) return;
    AddFile(weights.file().file(), weights.file().where_to_get(),
            WeightsPath(weights.file(), options_).ok());
  }

  void AddFile(const std::string& file, const std::string& where_to_get,
               bool found) {
    spec::PlannedInput need;
    need.set_kind("weights");
    need.set_name(file);
    need.set_terms(absl::StrCat("of ", where_to_get));
    need.set_size_bytes(0);
    need.set_found(found);
    Keep(std::move(need));
  }

  // Of one source the largest selection; drawn by other options it is another.
  void Keep(spec::PlannedInput need) {
    const auto [it, added] =
        needs_.try_emplace({need.kind(), need.name(), need.terms()}, need);
    if (!added && need.size_bytes() > it->second.size_bytes()) {
      it->second = std::move(need);
    }
  }

  const TaskOptions& options_;
  std::map<std::tuple<std::string, std::string, std::string>,
           spec::PlannedInput>
      needs_;  // By kind, name and terms.
};

}  // namespace

std::vector<spec::PlannedInput> NeedsOf(
    const std::vector<ResolvedExperiment>& experiments,
    const TaskOptions& options) {
  Needs needs(options);
  for (const ResolvedExperiment& experiment : experiments) {
    needs.Add(experiment.spec);
  }
  return needs.All();
}

}  // namespace cxr
