// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/report_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

LabelledScores Rows(int64_t rows) {
  LabelledScores scores;
  scores.classes = {"edema"};
  scores.ids.resize(rows);
  return scores;
}

metrics::BootstrapInterval Interval(int64_t resamples) {
  return {.low = 0.25, .high = 0.75, .median = 0.5, .resamples = resamples};
}

constexpr auto kPercentile = metrics::IntervalKind::kPercentile;

TEST(ReportOptionsTest, TheKindOfAnIntervalSaysHowItWasMade) {
  LabelledScores scores = Rows(2);
  EXPECT_EQ(BootstrapKind({.resamples = 20, .confidence = 0.9, .seed = 7},
                          metrics::IntervalKind::kBca, scores, Interval(20)),
            "90 % BCa bootstrap, 20 resamples of images, seed 7, numpy "
            "RandomState");
  scores.patients = {"x", "y"};
  EXPECT_EQ(BootstrapKind({}, kPercentile, scores, Interval(990)),
            "95 % percentile bootstrap, 1000 resamples of patients, seed 0, "
            "numpy RandomState, 990 of them with both classes, the others left "
            "out");
  scores.strata = {.name = "sex", .cells = {"F", "M"}};
  EXPECT_EQ(
      BootstrapKind({.generator = metrics::RandomGenerator::kNumpyDefaultRng},
                    kPercentile, scores, Interval(1000)),
      "95 % percentile bootstrap, 1000 resamples of patients in strata of "
      "sex, seed 0, numpy default_rng");
}

TEST(ReportOptionsTest, FewResamplesMakeNoInterval) {
  const LabelledScores scores = Rows(2);
  EXPECT_EQ(ToInterval({}, kPercentile, scores, Interval(10))->high(), 0.75);
  EXPECT_EQ(ToInterval({}, kPercentile, scores, Interval(10))->median(), 0.5);
  EXPECT_FALSE(ToInterval({}, kPercentile, scores, Interval(9)).has_value());
  metrics::BootstrapInterval undefined = Interval(1000);
  undefined.low = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(ToInterval({}, kPercentile, scores, undefined).has_value());
}

TEST(ReportOptionsTest, ResamplesAreDrawnAsRecordsDrawThemUnlessToldElse) {
  const metrics::BootstrapOptions options =
      ToBootstrapOptions({.resamples = 20, .seed = 5, .threads = 3});
  const auto fast = metrics::RandomGenerator::kFast;
  EXPECT_EQ(ToBootstrapOptions({.generator = fast}).generator, fast);
  EXPECT_EQ(options.generator, metrics::RandomGenerator::kNumpyRandomState);
  EXPECT_EQ(options.resamples, 20);
  EXPECT_EQ(options.seed, 5u);
  EXPECT_EQ(options.threads, 3);
}

TEST(ReportOptionsTest, WorkIsBounded) {
  const LabelledScores scores = Rows(1000);
  EXPECT_OK(CheckWork(scores, {.resamples = 1'000'000}, 1, 1));
  EXPECT_THAT(CheckWork(scores, {.resamples = 1'000'000}, 1, 101),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("--resamples: found 1.01e+11 cells")));
  EXPECT_THAT(CheckWork(scores, {.resamples = 1'000'000}, 135, 1),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("values to keep")));
}

TEST(ReportOptionsTest, AJackknifeIsWorkToo) {
  ReportOptions options = {.interval = metrics::IntervalKind::kBca};
  EXPECT_OK(CheckWork(Rows(100'000), options, 1, 1));
  EXPECT_THAT(
      CheckWork(Rows(1'000'000), options, 1, 1),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("1000000 rows")));
}

TEST(ReportOptionsTest, RowsThatArePatientsAreNoted) {
  LabelledScores scores = Rows(2);
  scores.images = 2;
  EXPECT_EQ(LevelNote(scores), "");
  scores.images = 5;
  EXPECT_THAT(LevelNote(scores), HasSubstr("scored are the 2 patients"));
}

TEST(ReportOptionsTest, StrataOfOneAreNoted) {
  LabelledScores scores = Rows(4);
  const auto note = [&scores] {
    return SmallStrataNote(scores, *UnitsOf(scores));
  };
  EXPECT_EQ(note(), "");
  scores.strata = {.name = "site", .cells = {"a", "a", "b", "b"}};
  EXPECT_EQ(note(), "");
  scores.strata.cells[0] = "c";
  EXPECT_THAT(note(), HasSubstr("site: 2 of 3 strata hold one image or"));
  // Of one patient each, whatever their images.
  scores.strata.cells = {"a", "a", "b", "b"};
  scores.patients = {"x", "x", "y", "y"};
  EXPECT_THAT(note(), HasSubstr("site: 2 of 2 strata hold one image or"));
}

TEST(ReportOptionsTest, RowsAreIndependentUnlessPatientsHaveSeveral) {
  LabelledScores scores = Rows(2);
  EXPECT_TRUE(RowsAreIndependent(scores));
  scores.patients = {"x", "y"};
  EXPECT_TRUE(RowsAreIndependent(scores));
  scores.patients = {"x", "x"};
  EXPECT_FALSE(RowsAreIndependent(scores));
}

}  // namespace
}  // namespace cxr
