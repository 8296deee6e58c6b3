// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/driver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Stages that write down what they were given, instead of doing anything.
class DriverTest : public ::testing::Test {
 protected:
  DriverTest() : store_(*Store::Open(dir_.File("store"))) {}

  static ResolvedExperiment Experiment(const std::string& name,
                                       const std::string& target) {
    ResolvedExperiment experiment{.name = name, .rung = "smoke"};
    EXPECT_THAT(
        ParseTextproto(absl::StrCat("train { targets: '", target, "' }"),
                       experiment.spec)
            .issues,
        IsEmpty());
    return experiment;
  }

  static Plan PlanOf(const std::vector<ResolvedExperiment>& experiments) {
    return BuildPlan(experiments,
                     {.fingerprint =
                          [](const spec::ExperimentSpec&) {
                            return absl::StatusOr<std::string>("f");
                          },
                      .version = [](StageKind) { return 1; }});
  }

  absl::StatusOr<StageOutput> RunStage(const StageRequest& request) {
    const std::string target = request.spec.train().targets(0);
    std::string text(StageName(request.kind));
    if (request.kind == StageKind::kTrain) {
      if (target == failing_target_) {
        return absl::DataLossError("x.png: truncated");
      }
      CXR_ASSIGN_OR_RETURN(const std::string features,
                           request.read(StageKind::kFeatures, "out"));
      absl::StrAppend(&text, " of ", features);
    }
    ran_.push_back(std::string(StageName(request.kind)));
    StageOutput output;
    output.artifacts.push_back({"out", text});
    output.notes.push_back(absl::StrCat("note of ", StageName(request.kind)));
    return output;
  }

  absl::StatusOr<DriverResult> Run(const Plan& plan) {
    Progress progress(log_, Progress::Style::kPlain);
    return RunPlan(plan, {.store = store_,
                          .run =
                              [this](const StageRequest& request) {
                                return RunStage(request);
                              },
                          .progress = progress});
  }

  TempDir dir_;
  Store store_;
  std::FILE* log_ = stderr;
  std::string failing_target_;
  std::vector<std::string> ran_;
};

TEST_F(DriverTest, RunsStagesInOrderAndHandsTheirOutputsOn) {
  ASSERT_OK_AND_ASSIGN(const DriverResult result,
                       Run(PlanOf({Experiment("x", "a")})));
  EXPECT_THAT(ran_,
              ElementsAre("data", "features", "train", "predict", "score"));
  EXPECT_EQ(result.run, 5);
  const std::vector<spec::RunRecord>& records = result.records.at("x");
  ASSERT_EQ(records.size(), 5u);
  EXPECT_EQ(*store_.ReadArtifact(records[2], "out"), "train of features");
  EXPECT_EQ(records[0].notes(0), "note of data");
  EXPECT_EQ(records[2].provenance().experiment(), "x");
  EXPECT_EQ(records[2].provenance().rung(), "smoke");
}

TEST_F(DriverTest, ReusesWhatIsThere) {
  ASSERT_OK(Run(PlanOf({Experiment("x", "a")})));
  ran_.clear();
  ASSERT_OK_AND_ASSIGN(
      const DriverResult result,
      Run(PlanOf({Experiment("x", "a"), Experiment("y", "b")})));
  EXPECT_THAT(ran_, ElementsAre("train", "predict", "score"));
  EXPECT_EQ(result.reused, 5);
  EXPECT_EQ(result.run, 3);
  EXPECT_EQ(result.records.size(), 2u);
}

TEST_F(DriverTest, AFailedStageFailsOnlyWhatNeedsIt) {
  failing_target_ = "broken";
  ASSERT_OK_AND_ASSIGN(
      const DriverResult result,
      Run(PlanOf({Experiment("y", "broken"), Experiment("x", "a")})));
  EXPECT_EQ(result.failed.at("y"), absl::DataLossError("x.png: truncated"));
  EXPECT_FALSE(result.records.contains("y"));
  EXPECT_TRUE(result.records.contains("x"));
}

TEST_F(DriverTest, ADamagedRecordIsMadeAgain) {
  ASSERT_OK_AND_ASSIGN(const DriverResult first,
                       Run(PlanOf({Experiment("x", "a")})));
  const spec::RunRecord& train = first.records.at("x")[2];
  ASSERT_OK(RemoveAll(
      JoinPath(store_.path(), absl::StrCat("train/", train.id(), "/out"))));
  ran_.clear();
  ASSERT_OK_AND_ASSIGN(const DriverResult second,
                       Run(PlanOf({Experiment("x", "a")})));
  EXPECT_THAT(ran_, ElementsAre("train"));
  EXPECT_TRUE(second.records.contains("x"));
}

TEST_F(DriverTest, AnArtifactDamagedAtEqualSizeIsMadeAgainWhenItIsRead) {
  ASSERT_OK_AND_ASSIGN(const DriverResult first,
                       Run(PlanOf({Experiment("x", "a")})));
  const spec::RunRecord& features = first.records.at("x")[1];
  ASSERT_OK(WriteFileAtomically(
      JoinPath(store_.path(), absl::StrCat("features/", features.id(), "/out")),
      "FEATURES"));
  ran_.clear();
  ASSERT_OK_AND_ASSIGN(const DriverResult second,
                       Run(PlanOf({Experiment("y", "b")})));
  EXPECT_THAT(ran_, ElementsAre("features", "train", "predict", "score"));
  EXPECT_EQ(*store_.ReadArtifact(second.records.at("y")[2], "out"),
            "train of features");
  EXPECT_EQ(second.reused, 1);
  EXPECT_EQ(second.run, 4);
}

TEST_F(DriverTest, RecordsHoldWhatDeclaresTheStage) {
  ASSERT_OK_AND_ASSIGN(const DriverResult result,
                       Run(PlanOf({Experiment("x", "a")})));
  EXPECT_EQ(result.records.at("x")[2].resolved_spec(),
            "train {\n  targets: \"a\"\n}\n");
}

TEST_F(DriverTest, AStoreThatCannotBeWrittenEndsTheRun) {
  // A file where the folder of a kind of stage must be.
  ASSERT_OK(WriteNewFile(JoinPath(store_.path(), "train"), ""));
  const absl::StatusOr<DriverResult> result =
      Run(PlanOf({Experiment("x", "a")}));
  EXPECT_FALSE(result.ok());
  EXPECT_THAT(std::string(result.status().message()), HasSubstr("train"));
}

TEST_F(DriverTest, CollectingOnlyLooks) {
  const Plan plan = PlanOf({Experiment("x", "a"), Experiment("y", "b")});
  EXPECT_THAT(CollectRecords(plan, store_).not_run, ElementsAre("x", "y"));
  ASSERT_OK(Run(PlanOf({Experiment("x", "a")})));
  ran_.clear();
  const DriverResult result = CollectRecords(plan, store_);
  EXPECT_THAT(ran_, IsEmpty());
  EXPECT_TRUE(result.records.contains("x"));
  EXPECT_THAT(result.not_run, ElementsAre("y"));
}

}  // namespace
}  // namespace cxr
