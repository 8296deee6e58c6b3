// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/pulse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "absl/time/clock.h"
#include "cxr/base/testing.h"
#include "torch/csrc/distributed/c10d/HashStore.hpp"

namespace cxr {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kPeriod = absl::Milliseconds(200);

TEST(PulseTest, SaysWhoDoesNotAnswerAndWhoIsLate) {
  const auto store = c10::make_intrusive<c10d::HashStore>();
  Pulse own(store, 0, kPeriod);
  Pulse late(store, 1, kPeriod);
  Pulse ahead(store, 2, kPeriod);
  auto dead = std::make_unique<Pulse>(store, 3, kPeriod);
  EXPECT_EQ(own.BeginCall(), 1);
  EXPECT_EQ(own.BeginCall(), 2);
  late.BeginCall();
  for (int i = 0; i < 3; ++i) ahead.BeginCall();
  dead.reset();
  // Rank 4 never said anything.
  EXPECT_EQ(
      DescribeMissing(
          *store,
          {.rank = 0, .world = 5, .call = own.calls(), .period = kPeriod}),
      "rank 1 lives, but has come to call 1 of 2 only; rank 3 does not "
      "answer; rank 4 does not answer");
}

TEST(PulseTest, NobodyIsMissingIfAllBeat) {
  const auto store = c10::make_intrusive<c10d::HashStore>();
  const Pulse own(store, 0, kPeriod);
  const Pulse other(store, 1, kPeriod);
  EXPECT_EQ(DescribeMissing(
                *store, {.rank = 0, .world = 2, .call = 0, .period = kPeriod}),
            "all ranks answer");
}

TEST(PulseWatchTest, MissesWhoFallsSilent) {
  const auto store = c10::make_intrusive<c10d::HashStore>();
  const Pulse own(store, 0, kPeriod);
  auto other = std::make_unique<Pulse>(store, 1, kPeriod);
  PulseWatch watch(store, 0, 2);
  const absl::Duration patience = 10 * kPeriod;
  for (int i = 0; i < 3; ++i) {
    EXPECT_OK(watch.Listen(patience));
    absl::SleepFor(2 * kPeriod);
  }
  other.reset();
  for (int i = 0; i < 5; ++i) {
    EXPECT_OK(watch.Listen(patience));
    absl::SleepFor(2 * kPeriod);
  }
  absl::SleepFor(kPeriod);
  EXPECT_THAT(watch.Listen(patience),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("rank 1 has said nothing for 2s")));
}

TEST(PulseWatchTest, MissesWhoNeverSaidAnything) {
  const auto store = c10::make_intrusive<c10d::HashStore>();
  const Pulse own(store, 0, kPeriod);
  PulseWatch watch(store, 0, 2);
  const absl::Duration patience = 5 * kPeriod;
  for (int i = 0; i < 3; ++i) {
    EXPECT_OK(watch.Listen(patience));
    absl::SleepFor(2 * kPeriod);
  }
  EXPECT_THAT(watch.Listen(patience), StatusIs(absl::StatusCode::kUnavailable,
                                               HasSubstr("rank 1 has said")));
}

TEST(PulseWatchTest, ForgivesASilenceThatItDidNotListenTo) {
  const auto store = c10::make_intrusive<c10d::HashStore>();
  const Pulse own(store, 0, kPeriod);
  PulseWatch watch(store, 0, 2);
  absl::SleepFor(3 * kPeriod);
  EXPECT_OK(watch.Listen(2 * kPeriod));
}

TEST(PulseTest, EndsWithoutWaitingForTheNextBeat) {
  const auto store = c10::make_intrusive<c10d::HashStore>();
  const auto start = std::chrono::steady_clock::now();
  { const Pulse pulse(store, 0, absl::Hours(1)); }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(1));
}

}  // namespace
}  // namespace cxr
