// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/overlap_score.h"

#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "metrics/golden_csv.h"
#include "metrics/segmentation/random_masks_testing.h"

namespace cxr::metrics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Profile = OverlapProfile;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr auto kForeground = OverlapClasses::kForeground;
constexpr auto kAll = OverlapClasses::kAll;

// Both NaN, or close.
void ExpectSame(double actual, double expected, double tolerance) {
  if (std::isnan(expected)) {
    EXPECT_TRUE(std::isnan(actual)) << actual;
  } else {
    EXPECT_NEAR(actual, expected, tolerance);
  }
}

OverlapAccumulator Accumulator(int classes, const OverlapOptions& options) {
  absl::StatusOr<OverlapAccumulator> made =
      OverlapAccumulator::Create(classes, options);
  EXPECT_TRUE(made.ok()) << made.status();
  return *std::move(made);
}

OverlapScore ScoreOf(const std::vector<OverlapCounts>& images,
                     const OverlapOptions& options) {
  OverlapAccumulator accumulator = Accumulator(images[0].size(), options);
  for (const OverlapCounts& image : images) {
    const absl::Status added = accumulator.Add(image);
    EXPECT_TRUE(added.ok()) << added;
  }
  const absl::StatusOr<OverlapScore> score = accumulator.Finish();
  EXPECT_TRUE(score.ok()) << score.status();
  return *score;
}

std::vector<OverlapCounts> CountImages(uint64_t seed) {
  const LabelledImages drawn = RandomLabelledImages(seed);
  std::vector<OverlapCounts> images;
  for (const LabelledImage& image : drawn.images) {
    images.push_back(*CountLogits(image.logits, image.truth, drawn.classes));
  }
  return images;
}

// Two images of 2 x 3 pixels and four classes.
std::vector<OverlapCounts> WorkedExample() {
  return {*CountLabels({0, 1, 1, 0, 2, 2}, {0, 1, 1, 0, 0, 2}, 4),
          *CountLabels({0, 0, 1, 0, 0, 3}, {0, 1, 1, 0, 0, 3}, 4)};
}

TEST(OverlapScoreTest, TheReleasedCodePoolsTheWorkedExample) {
  const OverlapScore score =
      ScoreOf(WorkedExample(), {.profile = Profile::kReleasedCodeDice});
  ASSERT_EQ(score.per_class.size(), 3u);
  EXPECT_NEAR(score.per_class[0], 6.0 / 7.0, 1e-15);
  EXPECT_NEAR(score.per_class[1], 2.0 / 3.0, 1e-15);
  EXPECT_EQ(score.per_class[2], 1.0);
  EXPECT_NEAR(score.value, .841269851, 1e-6);
  EXPECT_EQ(score.images, 2);
  EXPECT_EQ(score.empty, 0);
}

TEST(OverlapScoreTest, AMeanOverImagesIsAnotherNumberThanThePool) {
  const OverlapScore score =
      ScoreOf(WorkedExample(), {.profile = Profile::kMonaiDiceIgnoringEmpty});
  EXPECT_NEAR(score.per_class[0], (1.0 + 2.0 / 3.0) / 2.0, 1e-15);
  // By hand: the first image holds classes 1 and 2, the second one 1 and 3.
  EXPECT_NEAR(score.value, (5.0 / 6.0 + 5.0 / 6.0) / 2.0, 1e-15);
}

// surface-distance 0.1: rows and columns 2 to 4 against rows 3 to 5 and columns
// 2 to 5.
TEST(OverlapScoreTest, DeepMindsDiceIsOfOneMask) {
  const OverlapOptions options = {.profile = Profile::kDeepMindDice,
                                  .classes = kAll};
  EXPECT_NEAR(*ImageScore({{6, 9, 12}}, options), .5714285714285714, 1e-12);
}

// One image of 16 pixels with one class besides the background, in three ways:
// no pixel of the class at all, four predicted and none true, none predicted
// and four true.
struct EdgeRow {
  Profile profile;
  OverlapClasses classes;
  double neither;
  double no_truth;
  double missed;
};

