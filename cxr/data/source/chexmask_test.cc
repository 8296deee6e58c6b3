// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/chexmask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

using Tree = std::map<std::string, std::string>;

constexpr char kTable[] = "OriginalResolution/MIMIC-CXR-JPG.csv";
constexpr char kHeader[] =
    ",dicom_id,Dice RCA (Mean),Dice RCA (Max),Landmarks,Left Lung,Right Lung,"
    "Heart,Height,Width\n";

// The organs are upright rectangles of an image of 12 x 8 pixels: right lung,
// left lung, heart, which lies over a part of the left lung.
constexpr int kWidth = 12;
constexpr int kHeight = 8;
struct Organ {
  int points, left, top, right, bottom;
};
constexpr std::array<Organ, 3> kOrgans = {
    {{44, 1, 1, 4, 6}, {50, 7, 1, 10, 6}, {26, 5, 4, 8, 7}}};

// Those landmarks as numpy prints them.
std::string Landmarks() {
  std::string text;
  for (const Organ& organ : kOrgans) {
    const std::array<std::array<int, 2>, 4> corners = {
        {{organ.left, organ.top},
         {organ.right, organ.top},
         {organ.right, organ.bottom},
         {organ.left, organ.bottom}}};
    for (int i = 0; i < organ.points; ++i) {
      const auto [x, y] = corners[4 * i / organ.points];
      absl::StrAppend(&text, text.empty() ? "[" : "\n ", "[ ", x, "  ", y, "]");
    }
  }
  return text + "]";
}

// An organ's run lengths in an image of so many columns.
std::string Runs(const Organ& organ, int width) {
  std::string runs;
  for (int y = organ.top; y <= organ.bottom; ++y) {
    absl::StrAppend(&runs, runs.empty() ? "" : " ", y * width + organ.left + 1,
                    " ", organ.right - organ.left + 1);
  }
  return runs;
}

// The row of an image of kWidth x kHeight pixels. `size` is Height and Width.
std::string Row(const std::string& id, const std::string& rca,
                const std::string& size, int runs_width = kWidth) {
  return absl::StrCat("0,", id, ",", rca, ",\"", Landmarks(), "\",",
                      Runs(kOrgans[1], runs_width), ",",
                      Runs(kOrgans[0], runs_width), ",",
                      Runs(kOrgans[2], runs_width), ",", size, "\n");
}

// What all of these rows mean: 1 left lung, 2 right lung, 3 heart.
GrayImage ExpectedMask() {
  GrayImage mask{.width = kWidth, .height = kHeight};
  mask.pixels.resize(kWidth * kHeight);
  const std::array<uint8_t, 3> values = {2, 1, 3};
  for (size_t i = 0; i < kOrgans.size(); ++i) {
    for (int y = kOrgans[i].top; y <= kOrgans[i].bottom; ++y) {
      for (int x = kOrgans[i].left; x <= kOrgans[i].right; ++x) {
        mask.pixels[y * kWidth + x] = values[i];
      }
    }
  }
  return mask;
}

// Masks of a table with these rows.
absl::StatusOr<ChexmaskMasks> Open(const TempDir& dir,
                                   const std::string& rows) {
  WriteTree(dir.path(), {{"masks.csv", kHeader + rows}});
  return ChexmaskMasks::Open(dir.File("masks.csv"));
}

std::map<std::string, std::string> RemarksIn(const ChexmaskMasks& masks) {
  return RemarksOf({.remarks = masks.remarks()});
}

TEST(ChexmaskTest, RowsAreFoundByImage) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       Open(dir, Row("b", "0.8,0.9", "8,12") +
                                     Row("a", "0.5,0.75", "8.0,12.0")));
  ASSERT_EQ(masks.rows().size(), 2u);
  const ChexmaskRow& first = masks.rows()[*masks.Find("a")];
  EXPECT_EQ(first.id, "a");
  EXPECT_EQ(first.rca_mean, 0.5);
  EXPECT_EQ(first.rca_max, 0.75);
  EXPECT_EQ(first.height, 8);
  EXPECT_EQ(first.width, 12);
  EXPECT_EQ(masks.rows()[*masks.Find("b")].rca_mean, 0.8);
  EXPECT_FALSE(masks.Find("c").has_value());
  EXPECT_FALSE(masks.Find("").has_value());
  EXPECT_THAT(masks.remarks(), ::testing::IsEmpty());
}

TEST(ChexmaskTest, MaskIsThatOfTheRunLengths) {
  const TempDir dir;
  // Landmarks are not looked at.
  const std::string row = absl::StrReplaceAll(Row("b", "0.8,0.9", "8,12"),
                                              {{Landmarks(), "[[1 2]]"}});
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       Open(dir, Row("a", "0.8,0.9", "8,12") + row));
  for (const char* id : {"a", "b"}) {
    ASSERT_OK_AND_ASSIGN(const GrayImage mask,
                         masks.Mask(*masks.Find(id), kWidth, kHeight));
    EXPECT_EQ(mask, ExpectedMask()) << id;
  }
}

