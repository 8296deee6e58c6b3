// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/stored_tensor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(StoredTensorTest, KindsHaveSizesAndNames) {
  EXPECT_EQ(SizeOf(ScalarKind::kFloat64), 8);
  EXPECT_EQ(SizeOf(ScalarKind::kInt32), 4);
  EXPECT_EQ(SizeOf(ScalarKind::kBfloat16), 2);
  EXPECT_EQ(SizeOf(ScalarKind::kBool), 1);
  EXPECT_EQ(ToString(ScalarKind::kFloat16), "float16");
  EXPECT_EQ(ToString(ScalarKind::kUint8), "uint8");
}

TEST(StoredTensorTest, IsShownByKindAndShape) {
  StoredTensor tensor = {.kind = ScalarKind::kInt64};
  EXPECT_EQ(ToString(tensor), "int64 ()");
  tensor.shape = {384, 3, 14};
  EXPECT_EQ(ToString(tensor), "int64 (384, 3, 14)");
}

TEST(StoredTensorTest, CountsNumbersWithoutOverflow) {
  ASSERT_OK_AND_ASSIGN(const int64_t one, CountOf({}, ScalarKind::kFloat32));
  EXPECT_EQ(one, 1);
  ASSERT_OK_AND_ASSIGN(const int64_t six, CountOf({2, 3}, ScalarKind::kBool));
  EXPECT_EQ(six, 6);
  const int64_t half = int64_t{1} << 62;
  EXPECT_OK(CountOf({half}, ScalarKind::kBool));
  EXPECT_THAT(CountOf({half}, ScalarKind::kInt16),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("counted")));
  EXPECT_THAT(CountOf({half, 4}, ScalarKind::kBool),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("counted")));
  EXPECT_THAT(CountOf({2, -1}, ScalarKind::kBool),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("-1")));
  ASSERT_OK_AND_ASSIGN(const int64_t none,
                       CountOf({half, 0}, ScalarKind::kBool));
  EXPECT_EQ(none, 0);
}

TEST(StoredTensorTest, QuotesOddTextShortly) {
  EXPECT_EQ(QuotedText("a\n\x80"), "\"a\\n\\x80\"");
  EXPECT_EQ(QuotedText(std::string(81, 'x')),
            "\"" + std::string(80, 'x') + "...\"");
}

}  // namespace
}  // namespace cxr
