// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/mask_folders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/encode_png.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Two folders side by side.
class MaskFoldersTest : public ::testing::Test {
 protected:
  std::string truth() const { return dir_.File("truth"); }
  std::string predicted() const { return dir_.File("predicted"); }

  static void Write(const std::string& folder, const std::string& name,
                    const GrayImage& image) {
    const absl::StatusOr<std::string> bytes = EncodePngGray(image);
    ASSERT_THAT(bytes, IsOk());
    WriteBytes(folder, name, *bytes);
  }
  static void WriteBytes(const std::string& folder, const std::string& name,
                         const std::string& bytes) {
    const std::string path = JoinPath(folder, name);
    ASSERT_OK(CreateDirectories(path.substr(0, path.rfind('/'))));
    ASSERT_OK(WriteNewFile(path, bytes));
  }
  void WriteBoth(const std::string& name, const GrayImage& image) const {
    Write(truth(), name, image);
    Write(predicted(), name, image);
  }

  absl::StatusOr<FolderScores> Score(int classes, int threads = 1) const {
    return ScoreMaskFolders({.truth = truth(),
                             .predicted = predicted(),
                             .classes = classes,
                             .threads = threads});
  }

 private:
  const TempDir dir_;
};

constexpr auto kNotFound = absl::StatusCode::kNotFound;
constexpr auto kDataLoss = absl::StatusCode::kDataLoss;

TEST_F(MaskFoldersTest, MatchesFilesByTheirPathInsideTheFolder) {
  WriteBoth("b.png", {.width = 2, .height = 1, .pixels = {0, 1}});
  WriteBoth("a.PNG", {.width = 1, .height = 1, .pixels = {2}});
  WriteBoth("deep/b.png", {.width = 3, .height = 1, .pixels = {1, 1, 1}});
  WriteBytes(truth(), "README.txt", "drawn by hand");
  ASSERT_OK_AND_ASSIGN(const FolderScores scores, Score(3));
  EXPECT_THAT(scores.files, ElementsAre("a.PNG", "b.png", "deep/b.png"));
  EXPECT_EQ(scores.other_files, 1);
  ASSERT_EQ(scores.images.size(), 3u);
  EXPECT_EQ(scores.images[0].counts[2].intersection, 1);
  EXPECT_EQ(scores.images[1].counts[1].intersection, 1);
  EXPECT_EQ(scores.images[2].counts[1].intersection, 3);
}

// The golden files have samples of 2, 4 and 8 bits.
TEST_F(MaskFoldersTest, ReadsSamplesOfFewBitsAsTheyAreStored) {
  for (const char* name : {"a.png", "b.png", "d.png"}) {
    ASSERT_OK_AND_ASSIGN(
        const GrayImage labels,
        ReadLabelMap(
            TestData(absl::StrCat("cxr/score/testdata/masks/ours/", name)),
            /*classes=*/4));
    EXPECT_EQ(*std::max_element(labels.pixels.begin(), labels.pixels.end()), 3)
        << name;
  }
}

TEST_F(MaskFoldersTest, TakesWhiteForOneOfTwoClasses) {
  Write(truth(), "a.png", {.width = 3, .height = 1, .pixels = {0, 255, 255}});
  Write(predicted(), "a.png", {.width = 3, .height = 1, .pixels = {0, 0, 1}});
  ASSERT_OK_AND_ASSIGN(const FolderScores scores, Score(2));
  EXPECT_EQ(scores.images[0].counts[1].intersection, 1);
  EXPECT_EQ(scores.images[0].counts[1].truth, 2);
  // With more classes, or beside a 1, white is a wrong class.
  EXPECT_THAT(
      Score(3),
      StatusIs(kDataLoss, absl::StrCat(truth(),
                                       "/a.png: row 0, column 1: found 255, "
                                       "expected a class 0 to 2")));
  Write(predicted(), "b.png", {.width = 2, .height = 1, .pixels = {255, 1}});
  EXPECT_THAT(
      ReadLabelMap(JoinPath(predicted(), "b.png"), 2),
      StatusIs(kDataLoss, absl::StrCat(predicted(),
                                       "/b.png: row 0, column 0: found 255, "
                                       "expected a class 0 to 1, or only 0 and "
                                       "255")));
}

TEST_F(MaskFoldersTest, NamesTheFirstPixelOfNoClass) {
  Write(truth(), "a.png", {.width = 2, .height = 2, .pixels = {0, 1, 2, 3}});
  Write(predicted(), "a.png",
        {.width = 2, .height = 2, .pixels = {0, 1, 2, 4}});
  EXPECT_THAT(
      Score(4),
      StatusIs(kDataLoss, absl::StrCat(predicted(),
                                       "/a.png: row 1, column 1: found 4, "
                                       "expected a class 0 to 3")));
}

