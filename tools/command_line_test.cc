// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CommandLineTest : public ::testing::Test {
  absl::FlagSaver saver_;
};

TEST_F(CommandLineTest, FlagsAndWordsMix) {
  ASSERT_OK_AND_ASSIGN(
      const CommandLine line,
      ParseCommandLine({"run", "--rung=smoke", "x", "--family", "scan42"}));
  EXPECT_THAT(line.words, ElementsAre("run", "x"));
  EXPECT_EQ(absl::GetFlag(FLAGS_rung), "smoke");
  EXPECT_EQ(absl::GetFlag(FLAGS_family), "scan42");
  EXPECT_THAT(line.flags, ElementsAre("rung", "family"));
  EXPECT_FALSE(line.help);
}

TEST_F(CommandLineTest, HelpIsAskedForAnywhere) {
  EXPECT_TRUE(ParseCommandLine({"run", "x", "--help"})->help);
  EXPECT_TRUE(ParseCommandLine({"-h"})->help);
}

TEST_F(CommandLineTest, MistakesAreErrors) {
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_THAT(ParseCommandLine({"--rang=smoke"}),
              StatusIs(kInvalid, HasSubstr("unknown flag --rang")));
  EXPECT_THAT(ParseCommandLine({"run", "--rung"}),
              StatusIs(kInvalid, "--rung needs a value"));
}

TEST_F(CommandLineTest, FlagsEndAtTwoDashes) {
  EXPECT_THAT(ParseCommandLine({"lint", "--", "--rung"})->words,
              ElementsAre("lint", "--rung"));
}

TEST_F(CommandLineTest, HelpShowsDefaultAndMeaning) {
  EXPECT_THAT(FlagHelp({"rung"}), HasSubstr("--rung=demo          How much"));
  EXPECT_THAT(FlagHelp({"store"}), HasSubstr("--store=DIR          Folder"));
}

}  // namespace
}  // namespace cxr