constexpr EdgeRow kEdgeTable[] = {
    {Profile::kReleasedCodeDice, kForeground, 1.0, 0.0, 0.0},
    {Profile::kTorchmetrics010DiceIgnoringBackground, kForeground, 0, 0, 0},
    {Profile::kTorchmetrics010Dice, kAll, 1.0, .75, .75},
    {Profile::kTorchmetrics19DiceSamplewise, kForeground, kNan, 0.0, 0.0},
    {Profile::kTorchmetrics19DiceGlobal, kForeground, kNan, 0.0, 0.0},
    {Profile::kTorchmetrics19MeanIou, kForeground, kNan, 0.0, 0.0},
    // The mean of nothing is 0.
    {Profile::kMonaiDiceIgnoringEmpty, kForeground, 0.0, 0.0, 0.0},
    {Profile::kMonaiDiceCountingEmpty, kForeground, 1.0, 0.0, 0.0},
    {Profile::kMonaiIouIgnoringEmpty, kForeground, 0.0, 0.0, 0.0},
    {Profile::kMonaiIouCountingEmpty, kForeground, 1.0, 0.0, 0.0},
    {Profile::kSmpF1Micro, kForeground, kNan, 0.0, 0.0},
    {Profile::kSmpF1Macro, kForeground, 1.0, 0.0, 0.0},
    {Profile::kSmpF1MicroImagewise, kForeground, 1.0, 0.0, 0.0},
    {Profile::kSmpF1MacroImagewise, kForeground, 1.0, 0.0, 0.0},
    {Profile::kSmpIouMicro, kForeground, kNan, 0.0, 0.0},
    {Profile::kSmpIouMacro, kForeground, 1.0, 0.0, 0.0},
    {Profile::kSmpIouMicroImagewise, kForeground, 1.0, 0.0, 0.0},
    {Profile::kSmpIouMacroImagewise, kForeground, 1.0, 0.0, 0.0},
    {Profile::kDeepMindDice, kForeground, kNan, 0.0, 0.0},
};

constexpr ClassCounts kNeither = {0, 0, 0};
constexpr ClassCounts kNoTruth = {0, 4, 0};
constexpr ClassCounts kMissed = {0, 0, 4};

TEST(OverlapScoreTest, EmptyMasksCountAsEachProfileSays) {
  ASSERT_EQ(std::size(kEdgeTable), OverlapRules().size());
  for (const EdgeRow& row : kEdgeTable) {
    SCOPED_TRACE(RuleOf(row.profile).name);
    const OverlapOptions options = {.profile = row.profile,
                                    .classes = row.classes};
    const OverlapScore neither = ScoreOf({{{16, 16, 16}, kNeither}}, options);
    ExpectSame(neither.value, row.neither, 0.0);
    EXPECT_EQ(neither.empty, row.profile != Profile::kTorchmetrics010Dice);
    const OverlapScore no_truth = ScoreOf({{{12, 12, 16}, kNoTruth}}, options);
    ExpectSame(no_truth.value, row.no_truth, 0.0);
    EXPECT_EQ(no_truth.empty, 0);
    ExpectSame(ScoreOf({{{12, 16, 12}, kMissed}}, options).value, row.missed,
               0.0);
  }
}

// A second class that is right shows whether the first one was left out of the
// mean or entered it.
TEST(OverlapScoreTest, WhatIsLeftOutDoesNotDiluteTheMean) {
  const ClassCounts background = {8, 8, 8};
  const ClassCounts right = {4, 4, 4};
  const auto value = [&](Profile profile, const ClassCounts& first) {
    return ScoreOf({{background, first, right}}, {.profile = profile}).value;
  };
  EXPECT_EQ(value(Profile::kTorchmetrics19DiceSamplewise, kNeither), 1.0);
  EXPECT_EQ(value(Profile::kTorchmetrics19DiceSamplewise, kNoTruth), 0.5);
  EXPECT_EQ(value(Profile::kTorchmetrics19DiceGlobal, kNeither), 1.0);
  EXPECT_EQ(value(Profile::kTorchmetrics19DiceGlobal, kNoTruth), 0.5);
  EXPECT_EQ(value(Profile::kTorchmetrics19MeanIou, kNeither), 1.0);
  EXPECT_EQ(value(Profile::kTorchmetrics19MeanIou, kNoTruth), 0.5);
  EXPECT_EQ(value(Profile::kMonaiDiceIgnoringEmpty, kNeither), 1.0);
  EXPECT_EQ(value(Profile::kMonaiDiceIgnoringEmpty, kNoTruth), 1.0)
      << "a wrong prediction goes unpunished";
  EXPECT_EQ(value(Profile::kMonaiDiceIgnoringEmpty, kMissed), 0.5);
  EXPECT_EQ(value(Profile::kMonaiDiceCountingEmpty, kNoTruth), 0.5);
}

