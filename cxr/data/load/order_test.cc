// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

std::vector<int64_t> ImagesOf(const std::vector<Slot>& slots) {
  std::vector<int64_t> images;
  for (const Slot& slot : slots) {
    images.push_back(slot.image);
  }
  return images;
}

std::vector<int64_t> Counting(int64_t count) {
  std::vector<int64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), int64_t{0});
  return numbers;
}

TEST(OrderTest, EveryEpochHoldsEveryImageOnceInAnotherOrder) {
  const ShuffledStream stream(/*seed=*/7, /*images=*/50);
  std::vector<int64_t> previous = Counting(50);
  for (int64_t epoch = 0; epoch < 5; ++epoch) {
    const std::vector<Slot> slots =
        stream.Slots({50 * epoch, 50 * (epoch + 1)});
    for (const Slot& slot : slots) {
      EXPECT_EQ(slot.epoch, epoch);
    }
    std::vector<int64_t> images = ImagesOf(slots);
    EXPECT_NE(images, previous);
    previous = images;
    std::sort(images.begin(), images.end());
    EXPECT_EQ(images, Counting(50));
  }
}

// Position p holds image perm(p / n)[p % n], however it is asked for.
TEST(OrderTest, AStreamIsAFunctionOfThePosition) {
  const std::vector<Slot> whole = ShuffledStream(7, 11).Slots({0, 100});
  const ShuffledStream stream(7, 11);
  for (const int64_t begin : {90, 0, 33, 10, 11, 12, 65}) {
    EXPECT_THAT(stream.Slots({begin, begin + 10}),
                ::testing::ElementsAreArray(whole.begin() + begin,
                                            whole.begin() + begin + 10));
  }
  EXPECT_EQ(whole[42].position, 42);
  EXPECT_EQ(whole[42].epoch, 3);
  EXPECT_NE(ImagesOf(ShuffledStream(8, 11).Slots({0, 100})), ImagesOf(whole));
}

TEST(OrderTest, AnImageIsEquallyOftenAtEveryPlace) {
  constexpr int kImages = 5;
  constexpr int kEpochs = 4000;
  const ShuffledStream stream(3, kImages);
  int64_t counts[kImages][kImages] = {};
  for (const Slot& slot : stream.Slots({0, kImages * kEpochs})) {
    ++counts[slot.position % kImages][slot.image];
  }
  // 800 expected with a standard deviation of 25.
  for (const auto& place : counts) {
    for (const int64_t count : place) {
      EXPECT_NEAR(count, kEpochs / kImages, 125);
    }
  }
}

TEST(OrderTest, RanksShareABatchWithoutGapOrOverlap) {
  for (const int world : {1, 2, 3, 4, 7, 16}) {
    for (const int64_t step : {0, 1, 5}) {
      const PositionRange batch = StreamBatch(step, 10);
      EXPECT_EQ(batch, (PositionRange{10 * step, 10 * step + 10}));
      int64_t next = batch.begin;
      for (int rank = 0; rank < world; ++rank) {
        const PositionRange share = RankShare(batch, rank, world);
        EXPECT_EQ(share.begin, next);
        EXPECT_GE(share.size(), 10 / world);
        EXPECT_LE(share.size(), (10 + world - 1) / world);
        next = share.end;
      }
      EXPECT_EQ(next, batch.end);
    }
  }
}

TEST(OrderTest, TheGlobalBatchIsTheSameForAnyWorld) {
  const ShuffledStream stream(1, 9);
  for (int64_t step = 0; step < 6; ++step) {
    const PositionRange batch = StreamBatch(step, 4);
    const std::vector<Slot> alone = stream.Slots(batch);
    for (const int world : {2, 4}) {
      std::vector<Slot> together;
      for (int rank = 0; rank < world; ++rank) {
        // Every rank is a process with a stream of its own.
        const ShuffledStream own(1, 9);
        for (const Slot& slot : own.Slots(RankShare(batch, rank, world))) {
          together.push_back(slot);
        }
      }
      EXPECT_EQ(together, alone);
    }
  }
}

TEST(OrderTest, APassHoldsEveryImageOnce) {
  EXPECT_EQ(PassSteps(10, 4), 3);
  EXPECT_EQ(PassSteps(8, 4), 2);
  EXPECT_EQ(PassSteps(0, 4), 0);
  for (const int world : {1, 2, 4}) {
    std::vector<int64_t> images;
    for (int64_t step = 0; step < PassSteps(10, 4); ++step) {
      for (int rank = 0; rank < world; ++rank) {
        for (const Slot& slot :
             PassSlots(RankShare(PassBatch(step, 4, 10), rank, world))) {
          EXPECT_EQ(slot.position, slot.image);
          EXPECT_EQ(slot.epoch, 0);
          images.push_back(slot.image);
        }
      }
    }
    EXPECT_EQ(images, Counting(10));
  }
}

// Two images for four ranks: ranks 1 and 3 get one each.
TEST(OrderTest, ASmallLastBatchLeavesSomeRanksWithoutWork) {
  std::vector<int64_t> sizes;
  for (int rank = 0; rank < 4; ++rank) {
    sizes.push_back(RankShare(PassBatch(2, 4, 10), rank, 4).size());
  }
  EXPECT_THAT(sizes, ElementsAre(0, 1, 0, 1));
  EXPECT_EQ(PassBatch(3, 4, 10).size(), 0);
}

TEST(OrderDeathTest, WhatCannotBeIsAProgrammersError) {
  EXPECT_DEATH(ShuffledStream(1, 0), "a stream of 0 images");
  EXPECT_DEATH(RankShare({0, 4}, 2, 2), "rank 2 of 2");
  EXPECT_DEATH(StreamBatch(-1, 4), "-1, 4");
}

}  // namespace
}  // namespace cxr
