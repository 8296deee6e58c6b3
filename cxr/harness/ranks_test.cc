// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/ranks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// Processes that hold the writing end of this pipe live.
class Lives {
 public:
  Lives() { EXPECT_EQ(pipe(ends_), 0); }
  ~Lives() { close(ends_[0]); }

  void Tell() const { EXPECT_EQ(write(ends_[1], "x", 1), 1); }
  // Of the process that listens: from here on only others hold it.
  void Listen() const { close(ends_[1]); }
  // Waits for a word; false if all have ended instead.
  bool Hear() const {
    char word = 0;
    return read(ends_[0], &word, 1) == 1;
  }

 private:
  int ends_[2] = {};
};

absl::Status Sleep() {
  absl::SleepFor(absl::Seconds(100));
  return absl::OkStatus();
}

// What is said of the ranks once there is something to say.
absl::Status CauseOnceKnown(Ranks& ranks) {
  const absl::Status mine = absl::UnavailableError("a rank does not answer");
  absl::Status cause = mine;
  while (cause == mine) {
    absl::SleepFor(absl::Milliseconds(2));
    cause = ranks.CauseOf(mine);
  }
  return cause;
}

TEST(RanksTest, TheErrorOfARankIsTheCause) {
  Ranks ranks;
  ASSERT_OK(ranks.Start(3, [](int rank) {
    return rank == 2 ? absl::DataLossError("a broken file") : Sleep();
  }));
  EXPECT_EQ(CauseOnceKnown(ranks),
            absl::DataLossError("rank 2: a broken file"));
}

TEST(RanksTest, ASignalIsTheCause) {
  Ranks ranks;
  ASSERT_OK(ranks.Start(2, [](int) {
    raise(SIGKILL);
    return absl::OkStatus();
  }));
  EXPECT_THAT(CauseOnceKnown(ranks),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("rank 1: its process was ended by signal 9")));
}

TEST(RanksTest, WhoMissesNobodyHasACauseOfItsOwn) {
  Ranks ranks;
  ASSERT_OK(ranks.Start(2, [](int) { return absl::DataLossError("broken"); }));
  EXPECT_EQ(ranks.CauseOf(absl::OutOfRangeError("nan")),
            absl::OutOfRangeError("nan"));
  EXPECT_EQ(Ranks().CauseOf(absl::UnavailableError("no room")),
            absl::UnavailableError("no room"));
}

TEST(RanksTest, RanksAreEndedWithTheirObject) {
  const Lives lives;
  {
    Ranks ranks;
    ASSERT_OK(ranks.Start(3, [&](int) {
      lives.Tell();
      return Sleep();
    }));
    lives.Listen();
    EXPECT_TRUE(lives.Hear());
    EXPECT_TRUE(lives.Hear());
  }
  EXPECT_FALSE(lives.Hear());
}

TEST(RanksTest, RanksDoNotOutliveAKilledParent) {
  const Lives lives;
  const pid_t parent = fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    Ranks ranks;
    EXPECT_OK(ranks.Start(3, [&](int) {
      lives.Tell();
      return Sleep();
    }));
    Sleep().IgnoreError();
    _exit(0);
  }
  lives.Listen();
  EXPECT_TRUE(lives.Hear());
  EXPECT_TRUE(lives.Hear());
  kill(parent, SIGKILL);
  EXPECT_FALSE(lives.Hear());
  EXPECT_EQ(waitpid(parent, nullptr, 0), parent);
}

}  // namespace
}  // namespace cxr