TEST(OverlapScoreTest, ZeroDivisionIsWhatTheCallerSays) {
  const std::vector<OverlapCounts> images = {{{16, 16, 16}, kNeither}};
  for (const Profile profile :
       {Profile::kSmpF1Macro, Profile::kSmpF1MicroImagewise,
        Profile::kSmpF1MacroImagewise, Profile::kSmpIouMacro}) {
    EXPECT_EQ(
        ScoreOf(images, {.profile = profile, .zero_division = 0.25}).value,
        0.25);
  }
}

TEST(OverlapScoreTest, TheCallerSaysWhetherTheBackgroundTakesPart) {
  const std::vector<OverlapCounts> images = {{{12, 12, 16}, kNoTruth}};
  const OverlapScore all = ScoreOf(
      images, {.profile = Profile::kMonaiDiceCountingEmpty, .classes = kAll});
  EXPECT_THAT(all.per_class, ElementsAre(24.0 / 28.0, 0.0));
  EXPECT_NEAR(all.value, 12.0 / 28.0, 1e-15);
  // The released code never asks.
  EXPECT_THAT(
      ScoreOf(images, {.profile = Profile::kReleasedCodeDice, .classes = kAll})
          .per_class,
      ElementsAre(0.0));
  EXPECT_THAT(ScoreOf(images, {.profile = Profile::kSmpF1Micro}).per_class,
              IsEmpty());
}

// testdata/make_overlap_golden.py
TEST(OverlapScoreTest, AgreesWithFourPackages) {
  const auto rows =
      ReadGoldenCsv("metrics/segmentation/testdata/overlap_golden.csv");
  ASSERT_GE(rows.size(), 1000u);
  for (const std::vector<std::string>& row : rows) {
    const auto seed = static_cast<uint64_t>(GoldenNumber(row[0]));
    const std::vector<OverlapCounts> images = CountImages(seed);
    size_t field = 1;
    const auto expect_field = [&](const OverlapOptions& options,
                                  double tolerance) {
      SCOPED_TRACE(testing::Message()
                   << "seed " << seed << ", " << RuleOf(options.profile).name
                   << ", field " << field);
      ExpectSame(ScoreOf(images, options).value, GoldenNumber(row[field++]),
                 tolerance);
    };
    expect_field({.profile = Profile::kReleasedCodeDice}, 1e-12);
    for (const OverlapClasses classes : {kForeground, kAll}) {
      for (const OverlapRule& rule : OverlapRules()) {
        if (rule.classes != OverlapClasses::kAsTheCallerSays) continue;
        expect_field({.profile = rule.profile, .classes = classes},
                     rule.profile == Profile::kDeepMindDice ? 1e-12 : 1e-6);
      }
    }
    EXPECT_EQ(field, row.size());
  }
}

// testdata/make_dice010_golden.py
TEST(OverlapScoreTest, AgreesWithTorchmetrics010) {
  const auto rows =
      ReadGoldenCsv("metrics/segmentation/testdata/dice010_golden.csv");
  ASSERT_GE(rows.size(), 1000u);
  for (const std::vector<std::string>& row : rows) {
    const auto seed = static_cast<uint64_t>(GoldenNumber(row[0]));
    SCOPED_TRACE(seed);
    const std::vector<OverlapCounts> images = CountImages(seed);
    EXPECT_NEAR(
        ScoreOf(images,
                {.profile = Profile::kTorchmetrics010DiceIgnoringBackground})
            .value,
        GoldenNumber(row[1]), 1e-6);
    EXPECT_NEAR(
        ScoreOf(images, {.profile = Profile::kTorchmetrics010Dice}).value,
        GoldenNumber(row[2]), 1e-6);
  }
}

OverlapCounts DrawCounts(int classes, TestDraws* draws) {
  OverlapCounts counts(classes);
  for (ClassCounts& one : counts) {
    one.intersection = draws->Draw(3) == 0 ? 0 : draws->Draw(1000);
    one.predicted = one.intersection + draws->Draw(2) * draws->Draw(500);
    one.truth = one.intersection + draws->Draw(2) * draws->Draw(500);
  }
  return counts;
}

