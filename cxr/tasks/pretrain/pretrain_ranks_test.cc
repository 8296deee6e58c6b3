// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// The pretrain stage in two processes against one: each test forks its
// processes, so this one never starts LibTorch's threads.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/dist/testing.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/tasks/pretrain/pretrain_stage.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kState = "state.safetensors";

// Runs `stage` in so many processes. The first leaves in `folder` its artifacts
// and what it saved last, each in a file of its name with ".saved" behind it.
std::vector<int> RunIn(int processes, FakeStage stage,
                       const std::string& folder) {
  return RunProcesses(processes, [&](int rank) {
    std::vector<FakeStage::Saved> saved;
    stage.saved = &saved;
    stage.rank = rank;
    stage.processes = processes;
    if (processes > 1) stage.meeting_file = JoinPath(folder, "meeting");
    ASSERT_OK_AND_ASSIGN(
        const StageOutput output,
        stage.Run(StageKind::kPretrain, [](const StageRequest& request) {
          return RunPretrainStage(
              request, {.roots = {.samples = TestData("cxr/data/samples")},
                        .threads = 2});
        }));
    EXPECT_EQ(output.artifacts.empty(), rank > 0);
    for (const ArtifactBytes& artifact : output.artifacts) {
      ASSERT_OK(
          WriteFileAtomically(JoinPath(folder, artifact.name), artifact.bytes));
    }
    if (rank > 0) {
      EXPECT_THAT(saved, IsEmpty());
    } else {
      for (const auto& [name, bytes] : saved.front().second) {
        ASSERT_OK(WriteFileAtomically(
            JoinPath(folder, absl::StrCat(name, ".saved")), bytes));
      }
    }
  });
}

// Of the rows that each process looks at, so that they depend on the number of
// processes (SelfDistillation's AddEntropies).
bool IsOfProcesses(absl::string_view column) {
  return absl::StrContains(column, "entropy") ||
         absl::StrContains(column, "information");
}

// The largest difference of two logs, as a part of the number.
double Furthest(const std::string& found_csv, const std::string& expected_csv) {
  const absl::StatusOr<CsvTable> found = CsvTable::Parse(found_csv, "found");
  const absl::StatusOr<CsvTable> expected =
      CsvTable::Parse(expected_csv, "expected");
  EXPECT_OK(found);
  EXPECT_OK(expected);
  EXPECT_EQ(found->rows().size(), expected->rows().size());
  EXPECT_FALSE(expected->rows().empty());
  const std::vector<std::string> columns =
      absl::StrSplit(expected_csv.substr(0, expected_csv.find('\n')), ',');
  double furthest = 0;
  for (size_t i = 0; i < expected->rows().size(); ++i) {
    const std::vector<std::string>& cells = expected->rows()[i].cells;
    for (size_t j = 0; j < cells.size(); ++j) {
      if (IsOfProcesses(columns[j]) || cells[j].empty()) continue;
      const double number = std::stod(cells[j]);
      const double difference =
          std::abs(std::stod(found->rows()[i].cells[j]) - number);
      furthest =
          std::max(furthest, difference / std::max(0.1, std::abs(number)));
    }
  }
  return furthest;
}

std::string FileIn(const TempDir& dir, absl::string_view name) {
  const absl::StatusOr<std::string> bytes = ReadFile(dir.File(name));
  EXPECT_OK(bytes);
  return bytes.value_or("");
}

TEST(PretrainRanksTest, TwoProcessesHaveTheLossesOfOne) {
  for (const absl::string_view change :
       {"", "pretrain { sinkhorn_knopp { iterations: 3 } }",
        "pretrain { batch { accumulated_batches: 2 } }"}) {
    const FakeStage stage = {.spec = SmallPretraining(change)};
    const TempDir one;
    const TempDir two;
    EXPECT_THAT(RunIn(1, stage, one.path()), Each(0)) << change;
    EXPECT_THAT(RunIn(2, stage, two.path()), Each(0)) << change;
    EXPECT_LT(Furthest(FileIn(two, kLogFile), FileIn(one, kLogFile)), 1e-5)
        << change;
    EXPECT_LT(
        Furthest(FileIn(two, kEvaluationFile), FileIn(one, kEvaluationFile)),
        1e-2)
        << change;
  }
}

TEST(PretrainRanksTest, AnotherNumberOfProcessesGoesOnFromTheCheckpoint) {
  const FakeStage whole = {.spec = SmallPretraining()};
  const TempDir one;
  const TempDir two;
  ASSERT_THAT(RunIn(1, whole, one.path()), Each(0));
  ASSERT_THAT(RunIn(2, whole, two.path()), Each(0));
  const auto rest_of = [&](const TempDir& dir) {
    FakeStage rest = {.spec = SmallPretraining(), .checkpoint_progress = 0.3};
    for (const absl::string_view name : {kState, kLogFile, kEvaluationFile}) {
      rest.checkpoint[std::string(name)] =
          FileIn(dir, absl::StrCat(name, ".saved"));
    }
    return rest;
  };
  const TempDir then_one;
  const TempDir then_two;
  ASSERT_THAT(RunIn(1, rest_of(two), then_one.path()), Each(0));
  ASSERT_THAT(RunIn(2, rest_of(one), then_two.path()), Each(0));
  const std::string expected = FileIn(one, kLogFile);
  EXPECT_LT(Furthest(FileIn(then_one, kLogFile), expected), 1e-5);
  EXPECT_LT(Furthest(FileIn(then_two, kLogFile), expected), 1e-5);
}

// Runs `spec` in two processes, of which the second is told to stop with
// `stop`; each says in a file how it ended.
std::string EndsOf(const spec::ExperimentSpec& spec, const absl::Status& stop) {
  const TempDir dir;
  EXPECT_THAT(RunProcesses(
                  2,
                  [&](int rank) {
                    FakeStage stage = {.spec = spec,
                                       .rank = rank,
                                       .processes = 2,
                                       .meeting_file = dir.File("meeting")};
                    if (rank == 1) stage.stop = stop;
                    const absl::Status ended =
                        stage
                            .Run(StageKind::kPretrain,
                                 [](const StageRequest& request) {
                                   return RunPretrainStage(
                                       request,
                                       {.roots = {.samples = TestData(
                                                      "cxr/data/samples")},
                                        .threads = 2});
                                 })
                            .status();
                    ASSERT_OK(WriteFileAtomically(
                        dir.File(absl::StrCat("end", rank)), ended.ToString()));
                  }),
              Each(0));
  return absl::StrCat(FileIn(dir, "end0"), "\n", FileIn(dir, "end1"));
}

TEST(PretrainRanksTest, AStopAtOneEndsBoth) {
  EXPECT_EQ(EndsOf(SmallPretraining(), absl::CancelledError("stopped")),
            "CANCELLED: another process of the run was asked to end\n"
            "CANCELLED: stopped");
}

TEST(PretrainRanksTest, ADivergedRunEndsInBothWithItsStep) {
  EXPECT_THAT(
      EndsOf(SmallPretraining("pretrain { optimizer { learning_rate: 10 "
                              "max_gradient_norm: 0 } losses { ibot: 1e38 } "
                              "schedule { epochs: 10 } }"),
             absl::OkStatus()),
      testing::AllOf(HasSubstr("OUT_OF_RANGE: step "), HasSubstr("diverged")));
}

}  // namespace
}  // namespace cxr
