// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/chexmask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/testing.h"
#include "cxr/data/image.h"
#include "cxr/data/source/chexmask.h"
#include "cxr/data/source/chexmask_landmarks.h"
#include "cxr/data/source/testing.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/data/table/rle.h"
#include "cxr/synth/emit/mimic_cxr.h"
#include "cxr/synth/emit/round_trip_testing.h"
#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/landmarks.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kOriginal[] = "OriginalResolution/MIMIC-CXR-JPG.csv";
constexpr char kPreprocessed[] = "Preprocessed/MIMIC-CXR-JPG.csv";

using Corners = std::vector<PolygonPoint>;

// Portraits and landscapes, and a lateral film after each tenth.
SourceTruth Images(int count) {
  SourceTruth truth;
  for (int i = 0; i < count; ++i) {
    const Patient patient = MakePatient({}, RandomKey(1), i);
    ImageTruth& image = *truth.add_images();
    image.set_id(absl::StrCat("film-", i));
    image.set_path(absl::StrCat("files/film-", i, ".jpg"));
    image.set_view("PA");
    image.set_width(60 + i % 31);
    image.set_height(80 - i % 17);
    const PixelLandmarks pixels = InPixels(
        MakeAnatomy(patient, Study{.key = patient.key}, View::kPa).landmarks,
        {.width = image.width(), .height = image.height()});
    for (const Corners* part :
         {&pixels.right_lung, &pixels.left_lung, &pixels.heart}) {
      for (const PolygonPoint& corner : *part) {
        image.add_landmarks(corner.x);
        image.add_landmarks(corner.y);
      }
    }
    if (i % 10 == 0) {
      ImageTruth& lateral = *truth.add_images();
      lateral.set_id(absl::StrCat("lateral-", i));
      lateral.set_view("LATERAL");
    }
  }
  return truth;
}

Corners CornersOf(const ImageTruth& image) {
  Corners corners;
  for (int i = 0; i < image.landmarks_size(); i += 2) {
    corners.push_back({.x = image.landmarks(i), .y = image.landmarks(i + 1)});
  }
  return corners;
}

GrayImage MaskOf(const Corners& corners, int width, int height) {
  GrayImage mask{.width = width,
                 .height = height,
                 .pixels = std::vector<uint8_t>(size_t{1} * width * height)};
  DrawChexmaskLandmarks(corners, &mask);
  return mask;
}

// Of each kind of defect, how many images.
std::map<std::string, int> DefectsIn(const SourceTruth& truth) {
  std::map<std::string, int> counts;
  for (const ImageTruth& image : truth.images()) ++counts[image.defect()];
  return counts;
}

TEST(ChexmaskTest, ReaderGivesBackTheMasksOfTheTruth) {
  const TempDir folder;
  const SourcePlan plan = PlanChexmaskOf(Images(150), {.seed = 5});
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks, OpenChexmask(folder.path()));
  EXPECT_THAT(masks.remarks(), IsEmpty());
  ASSERT_EQ(masks.rows().size(), 150u);
  ASSERT_EQ(plan.truth.images_size(), 150);
  for (const ImageTruth& image : plan.truth.images()) {
    const std::optional<int> row = masks.Find(image.id());
    ASSERT_TRUE(row.has_value()) << image.id();
    EXPECT_EQ(masks.rows()[*row].width, image.width());
    EXPECT_EQ(masks.rows()[*row].height, image.height());
    ASSERT_OK_AND_ASSIGN(const GrayImage mask,
                         masks.Mask(*row, image.width(), image.height()));
    EXPECT_EQ(mask, MaskOf(CornersOf(image), image.width(), image.height()))
        << image.id();
    EXPECT_THAT(mask.pixels, AllOf(Contains(1), Contains(2), Contains(3)));
  }
}

