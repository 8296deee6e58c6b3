// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/testing.h"

#include <gtest/gtest.h>

#include <map>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/decide.h"
#include "cxr/harness/freeze.h"
#include "cxr/harness/journal.h"
#include "cxr/textproto/textproto.h"

namespace cxr {

ResolvedExperiment ExperimentForTest(const std::string& name,
                                     absl::string_view text) {
  ResolvedExperiment experiment{
      .name = name, .rung = "smoke", .protocol = "as_published"};
  EXPECT_TRUE(ParseTextproto(text, experiment.spec).issues.empty()) << text;
  return experiment;
}

ResolvedExperiment SmallExperiment(const std::string& name,
                                   const std::string& target) {
  return ExperimentForTest(
      name, absl::StrCat("data { source: NIH64 } features { pixels {} } ",
                         "train { targets: '", target,
                         "' linear_probe { epochs: 2 } } ",
                         "predict { subset: OUT_OF_FOLD } ",
                         "score { bootstrap { seed: 0 } }"));
}

absl::StatusOr<std::vector<spec::StageInput>> OneFile(
    StageKind kind, const spec::ExperimentSpec&) {
  std::vector<spec::StageInput> inputs;
  if (kind == StageKind::kData) {
    spec::StageInput& input = inputs.emplace_back();
    input.set_stage("files");
    input.set_id("f00d");
  }
  return inputs;
}

Plan PlanForTest(const std::vector<ResolvedExperiment>& experiments,
                 InputsFunction inputs,
                 absl::FunctionRef<int(StageKind)> version) {
  const auto upstream =
      [&](absl::string_view name) -> absl::StatusOr<ResolvedExperiment> {
    for (const ResolvedExperiment& experiment : experiments) {
      if (experiment.name == name) {
        return experiment;
      }
    }
    return absl::InvalidArgumentError(absl::StrCat("no experiment ", name));
  };
  return BuildPlan(
      experiments,
      {.inputs = inputs, .version = version, .upstream = upstream});
}

absl::StatusOr<DriverResult> RunForTest(const Plan& plan, const Store& store,
                                        StageFunction run,
                                        const RunForTestOptions& options) {
  std::FILE* log =
      options.log != nullptr ? options.log : std::fopen("/dev/null", "w");
  const absl::Cleanup closer = [&] {
    if (options.log == nullptr) {
      std::fclose(log);
    }
  };
  Progress progress(log, Progress::Style::kPlain);
  const auto code = [&](StageKind) { return options.code; };
  const auto origins = [](const ResolvedExperiment& experiment) {
    return std::map<std::string, std::string>{
        {"train.linear_probe.epochs",
         absl::StrCat(experiment.name, ".textproto:7")}};
  };
  const auto cost = [](StageKind, const ResolvedExperiment&) {
    return spec::StageCost();
  };
  CXR_ASSIGN_OR_RETURN(const StoreIndex index, StoreIndex::Read(store.path()));
  const spec::PlanRecord frozen =
      Freeze(plan,
             Decide(plan, {.store = store,
                           .index = index,
                           .code_digest = code,
                           .strict_code = options.strict_code}),
             {.target = options.target,
              .rung = "smoke",
              .protocol = "as_published",
              .command = "cxr run test",
              .cost = cost,
              .throughputs = {}});
  CXR_ASSIGN_OR_RETURN(const Journal journal, Journal::Create(store, frozen));
  return RunPlan(plan, {.store = store,
                        .run = run,
                        .progress = progress,
                        .frozen = frozen,
                        .journal = journal,
                        .code_digest = code,
                        .origins = origins,
                        .max_parallel = options.max_parallel,
                        .retries = options.retries,
                        .pretrain_processes = options.pretrain_processes,
                        .devices = options.devices,
                        .strict_code = options.strict_code,
                        .accept_equivalent = options.accept_equivalent,
                        .device_folder = options.device_folder,
                        .lease_patience = options.lease_patience,
                        .stop_patience = options.stop_patience,
                        .retry_delay = absl::Milliseconds(1)});
}

absl::StatusOr<StageOutput> Nothing(const StageRequest&) {
  return StageOutput();
}

Store OpenStore(const TempDir& dir) {
  absl::StatusOr<Store> store = Store::Open(dir.File("store"));
  EXPECT_OK(store);
  return *std::move(store);
}

StoreIndex IndexOf(const Store& store) {
  absl::StatusOr<StoreIndex> index = StoreIndex::Read(store.path());
  EXPECT_OK(index);
  return *std::move(index);
}

void AddLine(const std::string& path, absl::string_view line) {
  EXPECT_TRUE(AppendToFile(path, absl::StrCat(line, "\n")).ok());
}

std::vector<std::string> LinesOf(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  return absl::StrSplit(text.ok() ? *text : "", '\n', absl::SkipEmpty());
}

}  // namespace cxr
