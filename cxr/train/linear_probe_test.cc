// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/linear_probe.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "ATen/ops/cat.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/full.h"
#include "ATen/ops/ones.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "c10/util/Exception.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

at::Tensor Formula(const std::string& name, int64_t rows, int64_t columns,
                   double scale, double offset) {
  at::Tensor values = at::zeros({rows, columns});
  FillByFormula(values, name, scale, offset);
  return values;
}

// 0 or 1, some ignored; as testdata/make_linear_probe_golden.py draws them.
at::Tensor Labels(int step, int64_t rows, int64_t labels) {
  const at::Tensor ignored =
      Formula(absl::StrCat("ignored/", step), rows, labels, 1, 0).gt(0.6);
  return Formula(absl::StrCat("labels/", step), rows, labels, 1, 0)
      .gt(0)
      .to(at::kFloat)
      .masked_fill(ignored, kNan);
}

std::map<std::string, at::Tensor> LoadGolden() {
  const absl::StatusOr<CsvTable> table =
      CsvTable::Load(TestData("cxr/train/testdata/linear_probe_golden.csv"));
  EXPECT_OK(table);
  std::map<std::string, at::Tensor> golden;
  for (const CsvTable::Row& row : table->rows()) {
    std::vector<float> values;
    for (const absl::string_view word : absl::StrSplit(row.cells[1], ' ')) {
      EXPECT_TRUE(absl::SimpleAtof(word, &values.emplace_back())) << word;
    }
    golden[row.cells[0]] = at::tensor(values);
  }
  return golden;
}

TEST(LinearProbeTest, TenStepsEqualPyTorchs) {
  std::map<std::string, at::Tensor> golden = LoadGolden();
  const LinearProbe start = {.weight = Formula("weight", 3, 12, 0.25, 0),
                             .bias = Formula("bias", 1, 3, 0.25, 0).view({3})};
  LinearProbeTrainer trainer(start, {.learning_rate = 0.03,
                                     .weight_decay = 0.1,
                                     .beta1 = 0.8,
                                     .beta2 = 0.95,
                                     .epsilon = 1e-6});
  for (int step = 0; step < 10; ++step) {
    const int64_t rows = step == 9 ? 5 : 16;
    const double loss =
        trainer.Step(Formula(absl::StrCat("features/", step), rows, 12, 2, 0.5),
                     Labels(step, rows, 3));
    EXPECT_NEAR(loss, golden.at(absl::StrCat("loss/", step)).item<double>(),
                1e-6);
  }
  EXPECT_LE(
      MaxAbsDifference(trainer.probe().weight.flatten(), golden.at("weight")),
      1e-6);
  EXPECT_LE(MaxAbsDifference(trainer.probe().bias, golden.at("bias")), 1e-6);
}

constexpr LinearProbeOptions kOptions = {.learning_rate = 0.05, .seed = 3};

TEST(LinearProbeTest, LearnsASeparableLabel) {
  const at::Tensor features = Formula("separable", 200, 4, 1, 0);
  const at::Tensor labels = features.narrow(1, 2, 1).gt(0.1).to(at::kFloat);
  LinearProbeTrainer trainer(InitLinearProbe(4, 1, kOptions), kOptions);
  double loss = 0;
  for (int step = 0; step < 200; ++step) loss = trainer.Step(features, labels);
  const at::Tensor right =
      trainer.probe().Logits(features).gt(0).eq(labels.gt(0));
  EXPECT_GE(right.to(at::kFloat).mean().item<double>(), 0.97);
  EXPECT_LT(loss, 0.3);
}

TEST(LinearProbeTest, SameSeedSameWeightsAndAnotherSeedOthers) {
  LinearProbeOptions other = kOptions;
  other.seed = 4;
  const at::Tensor weight = InitLinearProbe(6, 2, kOptions).weight;
  EXPECT_TRUE(at::equal(InitLinearProbe(6, 2, kOptions).weight, weight));
  EXPECT_FALSE(at::equal(InitLinearProbe(6, 2, other).weight, weight));
}

// AdamW's steps do not tell how long a gradient is; with a large epsilon they
// nearly are the gradient.
TEST(LinearProbeTest, LongGradientsAreCutToTheirNorm) {
  LinearProbeOptions options = {.learning_rate = 1,
                                .beta1 = 0,
                                .beta2 = 0,
                                .epsilon = 1e6,
                                .max_gradient_norm = 0.25,
                                .weight_init_std = 0};
  const at::Tensor features = Formula("long", 20, 5, 40, 0);
  const at::Tensor labels =
      Formula("targets", 20, 1, 1, 0).gt(0).to(at::kFloat);
  const auto norm_of_step = [&] {
    LinearProbeTrainer trainer(InitLinearProbe(5, 1, options), options);
    trainer.Step(features, labels);
    return 1e6 * std::hypot(trainer.probe().weight.norm().item<double>(),
                            trainer.probe().bias.norm().item<double>());
  };
  EXPECT_NEAR(norm_of_step(), 0.25, 1e-5);
  options.max_gradient_norm = 0;
  const double whole = norm_of_step();
  EXPECT_GT(whole, 1);
  options.max_gradient_norm = 2 * whole;
  EXPECT_NEAR(norm_of_step(), whole, 1e-5 * whole);
}