TEST_F(MaskFoldersTest, AFileWithoutPartnerIsAnError) {
  WriteBoth("a.png", {.width = 1, .height = 1, .pixels = {0}});
  Write(truth(), "b.png", {.width = 1, .height = 1, .pixels = {0}});
  Write(truth(), "c.png", {.width = 1, .height = 1, .pixels = {0}});
  EXPECT_THAT(Score(4),
              StatusIs(kNotFound,
                       absl::StrCat(truth(), "/b.png: no file of this name in ",
                                    predicted(),
                                    ": found 2 of 3 without, expected none")));
  for (const char* name : {"b.png", "c.png", "d.png"}) {
    Write(predicted(), name, {.width = 1, .height = 1, .pixels = {0}});
  }
  EXPECT_THAT(
      Score(4),
      StatusIs(kNotFound,
               absl::StrCat(predicted(), "/d.png: no file of this name in ",
                            truth(), ": found 1 of 4 without, expected none")));
}

TEST_F(MaskFoldersTest, FilesAreMatchedWithoutReadingThem) {
  WriteBytes(truth(), "a.png", "no PNG");
  WriteBytes(predicted(), "a.png", "no PNG");
  const MaskFolders folders = {.truth = truth(), .predicted = predicted()};
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> files,
                       ListMaskFiles(folders));
  EXPECT_THAT(files, ElementsAre("a.png"));
  WriteBytes(truth(), "b.png", "no PNG");
  EXPECT_THAT(ListMaskFiles(folders),
              StatusIs(kNotFound, HasSubstr("b.png: no file of this name")));
}

TEST_F(MaskFoldersTest, SizesMustBeEqual) {
  Write(truth(), "a.png",
        {.width = 2, .height = 3, .pixels = {0, 0, 0, 0, 0, 0}});
  Write(predicted(), "a.png",
        {.width = 3, .height = 2, .pixels = {0, 0, 0, 0, 0, 0}});
  EXPECT_THAT(
      Score(4),
      StatusIs(kDataLoss, absl::StrCat(predicted(),
                                       "/a.png: found 3 x 2 pixels, expected "
                                       "the 2 x 3 pixels of ",
                                       truth(), "/a.png")));
}

TEST_F(MaskFoldersTest, FoldersMustBeThereAndHaveLabelMaps) {
  EXPECT_THAT(Score(4), StatusIs(kNotFound, HasSubstr(truth())));
  WriteBytes(truth(), "a.npy", "x");
  EXPECT_THAT(
      Score(4),
      StatusIs(kNotFound, absl::StrCat(truth(),
                                       ": found no file called .png among 1, "
                                       "expected label maps")));
  Write(truth(), "a.png", {.width = 1, .height = 1, .pixels = {0}});
  EXPECT_THAT(Score(4), StatusIs(kNotFound, HasSubstr(predicted())));
}

TEST_F(MaskFoldersTest, OtherKindsOfImagesAreRefused) {
  const auto found = [&](const absl::StatusOr<std::string>& bytes) {
    const TempDir dir;
    WriteBytes(dir.path(), "x.png", *bytes);
    const absl::Status status =
        ReadLabelMap(dir.File("x.png"), /*classes=*/4).status();
    return absl::StrCat(status.message().substr(dir.path().size()));
  };
  constexpr char kExpected[] =
      ", expected a label map: gray, each pixel the number of its class";
  EXPECT_EQ(found(EncodePngRgb({.width = 1, .height = 1, .pixels = {1, 1, 1}})),
            absl::StrCat("/x.png: found a PNG of kind RGB", kExpected));
  const std::vector<uint8_t> rgba = {1, 1, 1, 255};
  EXPECT_EQ(
      found(EncodePngRgba(rgba, 1, 1)),
      absl::StrCat("/x.png: found a PNG of kind RGB with alpha", kExpected));
  const std::vector<uint16_t> deep = {1};
  EXPECT_THAT(found(EncodePngGray16(deep, 1, 1)),
              HasSubstr("/x.png: found 16 bits a sample"));
  EXPECT_THAT(found(std::string("PNG?")), HasSubstr("/x.png: not a PNG"));
}

TEST_F(MaskFoldersTest, ThreadsChangeNeitherScoresNorErrors) {
  for (int i = 0; i < 20; ++i) {
    const auto pixel = static_cast<uint8_t>(i % 4);
    WriteBoth(absl::StrCat("m", i, ".png"),
              {.width = 2, .height = 1, .pixels = {pixel, 1}});
  }
  ASSERT_OK_AND_ASSIGN(const FolderScores one, Score(4, 1));
  ASSERT_OK_AND_ASSIGN(const FolderScores many, Score(4, 5));
  EXPECT_EQ(one.files, many.files);
  for (size_t i = 0; i < one.images.size(); ++i) {
    EXPECT_EQ(one.images[i].counts, many.images[i].counts);
  }
  const std::string error(Score(2, 1).status().message());
  EXPECT_THAT(error, HasSubstr("m10.png"));  // the first of those with a 2
  EXPECT_EQ(Score(2, 5).status().message(), error);
}

TEST_F(MaskFoldersTest, ClassesAreTwoTo256) {
  for (const int classes : {1, 257}) {
    EXPECT_THAT(Score(classes),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         absl::StrCat("classes: found ", classes,
                                      ", expected 2 to 256")));
  }
}

}  // namespace
}  // namespace cxr
