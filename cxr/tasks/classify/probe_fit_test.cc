// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/probe_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "ATen/ops/equal.h"
#include "ATen/ops/zeros.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr int kImages = 24;

at::Tensor Features() {
  at::Tensor features = at::zeros({kImages, 6});
  FillByFormula(features, "features", 1, 0);
  return features;
}

// Feature 5 decides.
at::Tensor Labels() {
  return Features().slice(1, 5, 6).gt(0).to(at::kFloat).contiguous();
}

BatchOrder Order(int epochs) {
  spec::LinearProbeSpec spec;
  spec.set_epochs(epochs);
  spec.set_batch_images(8);
  spec.set_seed(2);
  return BatchOrder(spec, kImages);
}

ProbeGroupOptions Options() {
  return {.probe = {.seed = 1},
          .members = {{.learning_rate = 1e-4},
                      {.learning_rate = 0.1, .first_column = 3}}};
}

Validation Chooser() {
  const at::Tensor labels = Labels();
  const float* begin = labels.const_data_ptr<float>();
  return {.features = Features(),
          .labels = {begin, begin + kImages},
          .metric = spec::BEST_MACRO_AUROC};
}

absl::Status GoOn(int64_t) { return absl::OkStatus(); }

void RunUntil(ProbeFit& fit, const BatchOrder& order, int64_t until) {
  FixedFeed feed({.features = Features(), .labels = Labels()}, order);
  for (int64_t step = 0; step < fit.epochs_done() * order.steps_per_epoch();
       ++step) {
    ASSERT_OK(feed.Next());
  }
  while (fit.epochs_done() < until) {
    ASSERT_OK(fit.Epoch(feed, order.steps_per_epoch(), GoOn));
  }
}

TEST(ProbeFitTest, TheMemberThatLearnsIsKept) {
  const BatchOrder order = Order(10);
  ProbeFit fit(6, 1, Options(), Chooser());
  RunUntil(fit, order, 10);
  EXPECT_EQ(fit.best().member, 1);
  EXPECT_GT(fit.best().value, 0.95);
  EXPECT_THAT(fit.log(), SizeIs(20));
  double best = 0;
  for (const EpochLine& line : fit.log()) {
    best = std::max(best, *line.validation);
  }
  EXPECT_EQ(fit.best().value, best);
  // It does not see the first three columns.
  EXPECT_EQ(fit.best().probe.weight.slice(1, 0, 3).count_nonzero().item<int>(),
            0);
}

TEST(ProbeFitTest, OfEqualEpochsTheFirstIsKept) {
  const BatchOrder order = Order(40);
  ProbeFit fit(6, 1, Options(), Chooser());
  RunUntil(fit, order, 40);
  const std::vector<EpochLine>& log = fit.log();
  for (const EpochLine& line : log) {
    if (line.epoch < fit.best().epoch) {
      EXPECT_LT(*line.validation, fit.best().value);
    }
  }
}

TEST(ProbeFitTest, WhereValidationTellsNothingTheFirstEpochIsKept) {
  const BatchOrder order = Order(3);
  Validation one_class = Chooser();
  one_class.labels.assign(kImages, 1);
  ProbeFit fit(6, 1, Options(), one_class);
  RunUntil(fit, order, 3);
  EXPECT_EQ(fit.best().epoch, 0);
  EXPECT_TRUE(std::isnan(fit.best().value));
}

TEST(ProbeFitTest, WithoutValidationTheLastEpochIsKept) {
  const BatchOrder order = Order(3);
  ProbeGroupOptions options = Options();
  options.members.resize(1);
  ProbeFit fit(6, 1, options, std::nullopt);
  RunUntil(fit, order, 3);
  EXPECT_EQ(fit.best().epoch, 2);
  EXPECT_FALSE(fit.log()[0].validation.has_value());
}

TEST(ProbeFitTest, GoesOnFromACheckpointAsIfItHadNeverStopped) {
  const BatchOrder order = Order(6);
  ProbeFit whole(6, 1, Options(), Chooser());
  RunUntil(whole, order, 6);
  ProbeFit begun(6, 1, Options(), Chooser());
  RunUntil(begun, order, 2);
  ProbeFit resumed(6, 1, Options(), Chooser());
  ASSERT_OK(resumed.Restore(begun.ToCheckpoint(), "checkpoint"));
  EXPECT_EQ(resumed.epochs_done(), 2);
  RunUntil(resumed, order, 6);
  EXPECT_EQ(resumed.log(), whole.log());
  EXPECT_EQ(resumed.best().epoch, whole.best().epoch);
  EXPECT_TRUE(
      at::equal(resumed.best().probe.weight, whole.best().probe.weight));
  EXPECT_EQ(resumed.ToCheckpoint(), whole.ToCheckpoint());
}

TEST(ProbeFitTest, ACheckpointOfAnotherFitIsDataLoss) {
  ProbeFit fit(6, 1, Options(), Chooser());
  ProbeFit other(7, 1, Options(), std::nullopt);
  EXPECT_THAT(fit.Restore(other.ToCheckpoint(), "checkpoint"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("checkpoint")));
}

TEST(ProbeFitTest, ADivergedMemberIsOutOfTheChoice) {
  const BatchOrder order = Order(3);
  ProbeGroupOptions options = Options();
  options.members[0].learning_rate = 1e38;
  ProbeFit fit(6, 1, options, Chooser());
  RunUntil(fit, order, 3);
  EXPECT_EQ(fit.best().member, 1);
  options.members.resize(1);
  ProbeFit alone(6, 1, options, std::nullopt);
  FixedFeed feed({.features = Features(), .labels = Labels()}, order);
  absl::Status status;
  for (int epoch = 0; epoch < 3 && status.ok(); ++epoch) {
    status = alone.Epoch(feed, order.steps_per_epoch(), GoOn);
  }
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kOutOfRange,
                               HasSubstr("not finite in epoch")));
}

}  // namespace
}  // namespace cxr
