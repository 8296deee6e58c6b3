// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/experiment_view.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

spec::ExperimentSpec Experiment() {
  spec::ExperimentSpec experiment;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        data { source: CHEXPERT part: ALL_PARTS views: PA max_patients: 0 }
        train {
          targets: "Mass"
          label_policy: U_ONES
          official { held_out_patients { fraction: 0.5 seed: 0 } }
        }
      )pb",
      &experiment));
  return experiment;
}

// 40 patients of the training list with a PA and a lateral image, 10 of test.
ImageIndex Source() {
  ImageIndex index{.source = "chexpert", .label_names = {"Edema", "Mass"}};
  for (int p = 0; p < 50; ++p) {
    for (const View view : {View::kPa, View::kLateral}) {
      index.examples.push_back(
          {.id = absl::StrCat(p, view == View::kPa ? "a" : "b"),
           .patient_id = absl::StrCat(p),
           .view = view,
           .part = p < 40 ? Part::kTraining : Part::kTest});
      index.labels.push_back(0);
      index.labels.push_back(p % 2 == 0 ? kUncertain : kNegative);
    }
  }
  return index;
}

TEST(ExperimentViewTest, SelectionSplitAndTargetsAreTheExperiments) {
  const spec::ExperimentSpec experiment = Experiment();
  ASSERT_OK_AND_ASSIGN(const spec::DataSpec data,
                       DataOf(experiment, spec::CHEXPERT));
  ASSERT_OK_AND_ASSIGN(const ExperimentView view,
                       ViewOf(Source(), data, experiment));
  EXPECT_EQ(view.index.examples.size(), 50u);
  EXPECT_EQ(view.rows[1], 2);
  EXPECT_THAT(view.index.label_names, ElementsAre("Mass"));
  const spec::DataReport report = CheckView(view, experiment);
  ASSERT_EQ(report.parts_size(), 3);
  EXPECT_EQ(report.parts(0).images() + report.parts(1).images(), 40);
  EXPECT_GT(report.parts(1).images(), 8);
  EXPECT_EQ(report.parts(2).images(), 10);
  ASSERT_EQ(report.labels(0).policies_size(), 1);
  EXPECT_EQ(report.labels(0).policies(0).policy(), "U_ONES");
  EXPECT_EQ(report.labels(0).policies(0).positive(), 25);
}

TEST(ExperimentViewTest, ASourceThatIsNotReadIsNamed) {
  EXPECT_THAT(DataOf(Experiment(), spec::BRAX),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("does not read BRAX, it reads CHEXPERT")));
  spec::ExperimentSpec pretraining;
  pretraining.mutable_pretrain()->add_data()->set_source(spec::BRAX);
  EXPECT_OK(DataOf(pretraining, spec::BRAX));
}

TEST(ExperimentViewTest, ATargetThatTheSourceLacksIsAnError) {
  spec::ExperimentSpec experiment = Experiment();
  experiment.mutable_train()->set_targets(0, "Oedema");
  EXPECT_THAT(ViewOf(Source(), experiment.data(), experiment),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("no label 'Oedema'")));
}

}  // namespace
}  // namespace cxr
