// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/seed_mean.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "reports/metric_text.h"

namespace cxr::reports {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

spec::ScoreSpec Score() {
  spec::ScoreSpec score;
  score.mutable_classification()->set_profile(spec::SCIKIT_LEARN);
  score.mutable_classification()->set_level(spec::IMAGE_LEVEL);
  score.mutable_bootstrap()->set_resamples(50);
  score.mutable_bootstrap()->set_confidence(0.9);
  score.mutable_bootstrap()->set_seed(1);
  score.mutable_bootstrap()->set_unit(spec::IMAGE);
  return score;
}

// A run whose record's AUROC is 0.25 and whose predictions are named by the
// attempt of its predict stage.
ExperimentResult RunOf(int seed) {
  ExperimentResult run;
  run.records.resize(2);
  run.records[0].set_stage("predict");
  run.records[0].set_attempt(seed);
  run.records[0].add_notes(absl::StrCat("seed ", seed));
  run.records[0].add_notes("frozen");
  run.records[1].set_stage("score");
  spec::MetricValue& value = *run.records[1].add_metrics();
  value.set_metric("auroc");
  value.set_target("macro");
  value.set_value(0.25);
  return run;
}

// Of 4 images. AUROC: 1 with an even seed, 0.75 with an odd one.
absl::StatusOr<Predictions> Read(const std::vector<spec::RunRecord>& records) {
  const int seed = records[0].attempt();
  if (seed == 9) {
    return absl::DataLossError("predictions.csv: damaged");
  }
  Predictions predictions = {.targets = {"Mass"},
                             .ids = {"a", "b", "c", "d"},
                             .patients = {"p", "q", "r", "s"},
                             .labels = {0, 1, 0, 1},
                             .logits = {0, 2, 1, 3}};
  if (seed % 2 == 1) predictions.logits[2] = 2.5;
  return predictions;
}

ExperimentResult Mean(const ResultMap& results,
                      const std::vector<std::string>& names) {
  return MeanOfSeeds(names, results, Score(), Read, 1);
}

TEST(SeedMeanTest, MetricsAreTheMeansOverSeeds) {
  const ExperimentResult mean =
      Mean({{"s/0", RunOf(0)}, {"s/1", RunOf(1)}}, {"s/0", "s/1"});
  ASSERT_EQ(mean.records.size(), 2u);
  const spec::MetricValue* value =
      FindMetric(mean.records[1], "auroc", "macro");
  ASSERT_NE(value, nullptr);
  EXPECT_THAT(value->value(), DoubleNear(0.875, 1e-12));
  EXPECT_THAT(value->interval().kind(), HasSubstr("of the 2 runs"));
  EXPECT_THAT(mean.records[0].notes(), ElementsAre("frozen"));
  ASSERT_TRUE(mean.seeds.has_value());
  EXPECT_EQ(LostSeedsText(*mean.seeds), "");
  EXPECT_EQ(SeedsText(*mean.seeds, "auroc", "macro"),
            "mean of 2 seeds, standard deviation 17.68 points");
  EXPECT_THAT(FindSeedValue(*mean.seeds, "auroc", "macro")->runs(),
              ElementsAre(1, 0.75));
  EXPECT_EQ(FindSeedValue(*mean.seeds, "auroc", "Edema"), nullptr);
}

TEST(SeedMeanTest, FailedRunsCountAndAreNamed) {
  ResultMap results = {{"s/0", RunOf(0)}, {"s/1", RunOf(1)}};
  results["s/2"].failed = "diverged at step 7";
  results["s/3"].missing = "data: licensed";
  const ExperimentResult mean =
      Mean(results, {"s/0", "s/1", "s/2", "s/3", "s/4"});
  ASSERT_EQ(mean.records.size(), 2u);
  EXPECT_EQ(LostSeedsText(*mean.seeds), "2 of 5 seeds");
  EXPECT_EQ(SeedsText(*mean.seeds, "auroc", "macro"),
            "mean of 2 seeds, standard deviation 17.68 points; 1 failed of 5, "
            "s/2: diverged at step 7; 2 missing of 5, s/3: data: licensed, "
            "s/4: not run");
}

TEST(SeedMeanTest, OneRunThatEndedWellKeepsItsOwnValue) {
  ResultMap results = {{"s/0", RunOf(0)}};
  results["s/1"].failed = "NaN";
  const ExperimentResult mean = Mean(results, {"s/0", "s/1"});
  EXPECT_EQ(FindMetric(mean.records[1], "auroc", "macro")->value(), 0.25);
  EXPECT_THAT(mean.seeds->values, IsEmpty());
  EXPECT_EQ(SeedsText(*mean.seeds, "auroc", "macro"),
            "one seed (s/0); 1 failed of 2, s/1: NaN");
}

TEST(SeedMeanTest, WithoutARunThatEndedWellThereIsAReason) {
  ResultMap results;
  results["s/0"].missing = "data: licensed";
  EXPECT_EQ(Mean(results, {"s/0"}).missing, "data: licensed");
  results["s/1"].failed = "NaN";
  const ExperimentResult mean = Mean(results, {"s/0", "s/1"});
  EXPECT_EQ(mean.missing, "");
  EXPECT_EQ(mean.failed, "all seeds that were run (1 of 2): NaN");
  EXPECT_THAT(mean.records, IsEmpty());
}

TEST(SeedMeanTest, PredictionsThatCannotBeReadFailTheMean) {
  const ExperimentResult mean =
      Mean({{"s/0", RunOf(0)}, {"s/9", RunOf(9)}}, {"s/0", "s/9"});
  EXPECT_EQ(mean.failed, "s/9: predictions.csv: damaged");
  EXPECT_THAT(mean.records, IsEmpty());
}

}  // namespace
}  // namespace cxr::reports