TEST(OverlapScoreTest, OrderSplitAndMergeDoNotChangeABit) {
  TestDraws draws(7);
  std::vector<OverlapCounts> images;
  for (int i = 0; i < 300; ++i) images.push_back(DrawCounts(4, &draws));
  for (const OverlapRule& rule : OverlapRules()) {
    SCOPED_TRACE(rule.name);
    const OverlapOptions options = {.profile = rule.profile};
    std::vector<OverlapAccumulator> parts(7, Accumulator(4, options));
    for (size_t i = images.size(); i-- > 0;) {
      ASSERT_TRUE(parts[i * i % 7].Add(images[i]).ok());
    }
    for (size_t k = 6; k-- > 0;) ASSERT_TRUE(parts[k].Merge(parts[k + 1]).ok());
    const OverlapScore whole = ScoreOf(images, options);
    const OverlapScore merged = *parts[0].Finish();
    ExpectSame(merged.value, whole.value, 0.0);
    for (size_t c = 0; c < whole.per_class.size(); ++c) {
      ExpectSame(merged.per_class[c], whole.per_class[c], 0.0);
    }
    EXPECT_EQ(merged.images, 300);
    EXPECT_EQ(merged.empty, whole.empty);
  }
}

TEST(OverlapScoreTest, TimesRepeatsAnImage) {
  TestDraws draws(8);
  std::vector<OverlapCounts> images;
  for (int i = 0; i < 20; ++i) images.push_back(DrawCounts(3, &draws));
  for (const OverlapRule& rule : OverlapRules()) {
    const OverlapOptions options = {.profile = rule.profile};
    OverlapAccumulator repeated = Accumulator(3, options);
    OverlapAccumulator one_by_one = Accumulator(3, options);
    for (size_t i = 0; i < images.size(); ++i) {
      const int64_t times = static_cast<int64_t>(i) % 4;
      ASSERT_TRUE(repeated.Add(images[i], times).ok());
      for (int64_t k = 0; k < times; ++k) {
        ASSERT_TRUE(one_by_one.Add(images[i]).ok());
      }
    }
    const OverlapScore score = *repeated.Finish();
    ExpectSame(score.value, one_by_one.Finish()->value, 0.0);
    EXPECT_EQ(score.images, 30);
    EXPECT_EQ(score.empty, one_by_one.Finish()->empty);
  }
}

TEST(OverlapScoreTest, AnImageOnItsOwnHasAScore) {
  const std::vector<OverlapCounts> images = WorkedExample();
  EXPECT_NEAR(
      *ImageScore(images[1], {.profile = Profile::kTorchmetrics19MeanIou}),
      (0.5 + 1.0) / 2.0, 1e-15);
}

void ExpectFailure(const absl::Status& status, absl::StatusCode code,
                   const std::string& text) {
  EXPECT_EQ(status.code(), code);
  EXPECT_THAT(std::string(status.message()), HasSubstr(text));
}

TEST(OverlapScoreTest, BadInputIsNamed) {
  const auto invalid = absl::StatusCode::kInvalidArgument;
  const auto create = [](int classes, const OverlapOptions& options) {
    return OverlapAccumulator::Create(classes, options).status();
  };
  ExpectFailure(create(1, {}), invalid, "classes: 1, expected at least 2");
  ExpectFailure(create(0, {.profile = Profile::kDeepMindDice, .classes = kAll}),
                invalid, "classes: 0, expected at least 1");
  ExpectFailure(create(2, {.classes = OverlapClasses::kAsTheCallerSays}),
                invalid, "expected kForeground or kAll");
  ExpectFailure(create(2, {.zero_division = kNan}), invalid,
                "zero_division: nan");
  OverlapAccumulator two = Accumulator(2, {});
  ExpectFailure(two.Finish().status(), absl::StatusCode::kFailedPrecondition,
                "no image");
  ExpectFailure(two.Add(OverlapCounts(3)), invalid, "counts of 3 classes");
  ExpectFailure(two.Add(OverlapCounts(2), -1), invalid, "times: -1");
  ExpectFailure(two.Add({{1, 1, 1}, {2, 1, 3}}), invalid,
                "class 1: intersection 2, predicted 1, truth 3");
  ExpectFailure(two.Add({{1, 1, 1}, {-1, 1, 3}}), invalid, "intersection -1");
  ExpectFailure(two.Merge(Accumulator(3, {})), invalid, "of 3 classes");
  ExpectFailure(two.Merge(Accumulator(2, {.profile = Profile::kDeepMindDice})),
                invalid, "expected equal classes and options");
  EXPECT_FALSE(two.Finish().ok()) << "nothing was added";
}

}  // namespace
}  // namespace cxr::metrics
