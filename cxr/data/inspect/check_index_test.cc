// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/check_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "absl/strings/string_view.h"

namespace cxr {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

ImageIndex Index() {
  return {.source = "toy",
          .label_names = {"Edema", "Mass"},
          .examples = {{.id = "a",
                        .patient_id = "p",
                        .study_id = "s",
                        .view = View::kPa,
                        .sex = Sex::kFemale,
                        .part = Part::kTraining,
                        .age_years = 30},
                       {.id = "b",
                        .patient_id = "p",
                        .study_id = "s",
                        .view = View::kLateral,
                        .sex = Sex::kFemale,
                        .part = Part::kTraining,
                        .age_years = 50},
                       {.id = "c",
                        .patient_id = "q",
                        .study_id = "t",
                        .view = View::kPa,
                        .part = Part::kTest}},
          .labels = {1, 0, -1, 1, kNan, 1},
          .boxes = {{.example = 1}},
          .remarks = {{.what = "odd", .count = 2, .first = "t.csv:3"}}};
}

const spec::FoundPolicy* PolicyOf(const spec::FoundLabel& label,
                                  absl::string_view name) {
  for (const spec::FoundPolicy& policy : label.policies()) {
    if (policy.policy() == name) {
      return &policy;
    }
  }
  return nullptr;
}

TEST(CheckIndexTest, CountsWhoAndWhat) {
  const spec::DataReport report = CheckIndex(Index(), LabelPolicies());
  EXPECT_EQ(report.images(), 3);
  EXPECT_EQ(report.patients(), 2);
  EXPECT_EQ(report.studies(), 2);
  ASSERT_EQ(report.parts_size(), 2);
  EXPECT_EQ(report.parts(0).part(), "training");
  EXPECT_EQ(report.parts(0).images(), 2);
  EXPECT_EQ(report.parts(0).patients(), 1);
  EXPECT_EQ(report.views(0).name(), "PA");
  EXPECT_EQ(report.views(0).count(), 2);
  EXPECT_EQ(report.sexes(1).name(), "unknown");
  EXPECT_EQ(report.ages().largest(), 50);
  EXPECT_EQ(report.boxes(), 1);
  EXPECT_EQ(report.remarks(0).first(), "t.csv:3");
  EXPECT_EQ(report.leaks(), 0);
  EXPECT_FALSE(report.has_files());
}

TEST(CheckIndexTest, SaysWhatIsSynthetic) {
  ImageIndex index = Index();
  EXPECT_FALSE(CheckIndex(index, {}).synthetic());
  index.synthetic = true;
  EXPECT_TRUE(CheckIndex(index, {}).synthetic());
}

TEST(CheckIndexTest, CountsLabelsByEveryPolicyThatReadsThem) {
  const spec::DataReport report = CheckIndex(Index(), LabelPolicies());
  const spec::FoundLabel& edema = report.labels(0);
  EXPECT_EQ(edema.positive(), 1);
  EXPECT_EQ(edema.uncertain(), 1);
  EXPECT_EQ(edema.missing(), 1);
  EXPECT_EQ(PolicyOf(edema, "COMPLETE_LABELS"), nullptr);
  EXPECT_EQ(PolicyOf(edema, "U_ONES")->positive(), 2);
  EXPECT_EQ(PolicyOf(edema, "U_IGNORE")->left_out(), 1);
  EXPECT_EQ(PolicyOf(edema, "NAN_TO_ONE")->positive(), 3);
  EXPECT_EQ(PolicyOf(report.labels(1), "COMPLETE_LABELS")->positive(), 2);
  EXPECT_EQ(report.labels(1).policies_size(), 1);
}

TEST(CheckIndexTest, OnePolicyAloneIsAlwaysTold) {
  const spec::DataReport report = CheckIndex(Index(), {spec::U_ONES});
  EXPECT_EQ(PolicyOf(report.labels(0), "U_ONES")->positive(), 2);
  EXPECT_EQ(PolicyOf(report.labels(1), "U_ONES")->positive(), 2);
}

TEST(CheckIndexTest, APatientInTwoPartsIsALeak) {
  ImageIndex index = Index();
  index.examples[2].patient_id = "p";
  const spec::DataReport report = CheckIndex(index, LabelPolicies());
  EXPECT_EQ(report.leaks(), 1);
  EXPECT_EQ(report.first_leaks(0).images_size(), 3);
  EXPECT_EQ(report.first_leaks(0).images(2), "c (test)");
}

}  // namespace
}  // namespace cxr