TEST(ChexmaskTest, ReaderCopesWithDefects) {
  const TempDir folder;
  const SourcePlan plan =
      PlanChexmaskOf(Images(300), {.seed = 5, .defects = true});
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks, OpenChexmask(folder.path()));
  std::map<std::string, int> defects = DefectsIn(plan.truth);
  for (const char* kind : {"swapped RCA", "blank size", "blank organ"}) {
    EXPECT_GT(defects[kind], 3) << kind;
  }
  std::map<std::string, std::string> remarks =
      RemarksOf({.remarks = masks.remarks()});
  const auto count = [&](const char* kind) {
    return StartsWith(absl::StrCat(defects[kind], ","));
  };
  EXPECT_THAT(remarks["Dice RCA (Mean) above (Max), swapped"],
              count("swapped RCA"));
  EXPECT_THAT(remarks["rows without Height or Width"], count("blank size"));
  EXPECT_THAT(remarks["rows without an organ, left out"], count("blank organ"));
  for (const ImageTruth& image : plan.truth.images()) {
    const std::optional<int> row = masks.Find(image.id());
    EXPECT_EQ(row.has_value(), image.defect() != "blank organ") << image.id();
    if (!row.has_value()) continue;
    ASSERT_OK_AND_ASSIGN(const GrayImage mask,
                         masks.Mask(*row, image.width(), image.height()));
    EXPECT_EQ(mask, MaskOf(CornersOf(image), image.width(), image.height()))
        << image.id();
  }
}

// One in twenty, as the estimated Dice of real ones.
TEST(ChexmaskTest, MaskIsCorruptedWhereItsDiceIsLow) {
  const TempDir folder;
  const SourceTruth images = Images(1000);
  const SourcePlan plan = PlanChexmaskOf(images, {.seed = 9});
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks, OpenChexmask(folder.path()));
  std::map<std::string, Corners> right;
  for (const ImageTruth& image : images.images()) {
    right[image.id()] = CornersOf(image);
  }
  std::map<std::string, int> defects = DefectsIn(plan.truth);
  EXPECT_NEAR(defects["corrupted mask"], 50, 20);
  EXPECT_EQ(defects["corrupted mask"] + defects[""], 1000);
  for (const ImageTruth& image : plan.truth.images()) {
    const ChexmaskRow& row = masks.rows()[*masks.Find(image.id())];
    EXPECT_LE(row.rca_mean, row.rca_max);
    EXPECT_LE(row.rca_max, 1.0);
    const bool corrupted = image.defect() == "corrupted mask";
    EXPECT_EQ(row.rca_mean < 0.7, corrupted) << image.id();
    int farthest = 0;
    for (int i = 0; i < 2 * kChexmaskLandmarks; i += 2) {
      const PolygonPoint& corner = right[image.id()][i / 2];
      farthest = std::max({farthest, std::abs(image.landmarks(i) - corner.x),
                           std::abs(image.landmarks(i + 1) - corner.y)});
    }
    if (corrupted) {
      EXPECT_GT(farthest, 3) << image.id();
    } else {
      // Only what lies far outside of the film is brought to it.
      EXPECT_LE(farthest, 0.1 * image.height()) << image.id();
    }
  }
}

TEST(ChexmaskTest, PointsFarOutsideAreBroughtNearTheFilm) {
  SourceTruth images = Images(1);
  images.mutable_images(0)->set_landmarks(0, -50);
  images.mutable_images(0)->set_landmarks(1, 500);
  const SourcePlan plan = PlanChexmaskOf(images, {.seed = 1});
  EXPECT_EQ(plan.truth.images(0).landmarks(0), -3);
  EXPECT_EQ(plan.truth.images(0).landmarks(1), 79 + 4);
}

TEST(ChexmaskTest, LandmarksStandAsNumpyPrintsThem) {
  SourceTruth images = Images(1);
  for (int i = 0; i < 2 * kChexmaskLandmarks; ++i) {
    images.mutable_images(0)->set_landmarks(i, i < 2 ? 8 + i : 30 + i % 41);
  }
  images.mutable_images(0)->set_landmarks(2, -3);
  images.mutable_images(0)->set_width(2000);
  images.mutable_images(0)->set_height(100);
  images.mutable_images(0)->set_landmarks(4, 1234);
  const SourcePlan plan = PlanChexmaskOf(images, {.seed = 1});
  ASSERT_EQ(plan.truth.images(0).defect(), "");
  EXPECT_THAT(BytesOf(plan, kOriginal),
              AllOf(HasSubstr(",\"[[   8    9]\n [  -3   33]\n [1234   35]\n "),
                    HasSubstr("]]\",")));
}

