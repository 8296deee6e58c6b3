// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/classification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::DoubleNear;
using ::testing::HasSubstr;

spec::ScoreSpec Spec() {
  spec::ScoreSpec spec;
  spec.mutable_classification()->set_profile(spec::CXFORMER_FINETUNE);
  spec::BootstrapSpec& bootstrap = *spec.mutable_bootstrap();
  bootstrap.set_resamples(200);
  bootstrap.set_confidence(0.95);
  bootstrap.set_seed(3);
  bootstrap.set_unit(spec::PATIENT);
  return spec;
}

// One target; image i belongs to patient i / images_per_patient.
Predictions OneTarget(const std::vector<float>& labels,
                      const std::vector<float>& logits,
                      int images_per_patient) {
  Predictions predictions{
      .targets = {"Mass"}, .labels = labels, .logits = logits};
  for (size_t i = 0; i < labels.size(); ++i) {
    predictions.ids.push_back(absl::StrCat("image", i));
    predictions.patients.push_back(absl::StrCat("p", i / images_per_patient));
  }
  return predictions;
}

// scikit-learn 1.6.1: 0,1,0,1,0,1 with these logits has AUROC
// 0.5 and AP 0.5 after a float32 sigmoid, but 0.5556 and 0.7222 on the logits.
TEST(ClassificationTest, TheProfilesSigmoidMakesTies) {
  ASSERT_OK_AND_ASSIGN(
      const std::vector<spec::MetricValue> values,
      ScoreClassification(
          OneTarget({0, 1, 0, 1, 0, 1}, {20, 18, 17.5, 30, -110, -120}, 1),
          Spec()));
  ASSERT_EQ(values.size(), 4u);
  EXPECT_EQ(values[0].metric(), "auroc");
  EXPECT_EQ(values[0].target(), "Mass");
  EXPECT_THAT(values[0].value(), DoubleNear(0.5, 1e-12));
  EXPECT_EQ(values[1].target(), "macro");
  EXPECT_EQ(values[2].metric(), "auprc");
  EXPECT_THAT(values[2].value(), DoubleNear(0.5, 1e-12));
  EXPECT_EQ(values[0].profile(), "CXFORMER_FINETUNE");
}

TEST(ClassificationTest, CountsImagesPatientsAndPositives) {
  ASSERT_OK_AND_ASSIGN(
      const std::vector<spec::MetricValue> values,
      ScoreClassification(
          OneTarget({0, 1, 0, 1, 0, 1, 1, 0}, {1, 2, 0, 3, -1, 4, 0.5, 0.2}, 2),
          Spec()));
  EXPECT_EQ(values[0].images(), 8);
  EXPECT_EQ(values[0].patients(), 4);
  EXPECT_EQ(values[0].positives(), 4);
  EXPECT_THAT(values[0].interval().kind(),
              HasSubstr("200 resamples of patients, seed 3"));
}

TEST(ClassificationTest, PatientsResampledWholeWidenTheInterval) {
  // Ten images a patient that all say the same: images are no more evidence
  // than patients.
  std::vector<float> labels;
  std::vector<float> logits;
  for (int patient = 0; patient < 40; ++patient) {
    for (int image = 0; image < 10; ++image) {
      labels.push_back(patient % 2);
      logits.push_back(std::sin(patient * 1.7f) + 0.6f * (patient % 2));
    }
  }
  const Predictions predictions = OneTarget(labels, logits, 10);
  const auto width = [&](spec::ResamplingUnit unit) {
    spec::ScoreSpec spec = Spec();
    spec.mutable_bootstrap()->set_unit(unit);
    const spec::MetricValue value =
        ScoreClassification(predictions, spec)->front();
    EXPECT_EQ(value.patients(), 40);
    EXPECT_LT(value.interval().low(), value.value());
    EXPECT_GT(value.interval().high(), value.value());
    return value.interval().high() - value.interval().low();
  };
  EXPECT_GT(width(spec::PATIENT), 2 * width(spec::IMAGE));
}

