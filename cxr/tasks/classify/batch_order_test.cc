// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/batch_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace cxr {
namespace {

using ::testing::SizeIs;

TEST(BatchOrderTest, AnEpochIsOnePassWithAShortLastBatch) {
  spec::LinearProbeSpec spec;
  spec.set_seed(3);
  spec.set_epochs(2);
  spec.set_batch_images(4);
  const BatchOrder order(spec, /*images=*/10);
  EXPECT_EQ(order.steps_per_epoch(), 3);
  EXPECT_EQ(order.steps(), 6);
  std::vector<std::vector<int64_t>> passes;
  for (int64_t epoch = 0; epoch < 2; ++epoch) {
    std::vector<int64_t>& pass = passes.emplace_back();
    for (int64_t step = 0; step < 3; ++step) {
      const std::vector<Slot> slots = order.Slots(epoch * 3 + step);
      EXPECT_THAT(slots, SizeIs(step < 2 ? 4 : 2));
      for (const Slot& slot : slots) {
        EXPECT_EQ(slot.epoch, epoch);
        pass.push_back(slot.image);
      }
    }
    EXPECT_THAT(std::set<int64_t>(pass.begin(), pass.end()), SizeIs(10));
  }
  EXPECT_NE(passes[0], passes[1]);
}

TEST(BatchOrderTest, ASweepsBatchesAreWhole) {
  spec::ProbeSweepSpec spec;
  spec.set_seed(3);
  spec.set_epochs(5);
  spec.set_steps_per_epoch(2);
  spec.set_batch_images(4);
  const BatchOrder order(spec, /*images=*/10);
  EXPECT_EQ(order.steps(), 10);
  std::vector<int> seen(10);
  for (int64_t step = 0; step < 10; ++step) {
    const std::vector<Slot> slots = order.Slots(step);
    EXPECT_THAT(slots, SizeIs(4));
    for (const Slot& slot : slots) ++seen[slot.image];
  }
  EXPECT_THAT(seen, testing::Each(4));  // 40 places, four passes over ten
}

}  // namespace
}  // namespace cxr
