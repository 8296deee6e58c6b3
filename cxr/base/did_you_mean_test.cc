// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/did_you_mean.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(DidYouMeanTest, EachKindOfStepCountsOnce) {
  EXPECT_EQ(Nearest("epoch", {"steps", "epochs"}), "epochs");
  EXPECT_EQ(Nearest("epochss", {"steps", "epochs"}), "epochs");
  EXPECT_EQ(Nearest("epocks", {"steps", "epochs"}), "epochs");
  EXPECT_EQ(Nearest("NIH46", {"NIH14", "NIH64"}), "NIH64");
}

TEST(DidYouMeanTest, CaseAndDashesDoNotCountAndWin) {
  EXPECT_EQ(Nearest("Batch-Size", {"batch_sizes", "batch_size"}), "batch_size");
  EXPECT_EQ(Nearest("batchsize", {"batchsizes", "batch_size"}), "batch_size");
}

TEST(DidYouMeanTest, OfEqualsTheFirst) {
  EXPECT_EQ(Nearest("cat", {"car", "bat"}), "car");
}

TEST(DidYouMeanTest, NothingNearIsEmpty) {
  EXPECT_EQ(Nearest("momentum", {"epochs", "steps"}), "");
  EXPECT_EQ(Nearest("lr", {"mr", "rl"}), "");
  EXPECT_EQ(Nearest("", {"a"}), "");
  EXPECT_EQ(Nearest("abc", {}), "");
}

TEST(DidYouMeanTest, StepsAllowedGrowWithTheWord) {
  EXPECT_EQ(Nearest("abcd", {"abxy"}), "");
  EXPECT_EQ(Nearest("abcde", {"abcxy"}), "abcxy");
  EXPECT_EQ(Nearest("abcdefghi", {"abcdefxyz"}), "abcdefxyz");
  EXPECT_EQ(Nearest("abcdefghi", {"abcdewxyz"}), "");
}

TEST(DidYouMeanTest, VeryLongWordsCostNothing) {
  const std::string long_word(1 << 20, 'a');
  EXPECT_EQ(Nearest(long_word, {long_word + "b"}), "");
  EXPECT_EQ(Nearest("aaaa", {long_word}), "");
}

TEST(DidYouMeanTest, WhatIsNotThereIsNamedWithItsNeighbours) {
  EXPECT_EQ(NotThere("rung", "dmeo", {"paper", "demo"}),
            "no rung 'dmeo'; did you mean 'demo'?");
  EXPECT_EQ(NotThere("rung", "huge", {"paper", "demo"}),
            "no rung 'huge'; there are: paper, demo");
  EXPECT_EQ(NotThere("table", "x", {}), "no table 'x'; there is none");
  std::vector<std::string> many(42, "name");
  EXPECT_THAT(NotThere("table", "x", many), HasSubstr("name and 2 more"));
}

}  // namespace
}  // namespace cxr
