// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/file_dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

const GrayImage kImage = {.width = 3, .height = 1, .pixels = {0, 100, 255}};

ImageIndex OneImage(const std::string& path) {
  return {.source = "toy", .examples = {{.id = "a", .path = path}}};
}

TEST(FileDatasetTest, ImagesAndReportsAreThoseOfTheIndex) {
  const TempDir dir;
  WriteTree(dir.path(), {{"a.png", *EncodePngGray(kImage)}});
  FileDatasetOptions options{.folder = dir.path()};
  options.report = [](int i, const Example& example) {
    return absl::StatusOr<std::string>(absl::StrCat(i, example.id));
  };
  const FileDataset dataset(OneImage("a.png"), std::move(options));
  EXPECT_EQ(*dataset.LoadImage(0), kImage);
  EXPECT_EQ(*dataset.LoadReport(0), "0a");
  EXPECT_FALSE(dataset.LoadMask(0, kImage).ok());
}

TEST(FileDatasetTest, APreparedJpegStandsForAMissingFile) {
  const TempDir dir;
  const Example example{.id = "a", .path = "x.y/a.png"};
  EXPECT_EQ(ImagePath(dir.path(), example), dir.File("x.y/a.png"));
  WriteTree(dir.path(), {{"x.y/a.jpg", "prepared"}});
  EXPECT_EQ(ImagePath(dir.path(), example), dir.File("x.y/a.jpg"));
  WriteTree(dir.path(), {{"x.y/a.png", "published"}});
  EXPECT_EQ(ImagePath(dir.path(), example), dir.File("x.y/a.png"));
}

TEST(FileDatasetTest, DamageNamesTheFile) {
  const TempDir dir;
  WriteTree(dir.path(), {{"a.png", "no image"}});
  const FileDataset dataset(OneImage("a.png"), {.folder = dir.path()});
  EXPECT_THAT(dataset.Decode(0),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a.png")));
  const FileDataset missing(OneImage("b.png"), {.folder = dir.path()});
  EXPECT_THAT(missing.LoadImage(0),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("b.png")));
}

}  // namespace
}  // namespace cxr
