// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Shown(Progress::Style style) {
  const TempDir dir;
  std::FILE* stream = std::fopen(dir.File("out").c_str(), "w");
  Progress progress(stream, style);
  progress.Start(2);
  progress.Begin("data one");
  progress.Finished(1);
  progress.Begin("features one");
  progress.Show("features one", 0.5, 0.75);
  progress.Say("a remark");
  progress.Finished(2);
  progress.End();
  std::fclose(stream);
  return *ReadFile(dir.File("out"));
}

TEST(ProgressTest, PlainIsOneLineAStage) {
  EXPECT_EQ(Shown(Progress::Style::kPlain),
            "[1/2] data one\n[2/2] features one\ncxr: a remark\n");
}

TEST(ProgressTest, ATerminalsLineIsRewrittenWithTheTimeLeft) {
  const std::string shown = Shown(Progress::Style::kTerminal);
  EXPECT_THAT(shown, HasSubstr("\r[1/2] data one 0 %"));
  EXPECT_THAT(shown, HasSubstr("\r[2/2] features one 0 %, about 0.0 s left"));
  EXPECT_THAT(shown, HasSubstr("\rcxr: a remark\n"));
  EXPECT_THAT(shown, Not(HasSubstr("one\n")));
}

TEST(ProgressTest, AFileIsNoTerminal) {
  const TempDir dir;
  std::FILE* stream = std::fopen(dir.File("out").c_str(), "w");
  EXPECT_EQ(Progress::StyleOf(stream), Progress::Style::kPlain);
  std::fclose(stream);
}

}  // namespace
}  // namespace cxr