TEST(ClassificationTest, OneClassHasNoAurocAndNoMacroMean) {
  Predictions predictions = OneTarget({0, 0, 0, 1}, {1, 2, 3, 4}, 1);
  predictions.targets = {"Mass", "Hernia"};
  predictions.labels = {0, 0, 0, 0, 1, 0, 1, 0};
  predictions.logits = {1, 1, 2, 2, 3, 3, 4, 4};
  ASSERT_OK_AND_ASSIGN(const std::vector<spec::MetricValue> values,
                       ScoreClassification(predictions, Spec()));
  EXPECT_EQ(values[0].value(), 1.0);
  EXPECT_TRUE(std::isnan(values[1].value()));
  EXPECT_FALSE(values[1].has_interval());
  EXPECT_TRUE(std::isnan(values[2].value()));
  EXPECT_EQ(values[4].value(),
            0.0);  // AP without a positive: scikit-learn's 0.
}

TEST(ClassificationTest, TheLinearEvalProfileCountsOneClassAsZero) {
  Predictions predictions = OneTarget({0, 0, 0, 1}, {1, 2, 3, 4}, 1);
  predictions.targets = {"Mass", "Hernia"};
  predictions.labels = {0, 0, 0, 0, 1, 0, 1, 0};
  predictions.logits = {1, 1, 2, 2, 3, 3, 4, 4};
  spec::ScoreSpec spec = Spec();
  spec.mutable_classification()->set_profile(spec::CXFORMER_LINEAR_EVAL);
  ASSERT_OK_AND_ASSIGN(const std::vector<spec::MetricValue> values,
                       ScoreClassification(predictions, spec));
  EXPECT_TRUE(std::isnan(values[1].value()));
  EXPECT_EQ(values[2].value(), 0.5);
  EXPECT_FALSE(values[2].has_interval());
  EXPECT_EQ(values[5].value(), 1.0);  // Without Hernia.
  EXPECT_EQ(values[0].profile(), "CXFORMER_LINEAR_EVAL");
}

TEST(ClassificationTest, PatientsMayBeScoredByTheirLargestLogit) {
  const Predictions predictions =
      OneTarget({0, 0, 1, 1, 0, 0, 1, 1}, {1, -2, 0, 3, -1, 2, 0.5, 0.2}, 2);
  spec::ScoreSpec spec = Spec();
  spec.mutable_classification()->set_level(spec::PATIENT_MAX);
  spec.mutable_bootstrap()->set_unit(spec::IMAGE);
  ASSERT_OK_AND_ASSIGN(const std::vector<spec::MetricValue> values,
                       ScoreClassification(predictions, spec));
  // 1 and 2 against 3 and 0.5.
  EXPECT_EQ(values[0].value(), 0.5);
  EXPECT_EQ(values[0].images(), 8);
  EXPECT_EQ(values[0].patients(), 4);
  EXPECT_EQ(values[0].positives(), 2);
  EXPECT_THAT(values[0].interval().kind(),
              HasSubstr("200 resamples of patients"));
}

TEST(ClassificationTest, APatientHasWhatOneOfHisImagesHasThen) {
  spec::ScoreSpec spec = Spec();
  spec.mutable_classification()->set_level(spec::PATIENT_MAX);
  ASSERT_OK_AND_ASSIGN(
      const std::vector<spec::MetricValue> values,
      ScoreClassification(OneTarget({0, 1, 0, 0, 0, 0}, {1, 2, 0, 1, 3, -1}, 2),
                          spec));
  EXPECT_EQ(values[0].positives(), 1);
  EXPECT_EQ(values[0].value(), 0.5);  // 2 against 1 and 3.
}

TEST(ClassificationTest, NothingToScoreIsAnError) {
  EXPECT_THAT(ScoreClassification(Predictions{.targets = {"Mass"}}, Spec()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("no predictions")));
}

}  // namespace
}  // namespace cxr
