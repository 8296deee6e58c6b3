// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/interval/parallel.h"

#include <atomic>
#include <cstdint>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::metrics {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

TEST(ParallelTest, EachIndexIsVisitedOnce) {
  for (const int threads : {1, 2, 7}) {
    std::vector<int> visits(100);
    ParallelFor(threads, 100, [&](int, int64_t i) { ++visits[i]; });
    EXPECT_THAT(visits, Each(1)) << threads << " threads";
  }
}

TEST(ParallelTest, AWorkerBelongsToOneThreadAtATime) {
  std::vector<std::atomic<int>> inside(4);
  std::atomic<bool> shared = false;
  ParallelFor(4, 1000, [&](int worker, int64_t) {
    if (inside[worker]++ != 0) shared = true;
    --inside[worker];
  });
  EXPECT_FALSE(shared);
}

TEST(ParallelTest, OneThreadKeepsTheOrder) {
  std::vector<int64_t> order;
  ParallelFor(1, 4, [&](int worker, int64_t i) {
    EXPECT_EQ(worker, 0);
    order.push_back(i);
  });
  EXPECT_THAT(order, ElementsAre(0, 1, 2, 3));
}

TEST(ParallelTest, NothingToDoCallsNothing) {
  int calls = 0;
  ParallelFor(3, 0, [&](int, int64_t) { ++calls; });
  EXPECT_EQ(calls, 0);
}

TEST(ParallelDeathTest, NoThreadEndsTheProgram) {
  EXPECT_DEATH(ParallelFor(0, 1, [](int, int64_t) {}), "at least one thread");
}

}  // namespace
}  // namespace cxr::metrics
