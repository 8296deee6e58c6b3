// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/share.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(ShareTest, DivisorsShareEvenly) {
  for (const int world : {1, 2, 3, 4, 6, 12}) {
    EXPECT_OK(CheckShare(12, world)) << world;
  }
}

TEST(ShareTest, OthersAreToldWhichNumbersDo) {
  EXPECT_THAT(CheckShare(12, 5),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("5 processes"), HasSubstr("12 groups"),
                             HasSubstr("1, 2, 3, 4, 6, 12 processes"))));
}

TEST(ShareTest, ThereAreNoMoreProcessesThanGroups) {
  EXPECT_THAT(CheckShare(1, 2), StatusIs(absl::StatusCode::kInvalidArgument,
                                         HasSubstr("one of 1 processes")));
}

}  // namespace
}  // namespace cxr
