// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/failure_log.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

ImageFailure Failure(int64_t image) {
  return {image, absl::DataLossError(absl::StrCat(image, ".png: cut off"))};
}

TEST(FailureLogTest, OnlyWhatConcernsOneImageIsAnImageFailure) {
  EXPECT_TRUE(IsImageFailure(absl::DataLossError("")));
  EXPECT_TRUE(IsImageFailure(absl::NotFoundError("")));
  EXPECT_TRUE(IsImageFailure(absl::UnimplementedError("")));
  EXPECT_TRUE(IsImageFailure(absl::DeadlineExceededError("")));
  EXPECT_FALSE(IsImageFailure(absl::OkStatus()));
  EXPECT_FALSE(IsImageFailure(absl::PermissionDeniedError("")));
  EXPECT_FALSE(IsImageFailure(absl::InternalError("")));
  EXPECT_FALSE(IsImageFailure(absl::ResourceExhaustedError("")));
  EXPECT_FALSE(IsImageFailure(absl::InvalidArgumentError("")));
}

TEST(FailureLogTest, OneImageCountsOnceHoweverOftenItFails) {
  FailureLog log(/*max_failures=*/1);
  for (int i = 0; i < 5; ++i) {
    EXPECT_OK(log.Add(Failure(3)));
  }
  EXPECT_EQ(log.failures(), 5);
  EXPECT_EQ(log.images(), 1);
  ASSERT_EQ(log.listed().size(), 1u);
  EXPECT_EQ(log.listed()[0].image, 3);
  EXPECT_EQ(log.listed()[0].status.message(), "3.png: cut off");
}

TEST(FailureLogTest, OneImageTooManyIsAnError) {
  FailureLog log(/*max_failures=*/2);
  EXPECT_OK(log.Add(Failure(3)));
  EXPECT_OK(log.Add(Failure(4)));
  EXPECT_THAT(log.Add(Failure(9)),
              StatusIs(absl::StatusCode::kDataLoss,
                       "9.png: cut off: image 9 is 3 of at most 2 images that "
                       "may be unusable"));
}

TEST(FailureLogTest, ALongListIsCutOff) {
  FailureLog log(/*max_failures=*/1000);
  for (int i = 0; i < 500; ++i) {
    EXPECT_OK(log.Add(Failure(i)));
  }
  EXPECT_EQ(log.images(), 500);
  EXPECT_EQ(log.listed().size(), size_t{FailureLog::kMostListed});
  EXPECT_EQ(log.listed().back().image, FailureLog::kMostListed - 1);
}

}  // namespace
}  // namespace cxr
