// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/background.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

#include "absl/strings/str_cat.h"

namespace cxr::tests {
namespace {

constexpr absl::Duration kLong = absl::Seconds(30);

TEST(BackgroundTest, ItsOutputsAndItsExitCodeAreThoseOfTheProgram) {
  Background program("sh -c 'echo a; echo b >&2; exit 3'");
  const std::optional<ProgramResult> result = program.Wait(kLong);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->exit_code, 3);
  EXPECT_EQ(result->out, "a\n");
  EXPECT_EQ(result->err, "b\n");
  EXPECT_EQ(program.Living(), 0);
}

TEST(BackgroundTest, WhatRunsStillHasNoResult) {
  Background program("sleep 1000");
  EXPECT_FALSE(program.Wait(absl::Milliseconds(20)).has_value());
  EXPECT_TRUE(WaitUntil([&] { return program.Living() == 1; }));
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(kLong)->exit_code, 128 + SIGTERM);
}

TEST(BackgroundTest, ASignalReachesTheProgramOrItsGroup) {
  const TempDir dir;
  Background program(
      absl::StrCat("sh -c 'sleep 1000 & echo >", dir.File("up"), "; wait'"));
  ASSERT_TRUE(
      WaitUntil([&] { return std::filesystem::exists(dir.File("up")); }));
  EXPECT_EQ(program.Living(), 2);
  program.Signal(SIGKILL);
  EXPECT_EQ(program.Wait(kLong)->exit_code, 128 + SIGKILL);
  EXPECT_EQ(program.Living(), 1);
  program.SignalGroup(SIGKILL);
  EXPECT_TRUE(WaitUntil([&] { return program.Living() == 0; }));
}

TEST(BackgroundTest, WhoStartedWhomIsSeen) {
  Background program("sh -c 'sh -c \"sleep 1000 & sleep 1000; :\"; :'");
  EXPECT_TRUE(WaitUntil([&] { return program.Generation(2).size() == 2; }));
  EXPECT_EQ(program.Generation(1).size(), 1);
  EXPECT_EQ(program.Generation(0).size(), 1);
  EXPECT_TRUE(program.Generation(3).empty());
}

TEST(BackgroundTest, WaitingEndsWithTheAnswerOrThePatience) {
  int asked = 0;
  EXPECT_TRUE(WaitUntil([&] { return ++asked == 3; }));
  EXPECT_EQ(asked, 3);
  EXPECT_FALSE(WaitUntil([] { return false; }, absl::Milliseconds(10)));
}

}  // namespace
}  // namespace cxr::tests
