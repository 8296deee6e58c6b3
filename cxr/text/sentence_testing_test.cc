// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/sentence_testing.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(SentenceTestingTest, TakesASentenceApart) {
  const TestSentence test("no edema, small effusion");
  EXPECT_EQ(test.sentence().size(), 5);
  EXPECT_EQ(test.sentence().phrases().size(), 2);
  EXPECT_EQ(test.sentence().cues().size(), 1);
  EXPECT_EQ(test.Text({0, 3}), "no edema ,");
  EXPECT_EQ(test.Text({2, 2}), "");
}

}  // namespace
}  // namespace cxr
