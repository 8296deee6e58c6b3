// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/parallel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::Each;

TEST(ParallelTest, RunsEveryIndexOnce) {
  for (const int threads : {1, 2, 7}) {
    std::vector<int> calls(100, 0);
    EXPECT_OK(ParallelFor(100, threads, [&](int64_t i) {
      ++calls[i];
      return absl::OkStatus();
    }));
    EXPECT_THAT(calls, Each(1)) << threads << " threads";
  }
}

TEST(ParallelTest, ReportsTheSmallestFailedIndex) {
  for (const int threads : {1, 4}) {
    EXPECT_THAT(ParallelFor(1000, threads,
                            [](int64_t i) {
                              return i >= 40 ? absl::DataLossError(
                                                   absl::StrCat("row ", i))
                                             : absl::OkStatus();
                            }),
                StatusIs(absl::StatusCode::kDataLoss, "row 40"))
        << threads << " threads";
  }
}

TEST(ParallelTest, NothingToDoIsOk) {
  EXPECT_OK(ParallelFor(
      0, 3, [](int64_t) { return absl::InternalError("never called"); }));
}

}  // namespace
}  // namespace cxr
