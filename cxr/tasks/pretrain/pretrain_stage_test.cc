// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/tasks/common/artifacts.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::SizeIs;

TaskOptions Options(int threads = 2) {
  return {.roots = {.samples = TestData("cxr/data/samples")},
          .threads = threads};
}

absl::StatusOr<StageOutput> RunOn(const FakeStage& stage,
                                  const TaskOptions& options = Options()) {
  return stage.Run(StageKind::kPretrain, [&](const StageRequest& request) {
    return RunPretrainStage(request, options);
  });
}

std::string Artifact(const StageOutput& output, absl::string_view name) {
  for (const ArtifactBytes& artifact : output.artifacts) {
    if (artifact.name == name) return artifact.bytes;
  }
  ADD_FAILURE() << name << " is not among the artifacts";
  return "";
}

// One column of a log.
std::vector<double> ColumnOf(const std::string& csv, absl::string_view column) {
  const absl::StatusOr<CsvTable> table = CsvTable::Parse(csv, "log");
  EXPECT_OK(table);
  const absl::StatusOr<int> place = table->Column(column);
  EXPECT_OK(place);
  std::vector<double> values;
  for (const CsvTable::Row& row : table->rows()) {
    values.push_back(std::stod(row.cells[static_cast<size_t>(*place)]));
  }
  return values;
}

