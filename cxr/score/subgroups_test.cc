// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/subgroups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/score/classification.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr float kNotMentioned = std::numeric_limits<float>::quiet_NaN();

spec::ScoreSpec Spec(const std::vector<spec::Grouping>& groupings) {
  spec::ScoreSpec spec;
  spec.mutable_classification()->set_profile(spec::CXFORMER_FINETUNE);
  spec.mutable_classification()->set_level(spec::IMAGE_LEVEL);
  spec::BootstrapSpec& bootstrap = *spec.mutable_bootstrap();
  bootstrap.set_resamples(50);
  bootstrap.set_confidence(0.95);
  bootstrap.set_seed(3);
  bootstrap.set_unit(spec::PATIENT);
  for (const spec::Grouping grouping : groupings) {
    spec.mutable_subgroups()->add_groupings(grouping);
  }
  for (const int year : {40, 60}) {
    spec.mutable_subgroups()->add_band_begins_years(year);
  }
  return spec;
}

// Two images a patient, of two targets.
Predictions SomePredictions(int images) {
  Predictions predictions{.targets = {"Mass", "Edema"}};
  for (int i = 0; i < images; ++i) {
    predictions.ids.push_back(absl::StrCat("image", i));
    predictions.patients.push_back(absl::StrCat("p", i / 2));
    for (const int k : {0, 1}) {
      predictions.labels.push_back(static_cast<float>((i / 2 + k) % 2));
      predictions.logits.push_back(std::sin(1.7f * i + k));
    }
  }
  return predictions;
}

// In another order than the predictions, with an image more.
ImageIndex IndexOf(const Predictions& predictions) {
  ImageIndex index{.examples = {{.id = "other"}}};
  for (auto id = predictions.ids.rbegin(); id != predictions.ids.rend(); ++id) {
    index.examples.push_back({.id = *id});
  }
  return index;
}

Example& ExampleOf(ImageIndex& index, int image) {
  return index.examples[index.examples.size() - 1 - image];
}

std::vector<std::string> Texts(const std::vector<Subgroup>& groups) {
  std::vector<std::string> texts;
  for (const Subgroup& group : groups) {
    texts.push_back(absl::StrCat(group.name, ":"));
    for (const int64_t row : group.rows) absl::StrAppend(&texts.back(), row);
  }
  return texts;
}

TEST(SubgroupsTest, ImagesAreFoundByTheirIds) {
  const Predictions predictions = SomePredictions(4);
  ImageIndex index = IndexOf(predictions);
  ExampleOf(index, 0).sex = Sex::kMale;
  ExampleOf(index, 1).sex = Sex::kFemale;
  ExampleOf(index, 3).sex = Sex::kFemale;
  ASSERT_OK_AND_ASSIGN(const std::vector<Subgroup> groups,
                       FindSubgroups(predictions, index, Spec({spec::BY_SEX})));
  EXPECT_THAT(Texts(groups),
              ElementsAre("sex=F:13", "sex=M:0", "sex=unknown:2"));
}

TEST(SubgroupsTest, AgesFallIntoBandsFromTheYoungestOn) {
  const Predictions predictions = SomePredictions(6);
  ImageIndex index = IndexOf(predictions);
  int image = 0;
  for (const int years : {60, 0, 39, 40, 120, 59}) {
    ExampleOf(index, image++).age_years = years;
  }
  spec::ScoreSpec spec = Spec({spec::BY_AGE});
  ASSERT_OK_AND_ASSIGN(const std::vector<Subgroup> groups,
                       FindSubgroups(predictions, index, spec));
  EXPECT_THAT(Texts(groups),
              ElementsAre("age=0-39:12", "age=40-59:35", "age=60+:04"));
  // Not by the first digit.
  spec.mutable_subgroups()->set_band_begins_years(0, 5);
  ASSERT_OK_AND_ASSIGN(const std::vector<Subgroup> others,
                       FindSubgroups(predictions, index, spec));
  EXPECT_THAT(Texts(others),
              ElementsAre("age=0-4:1", "age=5-59:235", "age=60+:04"));
}

TEST(SubgroupsTest, GroupingsStandAsDeclared) {
  const Predictions predictions = SomePredictions(2);
  ImageIndex index = IndexOf(predictions);
  for (const int image : {0, 1}) {
    ExampleOf(index, image).sex = Sex::kMale;
    ExampleOf(index, image).view = image == 0 ? View::kAp : View::kPa;
  }
  ASSERT_OK_AND_ASSIGN(
      const std::vector<Subgroup> groups,
      FindSubgroups(predictions, index, Spec({spec::BY_VIEW, spec::BY_SEX})));
  EXPECT_THAT(Texts(groups), ElementsAre("view=PA:1", "view=AP:0", "sex=M:01"));
}

