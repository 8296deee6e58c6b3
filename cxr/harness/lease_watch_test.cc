// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/lease_watch.h"

#include <gtest/gtest.h>

#include "cxr/harness/process_name.h"

namespace cxr {
namespace {

spec::LeaseRecord LeaseOf(const spec::ProcessName& owner, int64_t beat) {
  spec::LeaseRecord lease;
  lease.set_token(1);
  lease.set_beat(beat);
  *lease.mutable_owner() = owner;
  return lease;
}

spec::ProcessName Foreign() {
  spec::ProcessName name = ThisProcess();
  name.set_machine("elsewhere@boot@pid:[1]");
  return name;
}

TEST(LeaseWatchTest, AForeignOwnerIsGoneAfterSilence) {
  LeaseWatch watch(absl::Seconds(10));
  const absl::Duration begin = absl::Hours(5);
  EXPECT_FALSE(watch.IsGone("a", LeaseOf(Foreign(), 3), begin));
  EXPECT_FALSE(
      watch.IsGone("a", LeaseOf(Foreign(), 3), begin + absl::Seconds(9)));
  EXPECT_TRUE(
      watch.IsGone("a", LeaseOf(Foreign(), 3), begin + absl::Seconds(10)));
}

TEST(LeaseWatchTest, ABeatOrASuccessorEndsTheSilence) {
  LeaseWatch watch(absl::Seconds(10));
  EXPECT_FALSE(watch.IsGone("a", LeaseOf(Foreign(), 3), absl::Seconds(0)));
  EXPECT_FALSE(watch.IsGone("a", LeaseOf(Foreign(), 4), absl::Seconds(20)));
  EXPECT_FALSE(watch.IsGone("a", LeaseOf(Foreign(), 4), absl::Seconds(29)));
  spec::LeaseRecord successor = LeaseOf(Foreign(), 4);
  successor.set_token(2);
  EXPECT_FALSE(watch.IsGone("a", successor, absl::Seconds(31)));
  EXPECT_TRUE(watch.IsGone("a", successor, absl::Seconds(41)));
}

TEST(LeaseWatchTest, StagesAreWatchedApart) {
  LeaseWatch watch(absl::Seconds(10));
  EXPECT_FALSE(watch.IsGone("a", LeaseOf(Foreign(), 3), absl::Seconds(0)));
  EXPECT_FALSE(watch.IsGone("b", LeaseOf(Foreign(), 3), absl::Seconds(11)));
}

TEST(LeaseWatchTest, ADeadOwnerOnThisMachineIsGoneAtOnce) {
  spec::ProcessName dead = ThisProcess();
  dead.set_start_ticks(dead.start_ticks() - 1);
  EXPECT_TRUE(LeaseWatch().IsGone("a", LeaseOf(dead, 0), SteadyNow()));
  EXPECT_FALSE(
      LeaseWatch().IsGone("a", LeaseOf(ThisProcess(), 0), SteadyNow()));
}

TEST(LeaseWatchTest, SteadyTimeGoesOn) {
  const absl::Duration before = SteadyNow();
  EXPECT_GT(before, absl::ZeroDuration());
  EXPECT_GE(SteadyNow(), before);
}

}  // namespace
}  // namespace cxr
