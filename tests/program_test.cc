// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "cxr/base/digest.h"
#include "cxr/base/testing.h"

namespace cxr::tests {
namespace {

using ::testing::EndsWith;
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
  place.CopyRoot();
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

TEST(ProgramTest, ArtifactsAreAllButRecordsMarkersAndRemains) {
  const TempDir dir;
  std::filesystem::create_directories(dir.File("data/7"));
  std::filesystem::create_directories(dir.File("tmp/7.1"));
  Overwrite(dir.File("tmp/7.1/index.csv"), "half");
  Overwrite(dir.File("data/7/index.csv"), "a");
  Overwrite(dir.File("data/7/record.textproto"), "b");
  Overwrite(dir.File("data/7/complete"), "c");
  EXPECT_THAT(ArtifactsIn(dir.path()),
              UnorderedElementsAre(Pair("data/7/index.csv", Sha256Hex("a"))));
}

TEST(ProgramTest, LinesAreCountedOnce) {
  EXPECT_EQ(CountLines("a a\nb\na", "a"), 2);
  EXPECT_EQ(CountLines("", "a"), 0);
}

}  // namespace
}  // namespace cxr::tests