TEST(PretrainStageTest, LeavesATeacherALogAndHowFastItWas) {
  const FakeStage stage = {.spec = SmallPretraining()};
  ASSERT_OK_AND_ASSIGN(const StageOutput output, RunOn(stage));
  EXPECT_THAT(ColumnOf(Artifact(output, kLogFile), "step"),
              ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(ColumnOf(Artifact(output, kSpeedFile), "images_per_second"),
              SizeIs(6));
  EXPECT_THAT(Artifact(output, kTeacherFile),
              AllOf(HasSubstr("backbone.blocks.1.mlp.fc2.weight"),
                    HasSubstr("ibot_head.last_layer.weight_g")));
  EXPECT_THAT(output.notes, Contains(HasSubstr("data NIH64, ")));
  EXPECT_THAT(output.notes, Contains(HasSubstr("6 steps of 8 images")));
}

TEST(PretrainStageTest, TheTeacherIsLookedAtOnTheWay) {
  const FakeStage stage = {
      .spec = SmallPretraining("pretrain { watch { nearest_neighbors: 3 } }")};
  ASSERT_OK_AND_ASSIGN(const StageOutput output, RunOn(stage));
  const std::string csv = Artifact(output, kEvaluationFile);
  EXPECT_THAT(ColumnOf(csv, "step"), ElementsAre(0, 3, 6));
  EXPECT_THAT(ColumnOf(csv, "knn_auroc"), Each(AllOf(Gt(0.2), Lt(0.8))));
  EXPECT_THAT(ColumnOf(csv, "probe_auroc"), Each(AllOf(Gt(0.2), Lt(0.8))));
  EXPECT_THAT(output.notes, Contains(HasSubstr("evaluation on ")));
}

TEST(PretrainStageTest, LookingAtTheTeacherChangesNothing) {
  const FakeStage often = {
      .spec = SmallPretraining("pretrain { watch { evaluation_interval_steps: "
                               "1 nearest_neighbors: 3 } }")};
  const FakeStage seldom = {
      .spec = SmallPretraining(
          "pretrain { watch { evaluation_interval_steps: 100 } }")};
  ASSERT_OK_AND_ASSIGN(const StageOutput a, RunOn(often));
  ASSERT_OK_AND_ASSIGN(const StageOutput b, RunOn(seldom));
  EXPECT_THAT(ColumnOf(Artifact(a, kEvaluationFile), "step"),
              ElementsAre(0, 1, 2, 3, 4, 5, 6));
  EXPECT_THAT(ColumnOf(Artifact(b, kEvaluationFile), "step"),
              ElementsAre(0, 6));
  EXPECT_EQ(Artifact(a, kLogFile), Artifact(b, kLogFile));
  EXPECT_TRUE(Artifact(a, kTeacherFile) == Artifact(b, kTeacherFile));
}

// A teacher that does not move says the same all the time.
TEST(PretrainStageTest, AStudentLearnsWhatAFixedTeacherSays) {
  const FakeStage stage = {
      .spec = SmallPretraining(
          "pretrain { schedule { epochs: 40 momentum_start: 1 momentum_end: 1 }"
          " temperatures { teacher_start: 0.07 }"
          " ema_centering { momentum: 0 } losses { koleo: 0 }"
          " data { source: NIH64 part: ALL_PARTS views: [ PA, AP ]"
          " max_patients: 2 } }")};
  ASSERT_OK_AND_ASSIGN(const StageOutput output, RunOn(stage));
  const std::vector<double> total =
      ColumnOf(Artifact(output, kLogFile), "total");
  ASSERT_THAT(total, SizeIs(120));
  double first = 0;
  double last = 0;
  for (int i = 0; i < 10; ++i) {
    first += total[static_cast<size_t>(i)];
    last += total[total.size() - 1 - static_cast<size_t>(i)];
  }
  EXPECT_LT(last, 0.9 * first);
}

TEST(PretrainStageTest, GoingOnFromACheckpointGivesTheBytesOfNoStop) {
  std::vector<FakeStage::Saved> saved;
  const FakeStage whole = {.spec = SmallPretraining(), .saved = &saved};
  ASSERT_OK_AND_ASSIGN(const StageOutput expected, RunOn(whole));
  ASSERT_THAT(saved, SizeIs(2));  // After steps 2 and 4 of 6.
  for (const auto& [progress, files] : saved) {
    const FakeStage rest = {.spec = SmallPretraining(),
                            .checkpoint_progress = progress,
                            .checkpoint = files};
    ASSERT_OK_AND_ASSIGN(const StageOutput resumed, RunOn(rest));
    EXPECT_EQ(Artifact(resumed, kLogFile), Artifact(expected, kLogFile));
    EXPECT_EQ(Artifact(resumed, kEvaluationFile),
              Artifact(expected, kEvaluationFile));
    EXPECT_TRUE(Artifact(resumed, kTeacherFile) ==
                Artifact(expected, kTeacherFile));
  }
}

// The same states with what is otherwise declared of stops.
absl::StatusOr<StageOutput> RunFrom(const FakeStage::Saved& stop,
                                    absl::string_view change) {
  const FakeStage rest = {.spec = SmallPretraining(change),
                          .checkpoint_progress = stop.first,
                          .checkpoint = stop.second};
  return RunOn(rest);
}

TEST(PretrainStageTest, CurvesAndImagesOfAResumedRunBeginAgainIfDeclared) {
  std::vector<FakeStage::Saved> saved;
  const FakeStage whole = {.spec = SmallPretraining(), .saved = &saved};
  ASSERT_OK_AND_ASSIGN(const StageOutput expected, RunOn(whole));
  ASSERT_THAT(saved, SizeIs(2));
  const auto rates = [](const StageOutput& output) {
    return ColumnOf(Artifact(output, kLogFile), "learning_rate");
  };
  const std::vector<double> once = rates(expected);
  ASSERT_OK_AND_ASSIGN(
      const StageOutput replayed,
      RunFrom(saved[0],
              "pretrain { resume { sampler: SAMPLER_REPLAYS_AS_RELEASED } }"));
  EXPECT_EQ(rates(replayed), once);
  EXPECT_FALSE(Artifact(replayed, kTeacherFile) ==
               Artifact(expected, kTeacherFile));
  ASSERT_OK_AND_ASSIGN(
      const StageOutput restarted,
      RunFrom(
          saved[0],
          "pretrain { resume { schedules: SCHEDULES_RESTART_AS_RELEASED } }"));
  // Two steps, then all six.
  std::vector<double> twice(once.begin(), once.begin() + 2);
  twice.insert(twice.end(), once.begin(), once.end());
  EXPECT_EQ(rates(restarted), twice);
  EXPECT_THAT(ColumnOf(Artifact(restarted, kLogFile), "step"),
              ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
  EXPECT_THAT(restarted.notes, Contains("resumed 1 time, after step 2"));
  EXPECT_THAT(restarted.notes, Contains(HasSubstr("8 steps of 8 images")));
}

TEST(PretrainStageTest, TheTeacherIsWrittenAtEachLookOnTheWay) {
  std::map<std::string, std::string> written;
  const FakeStage stage = {
      .spec = SmallPretraining(
          "pretrain { watch { evaluation_interval_steps: 2 } }"),
      .written = &written};
  ASSERT_OK_AND_ASSIGN(const StageOutput whole, RunOn(stage));
  ASSERT_THAT(written, SizeIs(2));
  EXPECT_EQ(written.begin()->first, TeacherFileAt(2));
  // It is the teacher of a run that ends there.
  const FakeStage shorter = {
      .spec = SmallPretraining("pretrain { schedule { stop_after_steps: 4 } "
                               "watch { evaluation_interval_steps: 100 } }")};
  ASSERT_OK_AND_ASSIGN(const StageOutput output, RunOn(shorter));
  EXPECT_TRUE(written.at(TeacherFileAt(4)) == Artifact(output, kTeacherFile));
}

TEST(PretrainStageTest, Float16ScalesTheLossAndGoesOnFromACheckpoint) {
  // So small a network takes many halvings until no gradient overflows.
  for (const absl::string_view change :
       {"pretrain { precision: FLOAT16_TRAINING schedule { epochs: 5 } }",
        "pretrain { precision: FLOAT16_AS_RELEASED drop_path: 0.3 "
        "schedule { epochs: 5 } }"}) {
    std::vector<FakeStage::Saved> saved;
    const FakeStage whole = {.spec = SmallPretraining(change), .saved = &saved};
    ASSERT_OK_AND_ASSIGN(const StageOutput expected, RunOn(whole));
    const std::string log = Artifact(expected, kLogFile);
    EXPECT_THAT(ColumnOf(log, "loss_scale"), Contains(65536));
    EXPECT_THAT(ColumnOf(log, "skipped"), AllOf(Contains(0), Contains(1)));
    EXPECT_THAT(expected.notes, Contains(HasSubstr("of 15 steps left")));
    ASSERT_THAT(saved, SizeIs(7));
    ASSERT_OK_AND_ASSIGN(const StageOutput resumed, RunFrom(saved[4], change));
    EXPECT_EQ(Artifact(resumed, kLogFile), log);
    EXPECT_TRUE(Artifact(resumed, kTeacherFile) ==
                Artifact(expected, kTeacherFile));
  }
}

TEST(PretrainStageTest, LoaderThreadsAndBatchesOfGroupsChangeNothing) {
  const FakeStage stage = {.spec = SmallPretraining()};
  ASSERT_OK_AND_ASSIGN(const StageOutput first, RunOn(stage));
  ASSERT_OK_AND_ASSIGN(const StageOutput second, RunOn(stage));
  EXPECT_TRUE(Artifact(first, kTeacherFile) == Artifact(second, kTeacherFile));
}

TEST(PretrainStageTest, AccumulatedBatchesMakeOneStep) {
  const FakeStage stage = {
      .spec =
          SmallPretraining("pretrain { batch { accumulated_batches: 2 } }")};
  ASSERT_OK_AND_ASSIGN(const StageOutput output, RunOn(stage));
  EXPECT_THAT(ColumnOf(Artifact(output, kLogFile), "step"), SizeIs(6));
  EXPECT_THAT(output.notes, Contains(HasSubstr("6 steps of 16 images")));
}

TEST(PretrainStageTest, BothCentringsAndASharedHeadRun) {
  for (const absl::string_view change :
       {"pretrain { sinkhorn_knopp { iterations: 3 } }",
        "pretrain { heads { shared {} } }",
        "pretrain { precision: BFLOAT16_TRAINING }",
        "pretrain { drop_path: 0.4 }", "pretrain { crops { local_count: 0 } }",
        "pretrain { ema_centering { patch_mean: MEAN_OF_PATCHES } }"}) {
    const FakeStage stage = {.spec = SmallPretraining(change)};
    EXPECT_OK(RunOn(stage)) << change;
  }
}

TEST(PretrainStageTest, ADivergedRunEndsWithItsStep) {
  const FakeStage stage = {
      .spec = SmallPretraining("pretrain { optimizer { learning_rate: 10 "
                               "max_gradient_norm: 0 } losses { ibot: 1e38 } "
                               "schedule { epochs: 10 } }")};
  EXPECT_THAT(RunOn(stage),
              StatusIs(absl::StatusCode::kOutOfRange,
                       AllOf(HasSubstr("step "), HasSubstr("diverged"))));
}

TEST(PretrainStageTest, AStopIsHeard) {
  const FakeStage stage = {.spec = SmallPretraining(),
                           .stop = absl::CancelledError("stopped")};
  EXPECT_THAT(RunOn(stage),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("stopped")));
}

TEST(PretrainStageTest, ADamagedCheckpointIsSaidSo) {
  for (const std::string state : {"", "junk", std::string(100, '\0').c_str()}) {
    const FakeStage stage = {
        .spec = SmallPretraining(),
        .checkpoint_progress = 0.5,
        .checkpoint = {{"state.safetensors", state}, {"log.csv", ""}}};
    EXPECT_FALSE(RunOn(stage).ok());
  }
}

TEST(PretrainStageTest, MissingDataSayWhichAndWhere) {
  const FakeStage stage = {
      .spec =
          SmallPretraining("pretrain { data { source: CHEXPERT views: PA } }")};
  EXPECT_THAT(RunOn(stage), StatusIs(absl::StatusCode::kUnimplemented,
                                     HasSubstr("CheXpert")));
}

}  // namespace
}  // namespace cxr
