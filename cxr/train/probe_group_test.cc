// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/probe_group.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "ATen/ops/equal.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/str_cat.h"
#include "c10/util/Exception.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

at::Tensor Features(int step) {
  at::Tensor features = at::zeros({7, 6});
  FillByFormula(features, absl::StrCat("features/", step), 1, 0);
  return features;
}

at::Tensor Labels(int step) {
  at::Tensor labels = at::zeros({7, 2});
  FillByFormula(labels, absl::StrCat("labels/", step), 1, 0);
  return labels.gt(0).to(at::kFloat);
}

ProbeGroupOptions Options() {
  return {.probe = {.seed = 4},
          .members = {{.learning_rate = 0.01},
                      {.learning_rate = 0.1, .first_column = 2}}};
}

TEST(ProbeGroupTest, MembersLearnAsTheyWouldAlone) {
  ProbeGroup group(6, 2, Options());
  for (int i = 0; i < 2; ++i) {
    const ProbeMember member = Options().members[i];
    const LinearProbeOptions alone = {.learning_rate = member.learning_rate,
                                      .seed = 4};
    LinearProbeTrainer trainer(
        InitLinearProbe(6 - member.first_column, 2, alone), alone);
    ProbeGroup one(6, 2, Options());
    for (int step = 0; step < 5; ++step) {
      const double loss = trainer.Step(
          Features(step).slice(1, member.first_column), Labels(step));
      EXPECT_EQ(one.Step(Features(step), Labels(step))[i], loss);
    }
    const LinearProbe probe = one.Probe(i);
    EXPECT_TRUE(at::equal(probe.weight.slice(1, member.first_column),
                          trainer.probe().weight));
    EXPECT_EQ(probe.weight.slice(1, 0, member.first_column)
                  .count_nonzero()
                  .item<int>(),
              0);
    // What it does not see changes nothing of what it says.
    EXPECT_LE(MaxAbsDifference(probe.Logits(Features(9)),
                               trainer.probe().Logits(
                                   Features(9).slice(1, member.first_column))),
              1e-6);
  }
}

// With one feature of 1 and labels of 0 the first steps of AdamW are as long as
// the rate.
TEST(ProbeGroupTest, RatesFollowHalfACosine) {
  ProbeGroupOptions options = {.probe = {.weight_init_std = 0},
                               .members = {{.learning_rate = 1e-3}},
                               .schedule = RateSchedule::kCosine,
                               .steps = 4};
  ProbeGroup group(1, 1, options);
  double before = 0;
  for (int step = 0; step < 4; ++step) {
    group.Step(at::zeros({3, 1}) + 1, at::zeros({3, 1}));
    const double now = group.Probe(0).weight.item<double>();
    const double rate = 1e-3 * (1 + std::cos(M_PI * step / 4)) / 2;
    EXPECT_NEAR(before - now, rate, 1e-4 * rate + 2e-8) << step;
    before = now;
  }
}

TEST(ProbeGroupTest, GoesOnFromItsState) {
  ProbeGroup whole(6, 2, Options());
  ProbeGroup copy(6, 2, Options());
  whole.Step(Features(0), Labels(0));
  const std::vector<at::Tensor> state = whole.State();
  std::vector<at::Tensor> into = copy.State();
  ASSERT_EQ(into.size(), state.size());
  for (size_t i = 0; i < state.size(); ++i) into[i].copy_(state[i]);
  copy.set_steps_done(whole.steps_done());
  EXPECT_EQ(copy.Step(Features(1), Labels(1)),
            whole.Step(Features(1), Labels(1)));
  EXPECT_TRUE(at::equal(copy.Probe(1).weight, whole.Probe(1).weight));
}

TEST(ProbeGroupTest, RefusesWhatItCannotTrain) {
  EXPECT_THROW(ProbeGroup(6, 2, {}), c10::Error);
  ProbeGroupOptions options = Options();
  options.members[1].first_column = 6;
  EXPECT_THROW(ProbeGroup(6, 2, options), c10::Error);
  ProbeGroup group(6, 2, Options());
  EXPECT_THROW(group.Step(at::zeros({3, 5}), at::zeros({3, 2})), c10::Error);
}

}  // namespace
}  // namespace cxr
