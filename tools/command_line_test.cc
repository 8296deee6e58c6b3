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

TEST_F(CommandLineTest, WhatWasGivenCanBeGivenAgain) {
  EXPECT_EQ(FlagsGiven({"rung", "strict_code"}), "");
  ASSERT_OK(ParseCommandLine(
      {"--rung=smoke", "--strict_code", "--max_parallel=3",
       "--accept_equivalent=it's the same", "--family=chexformer"}));
  EXPECT_EQ(FlagsGiven({"rung", "family", "strict_code", "max_parallel",
                        "accept_equivalent"}),
            " --rung=smoke --strict_code --max_parallel=3 "
            "'--accept_equivalent=it'\\''s the same'");
}

TEST_F(CommandLineTest, NumbersAreChecked) {
  EXPECT_THAT(ParseCommandLine({"--max_parallel=many"}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("--max_parallel: found 'many'")));
}

}  // namespace
}  // namespace cxr
