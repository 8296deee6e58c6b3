// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/loss_scaler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "ATen/ops/empty.h"
#include "ATen/ops/equal.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"
#include "cxr/train/adamw.h"

namespace cxr {
namespace {

constexpr int64_t kSize = 5;

at::Tensor Formula(const std::string& name) {
  at::Tensor tensor = at::empty({kSize}, at::kFloat);
  FillByFormula(tensor, name, 1, 0);
  return tensor;
}

double NumberIn(const CsvTable::Row& row, size_t column) {
  double value = 0;
  EXPECT_TRUE(absl::SimpleAtod(row.cells[column], &value)) << row.line;
  return value;
}

TEST(LossScalerTest, EqualsPyTorchsWithAdamW) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  // As in testdata/make_loss_scaler_golden.py.
  const std::map<int64_t, double> spoilt = {
      {0, kInfinity},
      {5, std::numeric_limits<double>::quiet_NaN()},
      {6, -kInfinity}};
  ASSERT_OK_AND_ASSIGN(
      const CsvTable golden,
      CsvTable::Load(TestData("cxr/train/testdata/loss_scaler_golden.csv")));
  at::Tensor values = Formula("values");
  ParameterStore store({{.name = "values", .tensor = values}},
                       /*gradients=*/true);
  AdamW optimizer(store, {});
  LossScaler scaler({.initial = 1024, .growth_interval = 3}, at::kCPU);
  int64_t step = 0;
  for (const CsvTable::Row& row : golden.rows()) {
    EXPECT_EQ(scaler.scale().item<double>(), NumberIn(row, 1)) << step;
    at::Tensor gradients = store.blocks()[0].gradients;
    gradients.copy_(Formula(absl::StrCat("gradient ", step)) * scaler.scale());
    const auto bad = spoilt.find(step);
    if (bad != spoilt.end()) gradients[step % kSize] = bad->second;
    const at::Tensor found_inf = scaler.Unscale(store);
    EXPECT_EQ(found_inf.item<double>(), NumberIn(row, 2)) << step;
    optimizer.Step(store,
                   {.learning_rate = 0.01,
                    .prototype_learning_rate = 0.01,
                    .weight_decay = 0.1},
                   found_inf);
    scaler.Update(found_inf);
    for (int64_t i = 0; i < kSize; ++i) {
      EXPECT_NEAR(store.blocks()[0].values[i].item<double>(),
                  NumberIn(row, static_cast<size_t>(3 + i)), 1e-6)
          << step;
    }
    ++step;
  }
  EXPECT_EQ(step, 14);
  // Three steps were left out.
  EXPECT_EQ(optimizer.state()[0].steps.item<double>(), 11);
}

TEST(LossScalerTest, GoodGradientsAreDividedByTheScale) {
  ParameterStore store({{.name = "values", .tensor = Formula("values")}},
                       /*gradients=*/true);
  store.blocks()[0].gradients.copy_(Formula("gradient") * 4096);
  const LossScaler scaler({.initial = 4096}, at::kCPU);
  EXPECT_EQ(scaler.Unscale(store).item<float>(), 0);
  EXPECT_TRUE(at::equal(store.blocks()[0].gradients, Formula("gradient")));
}

TEST(LossScalerTest, StartsAsPyTorchs) {
  LossScaler scaler({}, at::kCPU);
  EXPECT_EQ(scaler.scale().item<double>(), 65536);
  EXPECT_EQ(scaler.good_steps_state().item<int>(), 0);
}

TEST(LossScalerTest, OptionsOutOfRangeAreRefused) {
  EXPECT_THROW(LossScaler({.initial = 0}, at::kCPU), c10::Error);
  EXPECT_THROW(LossScaler({.backoff = 1}, at::kCPU), c10::Error);
}

}  // namespace
}  // namespace cxr
