// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/issue.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(IssueTest, ReadsLikeACompilersMessage) {
  EXPECT_EQ(ToString({.file = "a.textproto",
                      .line = 3,
                      .column = 7,
                      .field = "train.targets",
                      .message = "is empty"}),
            "a.textproto:3:7: error: train.targets: is empty");
  EXPECT_EQ(ToString({.file = "a.textproto", .message = "unreadable"}),
            "a.textproto:1:1: error: unreadable");
}

TEST(IssueTest, AStatusHoldsAllOfThem) {
  EXPECT_TRUE(ToStatus({}).ok());
  EXPECT_EQ(ToStatus({{.file = "a", .message = "x"}, {.file = "b"}}),
            absl::InvalidArgumentError("a:1:1: error: x\nb:1:1: error: "));
}

}  // namespace
}  // namespace cxr