TEST(ChexmaskTest, MasksOfAGzipTableAreRead) {
  const TempDir dir;
  WriteTree(dir.path(),
            {{"masks.csv.gz", absl::StrCat(kHeader, Row("a", "0.8,0.9", "8,12"),
                                           Row("b", "0.7,0.8", "8,12"))}});
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       ChexmaskMasks::Open(dir.File("masks.csv.gz")));
  ASSERT_OK_AND_ASSIGN(const GrayImage mask,
                       masks.Mask(*masks.Find("b"), kWidth, kHeight));
  EXPECT_EQ(mask, ExpectedMask());
}

TEST(ChexmaskTest, BlankSizeIsDrawnFromLandmarks) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       Open(dir, Row("a", "0.8,0.9", ",", kHeight) +
                                     Row("b", "0.8,0.9", "8,", kHeight)));
  for (const char* id : {"a", "b"}) {
    ASSERT_OK_AND_ASSIGN(const GrayImage mask,
                         masks.Mask(*masks.Find(id), kWidth, kHeight));
    EXPECT_EQ(mask, ExpectedMask()) << id;
  }
  EXPECT_THAT(RemarksIn(masks), ElementsAre(Pair("rows without Height or Width",
                                                 "2, masks.csv:2")));
}

// Height and Width exchanged, and the runs counted in rows of 8 pixels.
TEST(ChexmaskTest, SwappedSizeIsDrawnFromLandmarks) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       Open(dir, Row("a", "0.8,0.9", "12,8", kHeight)));
  ASSERT_OK_AND_ASSIGN(const GrayImage mask, masks.Mask(0, kWidth, kHeight));
  EXPECT_EQ(mask, ExpectedMask());
}

TEST(ChexmaskTest, ImageOfAnotherSizeIsDataLoss) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(
      const ChexmaskMasks masks,
      Open(dir, Row("a", "0.8,0.9", "8,12") + Row("b", "0.8,0.9", ",")));
  EXPECT_THAT(masks.Mask(*masks.Find("a"), 6, 4),
              StatusIs(absl::StatusCode::kDataLoss,
                       dir.File("masks.csv:2: found an image of 6 x 4 pixels, "
                                "expected 12 x 8")));
  // Known from the landmarks alone.
  EXPECT_THAT(masks.Mask(*masks.Find("b"), 6, 4),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found the landmark 4, 6, expected one in the "
                                 "image of 6 x 4")));
}

TEST(ChexmaskTest, SwappedMeanAndMaxAreSwappedBack) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       Open(dir, Row("a", "0.9,0.6", ",")));
  EXPECT_EQ(masks.rows()[0].rca_mean, 0.6);
  EXPECT_EQ(masks.rows()[0].rca_max, 0.9);
  EXPECT_EQ(RemarksIn(masks)["Dice RCA (Mean) above (Max), swapped"],
            "1, masks.csv:2");
}

TEST(ChexmaskTest, ColumnsMayStandInAnyOrder) {
  const TempDir dir;
  WriteTree(
      dir.path(),
      {{"masks.csv",
        absl::StrCat("Heart,Left Lung,Right Lung,Height,Width,"
                     "Dice RCA (Max),Dice RCA (Mean),Image Index,"
                     "Landmarks\n",
                     Runs(kOrgans[2], kWidth), ",", Runs(kOrgans[1], kWidth),
                     ",", Runs(kOrgans[0], kWidth), ",8,12,0.9,0.8,a.png,\"",
                     Landmarks(), "\"\n")}});
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       ChexmaskMasks::Open(dir.File("masks.csv")));
  EXPECT_EQ(masks.rows()[0].rca_mean, 0.8);
  ASSERT_OK_AND_ASSIGN(const GrayImage mask,
                       masks.Mask(*masks.Find("a.png"), kWidth, kHeight));
  EXPECT_EQ(mask, ExpectedMask());
}

TEST(ChexmaskTest, RowsWithoutAnOrganAreLeftOut) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       Open(dir, absl::StrCat("0,a,0.1,0.2,,1 2,,3 4,8,12\n",
                                              "0,b,0.1,0.2,,1 2,5 6,nan,8,12\n",
                                              Row("c", "0.8,0.9", "8,12"))));
  ASSERT_EQ(masks.rows().size(), 1u);
  EXPECT_EQ(masks.rows()[0].id, "c");
  EXPECT_THAT(
      RemarksIn(masks),
      ElementsAre(Pair("rows without an organ, left out", "2, masks.csv:2")));
}

