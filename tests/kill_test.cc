// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Power cuts and two programs on one store: whatever happens, what is in the
// store is whole, and the table comes out the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/digest.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

constexpr char kSmoke[] = "run table_classification --rung=smoke";
constexpr int kKilled = 128 + 9;
constexpr int kTimeout = 124;  // Of timeout(1).
constexpr int kKills = 15;

// Every STAGE/ID folder has a record and the marker with its digest; returns
// how many there are.
int CheckStore(const std::string& store) {
  int finished = 0;
  for (const char* stage : {"data", "features", "train", "predict", "score"}) {
    const std::string folder = absl::StrCat(store, "/", stage);
    if (!fs::exists(folder)) {
      continue;
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string path = entry.path().string();
      EXPECT_EQ(Contents(path + "/complete"),
                Sha256Hex(Contents(path + "/record.textproto")) + "\n")
          << path;
      ++finished;
    }
  }
  EXPECT_FALSE(fs::exists(store + "/damaged"));
  return finished;
}

ProgramResult RunAndKill(const Workplace& place, double seconds) {
  ProgramResult result = RunApart(absl::StrFormat(
      "timeout --foreground -s KILL %.3f %s", seconds, place.Command(kSmoke)));
  if (result.exit_code == kTimeout) {
    result.exit_code = kKilled;  // It ended just as the signal was sent.
  }
  return result;
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
    run.stages = CheckStore(place.store());
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
      finished = CheckStore(place.store());
      EXPECT_GE(finished, before);
      kills += result.exit_code == kKilled ? 1 : 0;
      kills_halfway += finished > before && finished < whole.stages ? 1 : 0;
    }
    EXPECT_EQ(result.exit_code, kSmokeExit) << result.err;
    EXPECT_THAT(result.err, Not(HasSubstr("damaged")));
    EXPECT_EQ(result.out, whole.result.out);
    EXPECT_EQ(Contents(place.out() + "/table_classification.md"),
              whole.result.out);
    EXPECT_EQ(ArtifactsIn(place.store()), whole.artifacts);
  }
  EXPECT_GE(kills, kKills);
  EXPECT_GE(kills_halfway, 3);
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
    EXPECT_EQ(CheckStore(place.store()), alone.stages);
    EXPECT_EQ(ArtifactsIn(place.store()), alone.artifacts);
    EXPECT_TRUE(fs::is_empty(place.store() + "/tmp"));
  }
}

}  // namespace
}  // namespace cxr::tests
