// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/regex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

TEST(RegexTest, MatchesTheWholeText) {
  EXPECT_TRUE(*FullMatch("classify_rsna_s", "classify_.*_s"));
  EXPECT_FALSE(*FullMatch("classify_rsna_s_x", "classify_.*_s"));
}

TEST(RegexTest, BrokenPatternIsAnError) {
  EXPECT_THAT(FullMatch("x", "(x"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::HasSubstr("'(x' is not a pattern")));
}

TEST(RegexTest, ManyTextsAreMatchedOneByOne) {
  ASSERT_OK_AND_ASSIGN(const std::vector<bool> matches,
                       FullMatches({"a1", "b1", "a12"}, "a[0-9]"));
  EXPECT_EQ(matches, std::vector<bool>({true, false, false}));
  EXPECT_FALSE(FullMatches({}, "(").ok());
}

}  // namespace
}  // namespace cxr