TEST(LinearProbeTest, GoesOnFromItsState) {
  const at::Tensor features = Formula("state", 20, 5, 1, 0);
  const at::Tensor labels = Labels(0, 20, 2);
  LinearProbeTrainer whole(InitLinearProbe(5, 2, kOptions), kOptions);
  LinearProbeTrainer copy(InitLinearProbe(5, 2, kOptions), kOptions);
  whole.Step(features, labels);
  const std::vector<at::Tensor> state = whole.State();
  std::vector<at::Tensor> into = copy.State();
  ASSERT_EQ(into.size(), state.size());
  for (size_t i = 0; i < state.size(); ++i) into[i].copy_(state[i]);
  EXPECT_EQ(copy.Step(features, labels), whole.Step(features, labels));
  EXPECT_TRUE(at::equal(copy.probe().weight, whole.probe().weight));
}

// A column with rows ignored trains as if those rows were not there.
TEST(LinearProbeTest, IgnoredLabelsDoNotTrain) {
  const at::Tensor features = Formula("ignored", 20, 5, 1, 0);
  const at::Tensor labels =
      Formula("targets", 20, 1, 1, 0).gt(0).to(at::kFloat);
  at::Tensor padded = at::full({40, 1}, kNan);
  padded.narrow(0, 0, 20).copy_(labels);
  const at::Tensor more = at::cat({features, Formula("noise", 20, 5, 9, 0)});
  const LinearProbe start = InitLinearProbe(5, 1, kOptions);
  LinearProbeTrainer alone(start, kOptions), with_ignored(start, kOptions);
  EXPECT_NEAR(alone.Step(features, labels), with_ignored.Step(more, padded),
              1e-6);
  EXPECT_LE(MaxAbsDifference(alone.probe().weight, with_ignored.probe().weight),
            1e-6);
}

TEST(LinearProbeTest, BatchWithoutLabelsTakesNoStep) {
  const LinearProbe start = InitLinearProbe(5, 2, kOptions);
  LinearProbeTrainer trainer(start, kOptions);
  const at::Tensor features = Formula("none", 4, 5, 1, 0);
  EXPECT_EQ(trainer.Step(features, at::full({4, 2}, kNan)), 0);
  EXPECT_TRUE(at::equal(trainer.probe().weight, start.weight));
}

// Without a gradient and with decay, AdamW shrinks weights by 1 - lr * wd.
TEST(LinearProbeTest, WeightDecayIsDecoupled) {
  LinearProbeOptions options = kOptions;
  options.weight_decay = 0.5;
  const LinearProbe start = InitLinearProbe(3, 1, options);
  LinearProbeTrainer trainer(start, options);
  trainer.Step(at::zeros({2, 3}), at::tensor({0.0f, 1.0f}).view({2, 1}));
  EXPECT_LE(MaxAbsDifference(trainer.probe().weight,
                             start.weight.mul(1 - 0.05 * 0.5)),
            1e-8);
}

TEST(LinearProbeTest, InitialWeightsHaveThePapersDeviation) {
  const LinearProbe probe = InitLinearProbe(1920, 8, kOptions);
  EXPECT_EQ(probe.weight.sizes(), at::IntArrayRef({8, 1920}));
  EXPECT_EQ(probe.bias.count_nonzero().item<int64_t>(), 0);
  const double n = 8 * 1920;
  const double rms = std::sqrt(probe.weight.square().mean().item<double>());
  EXPECT_NEAR(rms / 0.01, 1, 5 / std::sqrt(2 * n));
  EXPECT_NEAR(probe.weight.mean().item<double>(), 0, 5 * 0.01 / std::sqrt(n));
}

TEST(LinearProbeTest, RefusesWhatItCannotTrainOn) {
  const LinearProbe start = InitLinearProbe(2, 1, kOptions);
  EXPECT_THROW(LinearProbeTrainer(start, {}), c10::Error);
  LinearProbeTrainer trainer(start, kOptions);
  const at::Tensor features = at::zeros({4, 2});
  EXPECT_THROW(trainer.Step(features.to(at::kDouble), at::zeros({4, 1})),
               c10::Error);
  EXPECT_THROW(trainer.Step(features, at::zeros({4})), c10::Error);
}

TEST(FeatureScalingTest, GivesMeanZeroAndDeviationOne) {
  const at::Tensor features = Formula("scaling", 300, 5, 7, 100);
  const at::Tensor scaled = FitScaling(features).Apply(features);
  EXPECT_LE(scaled.mean(0).abs().max().item<double>(), 1e-4);
  EXPECT_LE(MaxAbsDifference(scaled.std(0, /*unbiased=*/false), at::ones({5})),
            1e-4);
}

TEST(FeatureScalingTest, UsesThePopulationDeviation) {
  const FeatureScaling scaling =
      FitScaling(at::tensor({1.0f, 3.0f}).view({2, 1}));
  EXPECT_EQ(scaling.mean.item<float>(), 2);
  EXPECT_EQ(scaling.inverse_std.item<float>(), 1);
}

TEST(FeatureScalingTest, ConstantFeatureBecomesZeroEverywhere) {
  const FeatureScaling scaling = FitScaling(at::full({9, 2}, 0.1));
  EXPECT_EQ(scaling.inverse_std.count_nonzero().item<int64_t>(), 0);
  EXPECT_EQ(scaling.Apply(at::full({1, 2}, 5)).count_nonzero().item<int64_t>(),
            0);
}

}  // namespace
}  // namespace cxr
