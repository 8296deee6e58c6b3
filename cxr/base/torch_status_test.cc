// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/torch_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <memory_resource>
#include <string>
#include <vector>

#include "c10/util/Exception.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(TorchStatusTest, ValuesPassThrough) {
  ASSERT_OK_AND_ASSIGN(const int value, CatchTorch("step", [] { return 3; }));
  EXPECT_EQ(value, 3);
  int calls = 0;
  EXPECT_OK(CatchTorch("step", [&] { ++calls; }));
  EXPECT_EQ(calls, 1);
}

TEST(TorchStatusTest, MoveOnlyValuesPassThrough) {
  ASSERT_OK_AND_ASSIGN(
      const std::unique_ptr<int> value,
      CatchTorch("build", [] { return std::make_unique<int>(4); }));
  EXPECT_EQ(*value, 4);
}

TEST(TorchStatusTest, StatusesOfTheFunctionAreNotWrapped) {
  EXPECT_THAT(CatchTorch("load", [] { return absl::NotFoundError("gone"); }),
              StatusIs(absl::StatusCode::kNotFound, "gone"));
  const absl::StatusOr<int> value = CatchTorch(
      "load",
      []() -> absl::StatusOr<int> { return absl::DataLossError("torn"); });
  EXPECT_THAT(value, StatusIs(absl::StatusCode::kDataLoss, "torn"));
}

TEST(TorchStatusTest, TorchsOwnErrorsGetTheirCodes) {
  using Code = absl::StatusCode;
  EXPECT_THAT(
      CatchTorch("a", [] { TORCH_CHECK_WITH(OutOfMemoryError, false, "x"); }),
      StatusIs(Code::kResourceExhausted, StartsWith("a: x")));
  EXPECT_THAT(CatchTorch("a", [] { TORCH_CHECK_INDEX(false, "x"); }),
              StatusIs(Code::kInvalidArgument, StartsWith("a: x")));
  EXPECT_THAT(CatchTorch("a", [] { TORCH_CHECK_VALUE(false, "x"); }),
              StatusIs(Code::kInvalidArgument, StartsWith("a: x")));
  EXPECT_THAT(CatchTorch("a", [] { TORCH_CHECK_TYPE(false, "x"); }),
              StatusIs(Code::kInvalidArgument, StartsWith("a: x")));
  EXPECT_THAT(CatchTorch("a", [] { TORCH_CHECK_NOT_IMPLEMENTED(false, "x"); }),
              StatusIs(Code::kUnimplemented, StartsWith("a: x")));
}

TEST(TorchStatusTest, OtherTorchErrorsAreInternalWithoutBacktrace) {
  EXPECT_THAT(CatchTorch("forward", [] { TORCH_CHECK(1 > 2, "shape ", 7); }),
              StatusIs(absl::StatusCode::kInternal,
                       AllOf(StartsWith("forward: shape 7"),
                             Not(HasSubstr("frame #")))));
}

// The library throws these; the project's own code never does.
TEST(TorchStatusTest, StandardExceptionsGetTheirCodes) {
  EXPECT_THAT(CatchTorch("a", [] { std::vector<int>().at(1); }),
              StatusIs(absl::StatusCode::kInternal, StartsWith("a: ")));
  // A memory that is always full.
  const auto exhaust = [] {
    return std::pmr::vector<char>(1, std::pmr::null_memory_resource()).size();
  };
  EXPECT_THAT(
      CatchTorch("a", exhaust),
      StatusIs(absl::StatusCode::kResourceExhausted, "a: out of memory"));
}

}  // namespace
}  // namespace cxr