TEST(SubgroupsTest, SupportDevicesAreALabel) {
  const Predictions predictions = SomePredictions(4);
  ImageIndex index = IndexOf(predictions);
  index.label_names = {"Mass", "Support Devices"};
  // From the last image to the first, after "other".
  for (const float label :
       {kPositive, kNotMentioned, kUncertain, kNegative, kPositive}) {
    index.labels.push_back(kNegative);
    index.labels.push_back(label);
  }
  ASSERT_OK_AND_ASSIGN(
      const std::vector<Subgroup> groups,
      FindSubgroups(predictions, index, Spec({spec::BY_SUPPORT_DEVICES})));
  EXPECT_THAT(
      Texts(groups),
      ElementsAre("support devices=yes:0", "support devices=no:1",
                  "support devices=uncertain:2", "support devices=unknown:3"));
}

TEST(SubgroupsTest, WhatTheSourceDoesNotTellGivesNoGroups) {
  const Predictions predictions = SomePredictions(2);
  ASSERT_OK_AND_ASSIGN(
      const std::vector<Subgroup> groups,
      FindSubgroups(predictions, IndexOf(predictions),
                    Spec({spec::BY_SEX, spec::BY_AGE, spec::BY_VIEW,
                          spec::BY_SUPPORT_DEVICES})));
  EXPECT_THAT(groups, IsEmpty());
}

TEST(SubgroupsTest, APatientWhoIsScoredWholeIsInOneGroup) {
  const Predictions predictions = SomePredictions(4);
  ImageIndex index = IndexOf(predictions);
  for (const int image : {0, 1, 2, 3}) {
    ExampleOf(index, image).view = image == 0 ? View::kPa : View::kAp;
  }
  spec::ScoreSpec spec = Spec({spec::BY_VIEW});
  spec.mutable_classification()->set_level(spec::PATIENT_MAX);
  ASSERT_OK_AND_ASSIGN(const std::vector<Subgroup> groups,
                       FindSubgroups(predictions, index, spec));
  EXPECT_THAT(Texts(groups), ElementsAre("view=AP:23", "view=several:01"));
}

TEST(SubgroupsTest, AnImageThatIsNotInTheIndexIsAnError) {
  EXPECT_THAT(FindSubgroups(SomePredictions(2), {}, Spec({spec::BY_SEX})),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("predictions: image image0 is not among")));
}

TEST(SubgroupsTest, AGroupIsScoredAsIfItsImagesWereAll) {
  const Predictions predictions = SomePredictions(20);
  const Rows rows = {0, 1, 6, 7, 8, 9, 11, 14};
  const spec::ScoreSpec spec = Spec({spec::BY_SEX});
  ASSERT_OK_AND_ASSIGN(
      const std::vector<spec::MetricValue> values,
      ScoreSubgroups(predictions, {{.name = "sex=F", .rows = rows}}, spec));
  ASSERT_OK_AND_ASSIGN(const std::vector<spec::MetricValue> alone,
                       ScoreClassification(TakeRows(predictions, rows), spec));
  ASSERT_EQ(values.size(), alone.size());
  for (size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(values[i].group(), "sex=F");
    EXPECT_EQ(values[i].target(), alone[i].target());
    EXPECT_EQ(values[i].value(), alone[i].value());
    EXPECT_EQ(values[i].interval().low(), alone[i].interval().low());
    EXPECT_EQ(values[i].images(), 8);
    EXPECT_EQ(values[i].patients(), 5);
  }
}

TEST(SubgroupsTest, AGroupOfOneClassIsListedWithItsSize) {
  const Predictions predictions = SomePredictions(8);
  ASSERT_OK_AND_ASSIGN(
      const std::vector<spec::MetricValue> values,
      ScoreSubgroups(predictions, {{.name = "sex=F", .rows = {0, 1}}},
                     Spec({spec::BY_SEX})));
  ASSERT_EQ(values.size(), 6u);
  EXPECT_TRUE(std::isnan(values[0].value()));
  EXPECT_FALSE(values[0].has_interval());
  EXPECT_EQ(values[0].images(), 2);
  EXPECT_EQ(values[0].patients(), 1);
  EXPECT_EQ(values[0].positives(), 0);
  EXPECT_EQ(values[1].positives(), 2);
}

}  // namespace
}  // namespace cxr
