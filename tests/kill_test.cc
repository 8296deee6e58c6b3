// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Power cuts, killed drivers and two programs on one store: whatever happens,
// what is in the store is whole, and the table comes out the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <map>
#include <optional>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/background.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

using ::testing::_;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

constexpr char kSmoke[] = "run table_nih_cxr8 --rung=smoke";
constexpr int kKilled = 128 + 9;
constexpr int kKills = 15;
constexpr int kDriverKills = 4;

int CountComplete(const std::string& store) {
  return static_cast<int>(CompleteStages(store).size());
}

// Kills the run and all that it has started, as a power cut does.
ProgramResult RunAndKill(const Workplace& place, double seconds) {
  Background run(place.Command(kSmoke));
  const std::optional<ProgramResult> early = run.Wait(absl::Seconds(seconds));
  if (early.has_value()) {
    return *early;
  }
  run.SignalGroup(SIGKILL);
  EXPECT_TRUE(WaitUntil([&] { return run.Living() == 0; }));
  return *run.Wait(absl::InfiniteDuration());
}

// What a run that nothing disturbs gives, and how long it takes.
struct WholeRun {
  ProgramResult result = {};
  double seconds = 0;
  int stages = 0;
  std::map<std::string, std::string> artifacts = {};
};

const WholeRun& Undisturbed() {
  static const WholeRun whole = [] {
    const Workplace place;
    WholeRun run;
    const absl::Time begin = absl::Now();
    run.result = place.Run(kSmoke);
    run.seconds = absl::ToDoubleSeconds(absl::Now() - begin);
    run.stages = CountComplete(place.store());
    run.artifacts = ArtifactsIn(place.store());
    return run;
  }();
  return whole;
}

TEST(KillTest, AKilledRunGoesOnToTheSameTable) {
  const WholeRun& whole = Undisturbed();
  ASSERT_EQ(whole.result.exit_code, kSmokeExit) << whole.result.err;
  // The moments cover the run's length evenly, each with a random part of its
  // own. A run is killed again and again until it ends before its moment.
  std::mt19937_64 random(20260101);
  std::uniform_real_distribution<double> part(0, 1);
  int kills = 0;
  int kills_halfway = 0;
  int attempts = 0;
  for (int round = 0; kills < kKills && round < 3 * kKills; ++round) {
    const Workplace place;
    int finished = 0;
    ProgramResult result{.exit_code = kKilled};
    while (result.exit_code == kKilled) {
      const double moment =
          whole.seconds * (attempts++ % kKills + part(random)) / kKills;
      result = RunAndKill(place, moment);
      const int before = finished;
      finished = CountComplete(place.store());
      EXPECT_GE(finished, before);
      kills += result.exit_code == kKilled ? 1 : 0;
      kills_halfway += finished > before && finished < whole.stages ? 1 : 0;
    }
    EXPECT_EQ(result.exit_code, kSmokeExit) << result.err;
    EXPECT_THAT(result.err, Not(HasSubstr("damaged")));
    EXPECT_EQ(result.out, whole.result.out);
    EXPECT_EQ(Contents(place.out() + "/table_nih_cxr8.md"), whole.result.out);
    EXPECT_EQ(ArtifactsIn(place.store()), whole.artifacts);
  }
  EXPECT_GE(kills, kKills);
  EXPECT_GE(kills_halfway, 3);
}

// Whoever kills the program by its number leaves what it has started.
TEST(KillTest, WhatADeadDriverStartedIsFinishedOnce) {
  const WholeRun& whole = Undisturbed();
  std::mt19937_64 random(20260102);
  std::uniform_real_distribution<double> part(0, 1);
  int kills = 0;
  // A machine that was busy before is faster now: earlier, if a run was over.
  double seconds = whole.seconds;
  for (int round = 0; round < kDriverKills || (kills < 2 && round < 20);
       ++round) {
    const Workplace place;
    Background run(place.Command(kSmoke));
    const double moment =
        seconds * (round % kDriverKills + part(random)) / kDriverKills;
    if (!run.Wait(absl::Seconds(moment)).has_value()) {
      run.Signal(SIGKILL);
      EXPECT_EQ(run.Wait(absl::InfiniteDuration())->exit_code, kKilled);
      ++kills;
    } else {
      seconds *= 0.6;
    }
    const ProgramResult next = place.Run(kSmoke);
    EXPECT_EQ(next.exit_code, kSmokeExit) << next.err;
    EXPECT_EQ(next.out, whole.result.out);
    EXPECT_TRUE(WaitUntil([&] { return run.Living() == 0; }));
    EXPECT_EQ(CountComplete(place.store()), whole.stages);
    EXPECT_EQ(ArtifactsIn(place.store()), whole.artifacts);
    EXPECT_THAT(AttemptsIn(place.store()), Each(Pair(_, 1))) << next.err;
  }
  EXPECT_GE(kills, 2);
}

TEST(KillTest, TwoRunsAtOnceShareOneStore) {
  const WholeRun& alone = Undisturbed();
  for (int round = 0; round < 2; ++round) {
    const Workplace place;
    const std::string run = place.Command(kSmoke);
    const ProgramResult both =
        RunApart(absl::StrCat(run, " >", place.File("a"), " & ", run, " >",
                              place.File("b"), "; b=$?; wait $!; echo $? $b"));
    EXPECT_EQ(both.out, absl::StrCat(kSmokeExit, " ", kSmokeExit, "\n"))
        << both.err;
    EXPECT_EQ(Contents(place.File("a")), alone.result.out);
    EXPECT_EQ(Contents(place.File("b")), alone.result.out);
    EXPECT_EQ(CountComplete(place.store()), alone.stages);
    EXPECT_EQ(ArtifactsIn(place.store()), alone.artifacts);
    // Each was executed by one of the two.
    EXPECT_THAT(AttemptsIn(place.store()), Each(Pair(_, 1)));
  }
}

}  // namespace
}  // namespace cxr::tests
