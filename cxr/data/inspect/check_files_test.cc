// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/check_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// Images of growing width, every fifth damaged.
class Damaged : public Dataset {
 public:
  explicit Damaged(int images) {
    for (int i = 0; i < images; ++i) {
      index_.examples.push_back({.id = absl::StrCat("image", i)});
      rows_.push_back(i);
    }
  }

  const ImageIndex& index() const override { return index_; }
  const std::vector<int>& rows() const { return rows_; }

  absl::StatusOr<DecodedImage> Decode(int i) const override {
    if (i % 5 == 4) {
      return absl::DataLossError(absl::StrCat("image", i, ": torn"));
    }
    return DecodedImage{.facts = {.format = ImageFormat::kPng,
                                  .width = i + 1,
                                  .height = 3,
                                  .bits = i % 2 == 0 ? 8 : 16,
                                  .channels = 1,
                                  .photometric = "GRAY",
                                  .warning = i == 7 ? "odd" : ""}};
  }

  absl::StatusOr<std::string> LoadReport(int i) const override {
    if (i % 2 == 1) {
      return absl::NotFoundError("no report");
    }
    return std::string("report");
  }

 private:
  ImageIndex index_;
  std::vector<int> rows_;
};

TEST(CheckFilesTest, FailuresAreCountedToldAndPassedOver) {
  const Damaged dataset(200);
  for (const int threads : {1, 4}) {
    ASSERT_OK_AND_ASSIGN(
        const spec::FoundFiles files,
        CheckFiles(dataset, dataset.rows(), {.threads = threads}));
    EXPECT_EQ(files.decoded(), 160);
    EXPECT_EQ(files.failed(), 40);
    ASSERT_EQ(files.failures_size(), 20);
    EXPECT_EQ(files.failures(0).message(), "image4: torn");
    EXPECT_EQ(files.failures(19).image(), "image99");
    EXPECT_EQ(files.bits(0).count(), 80);
    EXPECT_EQ(files.widths().smallest(), 1);
    EXPECT_EQ(files.widths().largest(), 199);
    EXPECT_EQ(files.masks(), 0);
    EXPECT_EQ(files.reports(), 100);
    EXPECT_EQ(files.missing_reports(), 100);
    EXPECT_EQ(files.warned(), 1);
    ASSERT_EQ(files.warnings_size(), 1);
    EXPECT_EQ(files.warnings(0).image(), "image7");
    EXPECT_EQ(files.warnings(0).message(), "odd");
  }
}

TEST(CheckFilesTest, TooManyFailuresAreAnError) {
  const Damaged dataset(20);
  EXPECT_OK(CheckFiles(dataset, dataset.rows(), {.max_failures = 4}));
  EXPECT_THAT(
      CheckFiles(dataset, dataset.rows(), {.max_failures = 3}),
      StatusIs(
          absl::StatusCode::kFailedPrecondition,
          HasSubstr("more than 3 images cannot be read:\n  image4: torn")));
}

TEST(CheckFilesTest, NotOneImageIsAnError) {
  const Damaged dataset(5);
  EXPECT_THAT(CheckFiles(dataset, {4}, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("none of 1 images can be read:\n  image4")));
  EXPECT_OK(CheckFiles(dataset, {}, {}));
}

}  // namespace
}  // namespace cxr
