// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/status_macros.h"

#include <gtest/gtest.h>

#include "absl/status/statusor.h"

namespace cxr {
namespace {

absl::StatusOr<int> Half(int value) {
  if (value % 2 != 0) {
    return absl::InvalidArgumentError("odd");
  }
  return value / 2;
}

absl::StatusOr<int> Quarter(int value) {
  CXR_ASSIGN_OR_RETURN(const int half, Half(value));
  CXR_ASSIGN_OR_RETURN(const int quarter, Half(half));
  return quarter;
}

absl::Status OnlyEven(int value) {
  CXR_RETURN_IF_ERROR(Annotate(Half(value).status(), "halving"));
  return absl::OkStatus();
}

TEST(StatusMacrosTest, AssignsOrReturns) {
  EXPECT_EQ(*Quarter(8), 2);
  EXPECT_EQ(Quarter(6).status().message(), "odd");
}

TEST(StatusMacrosTest, AnnotateKeepsTheCodeAndLeadsWithTheContext) {
  EXPECT_TRUE(OnlyEven(2).ok());
  EXPECT_EQ(OnlyEven(3), absl::InvalidArgumentError("halving: odd"));
}

}  // namespace
}  // namespace cxr