TEST(ChexmaskTest, PreprocessedMasksAreForPreprocessedImages) {
  const TempDir dir;
  const std::string plain = absl::StrReplaceAll(
      Landmarks(), {{"[", ""}, {"]", ""}, {"\n", ","}, {"  ", ","}, {" ", ""}});
  ASSERT_OK_AND_ASSIGN(
      const ChexmaskMasks masks,
      Open(dir, absl::StrReplaceAll(Row("a", "0.8,0.9", "8,12", 1024),
                                    {{Landmarks(), plain}})));
  EXPECT_THAT(masks.Mask(0, kWidth, kHeight),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("masks.csv:2: found an image of 12 x 8 "
                                 "pixels, expected 1024 x 1024")));
  ASSERT_OK_AND_ASSIGN(const GrayImage mask, masks.Mask(0, 1024, 1024));
  EXPECT_EQ(mask.pixels[1 * 1024 + 1], 2);
  EXPECT_EQ(mask.pixels[1 * 1024 + 7], 1);
  EXPECT_EQ(mask.pixels[7 * 1024 + 5], 3);
  EXPECT_EQ(mask.pixels[8 * 1024 + 5], 0);
}

TEST(ChexmaskTest, BadCellsAreDataLossWithFileAndLine) {
  const TempDir dir;
  const std::string good = Row("a", "0.8,0.9", "8,12");
  const auto status_of = [&](const std::string& row) {
    return Open(dir, good + row).status();
  };
  // Landmarks of the first row take 120 lines.
  const auto is_data_loss = [](const std::string& text) {
    return StatusIs(absl::StatusCode::kDataLoss,
                    AllOf(HasSubstr("masks.csv:122: "), HasSubstr(text)));
  };
  EXPECT_THAT(status_of(Row("b", "good,0.9", "8,12")),
              is_data_loss("Dice RCA (Mean): found 'good', expected 0 to 1"));
  EXPECT_THAT(status_of(Row("b", "0.8,nan", "8,12")),
              is_data_loss("Dice RCA (Max): found 'nan', expected 0 to 1"));
  EXPECT_THAT(status_of(Row("b", "0.8,1.5", "8,12")), is_data_loss("'1.5'"));
  EXPECT_THAT(status_of(Row("b", "0.8,0.9", "8.5,12")),
              is_data_loss("Height: found '8.5', expected 1 to 65536 pixels"));
  EXPECT_THAT(status_of(Row("b", "0.8,0.9", "8,0")),
              is_data_loss("Width: found '0'"));
  EXPECT_THAT(status_of(Row("b", "0.8,0.9", "8,nine")),
              is_data_loss("Width: found 'nine'"));
  EXPECT_THAT(status_of(Row("", "0.8,0.9", "8,12")),
              is_data_loss("dicom_id: found ''"));
  EXPECT_THAT(
      status_of(Row("a", "0.8,0.9", "8,12")),
      is_data_loss("found a, which stands on line 2 already, expected"));
}

TEST(ChexmaskTest, MissingColumnsAreDataLoss) {
  const TempDir dir;
  for (const std::string column :
       {"dicom_id", "Dice RCA (Mean)", "Landmarks", "Heart", "Width"}) {
    WriteTree(
        dir.path(),
        {{"masks.csv", absl::StrReplaceAll(kHeader, {{column, "other"}})}});
    EXPECT_THAT(ChexmaskMasks::Open(dir.File("masks.csv")).status(),
                StatusIs(absl::StatusCode::kDataLoss,
                         AllOf(HasSubstr("masks.csv: no column '"),
                               HasSubstr(column))));
  }
}

TEST(ChexmaskTest, BadMasksAreDataLossWithFileAndLine) {
  const TempDir dir;
  const std::string runs = Runs(kOrgans[2], kWidth);
  ASSERT_OK_AND_ASSIGN(
      const ChexmaskMasks masks,
      Open(dir,
           absl::StrReplaceAll(Row("a", "0.8,0.9", "8,12"),
                               {{runs, runs + " 95 9"}}) +
               absl::StrReplaceAll(Row("b", "0.8,0.9", ","), {{"[[", "[[x"}})));
  EXPECT_THAT(
      masks.Mask(*masks.Find("a"), kWidth, kHeight),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("masks.csv:2: Heart: ")));
  EXPECT_THAT(masks.Mask(*masks.Find("b"), kWidth, kHeight),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("masks.csv:122: found 'x', expected a whole "
                                 "number")));
}

