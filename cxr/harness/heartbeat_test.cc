// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/heartbeat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "cxr/base/testing.h"
#include "cxr/harness/store.h"

namespace cxr {
namespace {

class HeartbeatTest : public ::testing::Test {
 protected:
  HeartbeatTest() : lease_(*store_.Acquire("train", "abc", {})) {}

  spec::LeaseRecord Seen() const { return *store_.FindLease("train", "abc"); }

  // Waits until the lease tells of `progress`.
  bool IsTold(double progress) const {
    for (int i = 0; i < 500; ++i) {
      if (Seen().progress() == progress) {
        return true;
      }
      absl::SleepFor(absl::Milliseconds(10));
    }
    return false;
  }

  TempDir dir_;
  Store store_ = *Store::Open(dir_.File("store"));
  Lease lease_;
};

TEST_F(HeartbeatTest, ProgressIsToldAndNeverGoesBack) {
  Heartbeat heartbeat(store_, lease_, absl::Milliseconds(1));
  EXPECT_OK(heartbeat.Report(0.5));
  EXPECT_TRUE(IsTold(0.5));
  EXPECT_GE(Seen().beat(), 1);
  EXPECT_OK(heartbeat.Report(0.2));
  EXPECT_OK(heartbeat.Report(7));
  EXPECT_TRUE(IsTold(1));
}

TEST_F(HeartbeatTest, ItEndsWithoutWaitingForItsNextBeat) {
  const absl::Time begin = absl::Now();
  { const Heartbeat heartbeat(store_, lease_); }
  EXPECT_LT(absl::Now() - begin, absl::Seconds(2));
}

TEST_F(HeartbeatTest, WhoWasTakenOverIsTold) {
  Heartbeat heartbeat(store_, lease_, absl::Milliseconds(1));
  const spec::LeaseRecord seen = Seen();
  ASSERT_OK(store_.Acquire("train", "abc", {.gone = &seen}));
  absl::Status status;
  for (int i = 0; i < 500 && status.ok(); ++i) {
    status = heartbeat.Report(0.001 * i);
    absl::SleepFor(absl::Milliseconds(10));
  }
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted,
                               ::testing::HasSubstr("taken over")));
}

}  // namespace
}  // namespace cxr
