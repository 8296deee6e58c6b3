// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/evaluation_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "c10/core/GradMode.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"
#include "cxr/model/vit.h"
#include "cxr/tasks/common/vit_options.h"
#include "cxr/tasks/pretrain/pretrain_images.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr absl::string_view kThumbnails =
    "pretrain { data { source: NIH64 part: ALL_PARTS views: [ PA, AP ] "
    "max_patients: 60 } watch { nearest_neighbors: 5 "
    "evaluation_interval_steps: 4 } }";

absl::StatusOr<EvaluationLog> LogOf(const spec::PretrainSpec& spec) {
  const absl::StatusOr<PretrainImages> images =
      PretrainImages::Create(spec, OpenSample);
  if (!images.ok()) return images.status();
  absl::StatusOr<TeacherProbe> probe =
      TeacherProbe::Create(*images, spec, /*threads=*/1);
  if (!probe.ok()) return probe.status();
  return EvaluationLog(spec, at::kCPU, *std::move(probe));
}

std::vector<int64_t> DueSteps(const EvaluationLog& log) {
  std::vector<int64_t> steps;
  for (int64_t step = 0; step <= 6; ++step) {
    if (log.IsDueAfter(step)) steps.push_back(step);
  }
  return steps;
}

TEST(EvaluationLogTest, LooksAtTheBeginningInBetweenAndAtTheEnd) {
  ASSERT_OK_AND_ASSIGN(const EvaluationLog log,
                       LogOf(SmallPretraining(kThumbnails).pretrain()));
  EXPECT_THAT(DueSteps(log), ElementsAre(0, 4, 6));  // Of six steps.
}

TEST(EvaluationLogTest, WithoutLabelsThereIsTheHeadingAlone) {
  const spec::ExperimentSpec spec = SmallPretraining(
      "pretrain { data { source: HANNOVER part: ALL_PARTS "
      "views: [ PA, AP ] max_patients: 0 } }");
  ASSERT_OK_AND_ASSIGN(EvaluationLog log, LogOf(spec.pretrain()));
  Vit vit(VitOptionsOf(spec.backbone()));
  ASSERT_OK(log.Add(3, *vit));
  EXPECT_EQ(log.csv(), kTeacherScoresHeading);
  EXPECT_THAT(log.Notes(), ElementsAre(HasSubstr("no evaluation")));
}

TEST(EvaluationLogTest, GoesOnAfterTheLinesOfACheckpoint) {
  const spec::ExperimentSpec spec = SmallPretraining(kThumbnails);
  Vit vit(VitOptionsOf(spec.backbone()));
  FillModuleByFormula(*vit);
  ASSERT_OK_AND_ASSIGN(EvaluationLog whole, LogOf(spec.pretrain()));
  ASSERT_OK(whole.Add(0, *vit));
  const std::string begun = whole.csv();
  EXPECT_THAT(begun, StartsWith(absl::StrCat(kTeacherScoresHeading, "0,0.")));
  ASSERT_OK(whole.Add(4, *vit));
  ASSERT_OK_AND_ASSIGN(EvaluationLog resumed, LogOf(spec.pretrain()));
  ASSERT_OK(resumed.Resume(begun));
  ASSERT_OK(resumed.Add(4, *vit));
  EXPECT_EQ(resumed.csv(), whole.csv());
  EXPECT_THAT(whole.Notes(), Contains(AllOf(HasSubstr("probe 0."),
                                            HasSubstr("neighbours 0."))));
}

TEST(EvaluationLogTest, AnotherTableIsNotOfACheckpoint) {
  ASSERT_OK_AND_ASSIGN(EvaluationLog log,
                       LogOf(SmallPretraining(kThumbnails).pretrain()));
  EXPECT_THAT(log.Resume("step,loss\n0,1\n"),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr("step,loss"), HasSubstr("knn_auroc"))));
}

TEST(EvaluationLogTest, ADivergedTeacherIsSaidWithItsStep) {
  const spec::ExperimentSpec spec = SmallPretraining(kThumbnails);
  ASSERT_OK_AND_ASSIGN(EvaluationLog log, LogOf(spec.pretrain()));
  Vit vit(VitOptionsOf(spec.backbone()));
  FillModuleByFormula(*vit);
  const c10::NoGradGuard no_grad;
  vit->parameters()[0].fill_(std::numeric_limits<float>::infinity());
  EXPECT_THAT(log.Add(4, *vit),
              StatusIs(absl::StatusCode::kOutOfRange,
                       AllOf(HasSubstr("step 4"), HasSubstr("diverged"))));
}

}  // namespace
}  // namespace cxr