// (1, 2) pixels of an image of 60 x 80 are (10 + 1, 2) of 80 x 80, of which
// each is 12.8 of 1024.
TEST(ChexmaskTest, PreprocessedImageIsPaddedAndScaled) {
  SourceTruth images = Images(1);
  images.mutable_images(0)->set_landmarks(0, 1);
  images.mutable_images(0)->set_landmarks(1, 2);
  const SourcePlan plan = PlanChexmaskOf(images, {.seed = 1});
  ASSERT_OK_AND_ASSIGN(
      CsvReader table,
      CsvReader::FromText(BytesOf(plan, kPreprocessed), kPreprocessed));
  ASSERT_OK_AND_ASSIGN(const int landmarks, table.Column("Landmarks"));
  ASSERT_OK_AND_ASSIGN(const int width, table.Column("Width"));
  ASSERT_OK_AND_ASSIGN(const int height, table.Column("Height"));
  ASSERT_OK_AND_ASSIGN(const bool more, table.Next());
  ASSERT_TRUE(more);
  EXPECT_THAT(std::string(table.cells()[landmarks]), StartsWith("141,26,"));
  EXPECT_EQ(table.cells()[width], "1024");
  EXPECT_EQ(table.cells()[height], "1024");
}

TEST(ChexmaskTest, PreprocessedMasksAreThoseOfTheirLandmarks) {
  const TempDir folder;
  const SourcePlan plan = PlanChexmaskOf(Images(12), {.seed = 2});
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       ChexmaskMasks::Open(folder.File(kPreprocessed)));
  for (const ImageTruth& image : plan.truth.images()) {
    const int side = std::max(image.width(), image.height());
    Corners corners = CornersOf(image);
    for (PolygonPoint& corner : corners) {
      const int x = corner.x + (side - image.width()) / 2;
      const int y = corner.y + (side - image.height()) / 2;
      corner = {.x = static_cast<int>(std::lround(x * 1024.0 / side)),
                .y = static_cast<int>(std::lround(y * 1024.0 / side))};
    }
    ASSERT_OK_AND_ASSIGN(const GrayImage mask,
                         masks.Mask(*masks.Find(image.id()), 1024, 1024));
    EXPECT_EQ(mask, MaskOf(corners, 1024, 1024)) << image.id();
  }
}

TEST(ChexmaskTest, RowDoesNotDependOnOthers) {
  const SourcePlan few = PlanChexmaskOf(Images(5), {.seed = 4});
  const SourcePlan many = PlanChexmaskOf(Images(9), {.seed = 4});
  EXPECT_TRUE(
      absl::StartsWith(BytesOf(many, kOriginal), BytesOf(few, kOriginal)));
  ExpectSamePlan(few, PlanChexmaskOf(Images(5), {.seed = 4}));
  EXPECT_NE(BytesOf(few, kOriginal),
            BytesOf(PlanChexmaskOf(Images(5), {.seed = 5}), kOriginal));
}

TEST(ChexmaskTest, MasksAreOfFrontalImagesOfMimic) {
  const SynthOptions options = {
      .seed = 3, .patients = 20, .scale = 0.03, .defects = true};
  const TempDir folder;
  const SourcePlan plan = PlanChexmask(options);
  const SourcePlan mimic = PlanMimicCxr(options);
  EXPECT_EQ(plan.truth.source(), "chexmask");
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks, OpenChexmask(folder.path()));
  int frontal = 0;
  int lateral = 0;
  for (const ImageTruth& image : mimic.truth.images()) {
    if (image.landmarks().empty()) {
      ++lateral;
      EXPECT_FALSE(masks.Find(image.id()).has_value());
      continue;
    }
    ASSERT_LT(frontal, plan.truth.images_size());
    const ImageTruth& found = plan.truth.images(frontal);
    EXPECT_EQ(found.id(), image.id());
    EXPECT_EQ(found.path(), image.path());
    EXPECT_EQ(found.patient(), image.patient());
    EXPECT_EQ(found.study(), image.study());
    EXPECT_EQ(found.age_years(), -1);
    ++frontal;
  }
  EXPECT_EQ(plan.truth.images_size(), frontal);
  EXPECT_GT(frontal, 19);
  EXPECT_GT(lateral, 0);
}

}  // namespace
}  // namespace cxr::synth
