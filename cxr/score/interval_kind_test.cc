// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/interval_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

TEST(IntervalKindTest, NamesLeadBack) {
  for (const metrics::IntervalKind kind :
       {metrics::IntervalKind::kPercentile, metrics::IntervalKind::kBasic,
        metrics::IntervalKind::kBca}) {
    ASSERT_OK_AND_ASSIGN(const metrics::IntervalKind back,
                         IntervalKindCalled(IntervalKindText(kind)));
    EXPECT_EQ(back, kind);
  }
  EXPECT_EQ(*IntervalKindCalled("bca"), metrics::IntervalKind::kBca);
}

TEST(IntervalKindTest, OtherNamesAreRefused) {
  EXPECT_THAT(IntervalKindCalled("normal"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::HasSubstr("found 'normal'")));
}

}  // namespace
}  // namespace cxr
