// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/source_plan.h"

#include <gtest/gtest.h>

#include <string>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr::synth {
namespace {

TEST(SourcePlanTest, TextFileHoldsItsTextEachTimeItIsMade) {
  const PlannedFile file = TextFile("a/b.csv", "x,y\n");
  EXPECT_EQ(file.path, "a/b.csv");
  for (int i = 0; i < 2; ++i) {
    ASSERT_OK_AND_ASSIGN(const std::string bytes, file.make());
    EXPECT_EQ(bytes, "x,y\n");
  }
}

TEST(SourcePlanTest, TextFileCalledGzIsCompressed) {
  const std::string text(10'000, 'a');
  const PlannedFile file = TextFile("a.csv.gz", text);
  EXPECT_EQ(file.path, "a.csv.gz");
  ASSERT_OK_AND_ASSIGN(const std::string bytes, file.make());
  EXPECT_LT(bytes.size(), 1'000u);
  ASSERT_OK_AND_ASSIGN(const std::string again, file.make());
  EXPECT_EQ(again, bytes);
  const TempDir folder;
  ASSERT_OK(WriteNewFile(folder.File("a.csv.gz"), bytes));
  const CommandResult unpacked =
      RunCommand("gzip -dc '" + folder.File("a.csv.gz") + "'");
  EXPECT_EQ(unpacked.exit_code, 0);
  EXPECT_EQ(unpacked.output, text);
}

}  // namespace
}  // namespace cxr::synth