TEST(ChexmaskTest, ChangedTableIsDataLoss) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       Open(dir, Row("a", "0.8,0.9", "8,12")));
  WriteTree(dir.path(), {{"new.csv", kHeader + Row("b", "0.8,0.9", "8,12")}});
  // In place, so that the open file sees it.
  ASSERT_EQ(RunCommand(absl::StrCat("cat ", dir.File("new.csv"), " > ",
                                    dir.File("masks.csv")))
                .exit_code,
            0);
  EXPECT_THAT(masks.Mask(0, kWidth, kHeight),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("masks.csv:2: found another row, expected "
                                 "that of a")));
}

TEST(ChexmaskTest, ManyThreadsReadMasks) {
  const TempDir dir;
  std::string rows;
  for (int i = 0; i < 20; ++i) {
    rows += Row(absl::StrCat("image", i), "0.8,0.9", i % 2 == 0 ? "8,12" : ",");
  }
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks, Open(dir, rows));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        const absl::StatusOr<GrayImage> mask = masks.Mask(i, kWidth, kHeight);
        EXPECT_OK(mask);
        EXPECT_EQ(*mask, ExpectedMask());
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

TEST(ChexmaskTest, TableIsFoundWithAndWithoutVersion) {
  const TempDir plain;
  WriteTree(plain.path(), {{kTable, kHeader}, {"README.txt", ""}});
  EXPECT_THAT(*ChexmaskFiles(plain.path()), ElementsAre(kTable));
  const TempDir versioned;
  WriteTree(versioned.path(), {{absl::StrCat("0.4/", kTable, ".gz"), kHeader}});
  EXPECT_THAT(*ChexmaskFiles(versioned.path()),
              ElementsAre(absl::StrCat("0.4/", kTable, ".gz")));
  EXPECT_OK(OpenChexmask(versioned.path()));
  WriteTree(versioned.path(), {{absl::StrCat("1.0.0/", kTable), kHeader}});
  EXPECT_THAT(ChexmaskFiles(versioned.path()),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr("found 0.4/"), HasSubstr("and 1.0.0/"),
                             HasSubstr("expected masks of one version"))));
}

TEST(ChexmaskTest, MissingTableIsNotFound) {
  const TempDir dir;
  EXPECT_THAT(OpenChexmask(dir.path()).status(),
              StatusIs(absl::StatusCode::kNotFound,
                       AllOf(HasSubstr(dir.path()), HasSubstr(kTable))));
}

// Three images of which two have masks, of RCA 0.7 and 0.8.
ImageIndex Images() {
  ImageIndex images{.source = "mimic_cxr", .label_names = {"x", "y"}};
  images.examples = {{.id = "a"}, {.id = "none"}, {.id = "b"}};
  images.labels = {1, 2, 3, 4, 5, 6};
  images.boxes = {{.example = 0, .label = "x"},
                  {.example = 1, .label = "y"},
                  {.example = 2, .label = "z"}};
  images.remarks = {{.what = "blank views", .count = 3, .first = "t.csv:2"}};
  return images;
}

TEST(ChexmaskTest, JoinKeepsImagesWithGoodMasks) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(
      const ChexmaskMasks masks,
      Open(dir, Row("a", "0.7,0.9", "8,12") + Row("b", "0.8,0.9", ",")));
  ASSERT_OK_AND_ASSIGN(const ImageIndex all,
                       JoinChexmask(Images(), masks, 0.7));
  EXPECT_EQ(all.source, "chexmask");
  ASSERT_EQ(all.examples.size(), 2u);
  EXPECT_EQ(all.examples[1].id, "b");
  EXPECT_THAT(all.labels, ElementsAre(1, 2, 5, 6));
  ASSERT_EQ(all.boxes.size(), 2u);
  EXPECT_EQ(all.boxes[1].example, 1);
  EXPECT_EQ(all.boxes[1].label, "z");
  EXPECT_THAT(
      RemarksOf(all),
      ElementsAre(Pair("blank views", "3, t.csv:2"),
                  Pair("images without a mask, left out", "1, none"),
                  Pair("rows without Height or Width", "1, masks.csv:122")));
  ASSERT_OK_AND_ASSIGN(const ImageIndex good,
                       JoinChexmask(Images(), masks, 0.75));
  ASSERT_EQ(good.examples.size(), 1u);
  EXPECT_EQ(good.examples[0].id, "b");
  EXPECT_EQ(RemarksOf(good)["images with a mask of an RCA below 0.75, left "
                            "out"],
            "1, a");
}

TEST(ChexmaskTest, JoinOfNothingIsAnError) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       Open(dir, Row("a", "0.7,0.9", "8,12")));
  EXPECT_THAT(
      JoinChexmask(Images(), masks, 0.95),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               HasSubstr("for any of 3 images of mimic_cxr, expected some "
                         "among 1 masks")));
}

}  // namespace
}  // namespace cxr
