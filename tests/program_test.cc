// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "cxr/base/digest.h"
#include "cxr/base/testing.h"

namespace cxr::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(ProgramTest, TheTwoOutputsAndTheExitCodeAreApart) {
  const ProgramResult result = RunApart("echo a; echo b >&2; exit 3");
  EXPECT_EQ(result.out, "a\n");
  EXPECT_EQ(result.err, "b\n");
  EXPECT_EQ(result.exit_code, 3);
}

TEST(ProgramTest, ASignalIsAnExitCode) {
  EXPECT_EQ(RunApart("sh -c 'kill -9 $$'").exit_code, 137);
}

TEST(ProgramTest, ACommandNamesThePlacesFolders) {
  Workplace place;
  EXPECT_EQ(place.Command("lint x"), "tools/cxr lint x");
  EXPECT_EQ(place.Command("run x"),
            absl::StrCat("tools/cxr run --store=", place.store(),
                         " --out=", place.out(), " x"));
  const std::string store = absl::StrCat(" --store=", place.store());
  EXPECT_EQ(place.Command("status 3"),
            absl::StrCat("tools/cxr status", store, " 3"));
  place.CopyRoot();
  EXPECT_EQ(place.Command("gc"), absl::StrCat("tools/cxr gc", store));
  EXPECT_EQ(
      place.Command("plan x"),
      absl::StrCat("tools/cxr plan", store, " --root=", place.root(), " x"));
  EXPECT_THAT(place.Command("lint"),
              EndsWith(absl::StrCat(" --root=", place.root())));
}

TEST(ProgramTest, ACopiedRootHoldsTheSameSpecsAndCanBeChanged) {
  Workplace place;
  place.CopyRoot();
  const std::string rungs = place.Copied("experiments/rungs.textproto");
  EXPECT_EQ(Contents(rungs), Contents("experiments/rungs.textproto"));
  EXPECT_FALSE(std::filesystem::is_symlink(rungs));
  Overwrite(rungs, "one two");
  ReplaceOnce(rungs, "two", "three");
  EXPECT_EQ(Contents(rungs), "one three");
}

// A stage of which the second attempt counts, and one that was never finished.
void WriteStore(const TempDir& dir) {
  for (const char* folder :
       {"stages/data/7/1", "stages/data/7/2", "stages/train/8/1", "runs/1"}) {
    std::filesystem::create_directories(dir.File(folder));
  }
  Overwrite(dir.File("stages/data/7/1/index.csv"), "half");
  Overwrite(dir.File("stages/data/7/2/index.csv"), "a");
  Overwrite(dir.File("stages/data/7/2/record.textproto"), "b");
  Overwrite(dir.File("stages/data/7/2/log"), "c");
  Overwrite(dir.File("stages/data/7/complete"),
            absl::StrCat("2 ", Sha256Hex("b"), "\n"));
  Overwrite(dir.File("stages/train/8/1/head_0.npy"), "half");
  Overwrite(dir.File("stages/train/8/lease"), "d");
  Overwrite(dir.File("runs/1/journal"), "e");
  Overwrite(dir.File("index"), "f");
  Overwrite(dir.File("lock"), "");
}

TEST(ProgramTest, ArtifactsAreThoseOfTheAttemptThatCounts) {
  const TempDir dir;
  WriteStore(dir);
  EXPECT_THAT(ArtifactsIn(dir.path()),
              UnorderedElementsAre(Pair("data/7/index.csv", Sha256Hex("a"))));
}

TEST(ProgramTest, CompleteStagesAndAttemptsAreCounted) {
  const TempDir dir;
  EXPECT_THAT(CompleteStages(dir.path()), IsEmpty());
  EXPECT_THAT(AttemptsIn(dir.path()), IsEmpty());
  WriteStore(dir);
  EXPECT_THAT(CompleteStages(dir.path()), ElementsAre("data/7"));
  EXPECT_THAT(AttemptsIn(dir.path()),
              ElementsAre(Pair("data/7", 2), Pair("train/8", 1)));
}

TEST(ProgramTest, AMarkerThatNamesAnotherRecordFailsTheTest) {
  const TempDir dir;
  WriteStore(dir);
  Overwrite(dir.File("stages/data/7/2/record.textproto"), "other");
  EXPECT_NONFATAL_FAILURE(CompleteStages(dir.path()), "stages/data/7");
}

TEST(ProgramTest, ExecutedStagesAreCountedByKind) {
  EXPECT_THAT(Executed("cxr: going on with run 1\n[1/3] train a\n"
                       "[2/3] train b\n[3/3] score a\ncxr: done\n"),
              ElementsAre(Pair("score", 1), Pair("train", 2)));
}

TEST(ProgramTest, LinesAreCountedOnce) {
  EXPECT_EQ(CountLines("a a\nb\na", "a"), 2);
  EXPECT_EQ(CountLines("", "a"), 0);
}

}  // namespace
}  // namespace cxr::tests
