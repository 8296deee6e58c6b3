// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/hannover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/source/dataset.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kSamples[] = "cxr/data/samples/hannover";
constexpr char kTable[] = "data_subset.csv";
constexpr char kRows[] =
    "patient_id,image_id,sex,modality,projection,admission_offset\n"
    "042f06a9,b343e657,m,CR,ap,0\n"
    "0f2b9fbd,5f619d7e,f,DX,pa,\n";

std::unique_ptr<Dataset> LoadSamples() {
  TestData(absl::StrCat(kSamples, "/", kTable));
  absl::StatusOr<std::unique_ptr<Dataset>> loaded = LoadHannover(kSamples);
  EXPECT_OK(loaded);
  return *std::move(loaded);
}

std::string Png(const GrayImage& image) { return *EncodePngGray(image); }

// What LoadHannover says of kRows with its `from` replaced.
absl::Status StatusAfter(const std::string& from, const std::string& to) {
  const TempDir dir;
  EXPECT_THAT(kRows, HasSubstr(from));
  WriteTree(dir.path(), {{kTable, absl::StrReplaceAll(kRows, {{from, to}})}});
  return LoadHannover(dir.path()).status();
}

// Counted with Python's csv module in data_subset.csv.
TEST(HannoverTest, CountsAreThoseOfTheFile) {
  const std::unique_ptr<Dataset> hannover = LoadSamples();
  const ImageIndex& index = hannover->index();
  EXPECT_EQ(index.source, "hannover");
  EXPECT_TRUE(index.label_names.empty());
  EXPECT_TRUE(index.labels.empty());
  EXPECT_TRUE(index.remarks.empty());
  EXPECT_EQ(index.examples.size(), 60u);
  std::set<std::string> patients;
  std::map<std::pair<View, Sex>, int> counts;
  for (const Example& example : index.examples) {
    patients.insert(example.patient_id);
    ++counts[{example.view, example.sex}];
  }
  EXPECT_EQ(patients.size(), 36u);
  EXPECT_EQ((counts[{View::kAp, Sex::kMale}]), 25);
  EXPECT_EQ((counts[{View::kAp, Sex::kFemale}]), 11);
  EXPECT_EQ((counts[{View::kPa, Sex::kMale}]), 18);
  EXPECT_EQ((counts[{View::kPa, Sex::kFemale}]), 6);
}

TEST(HannoverTest, RowIsReadFieldByField) {
  const std::unique_ptr<Dataset> hannover = LoadSamples();
  // 042f06a9,b343e657,m,CR,ap,0,0.0,4.0,
  const Example& example = hannover->index().examples[0];
  EXPECT_EQ(example.id, "b343e657");
  EXPECT_EQ(example.patient_id, "042f06a9");
  EXPECT_EQ(example.path, "images/b343e657.png");
  EXPECT_EQ(example.view, View::kAp);
  EXPECT_EQ(example.sex, Sex::kMale);
  EXPECT_EQ(example.age_years, kUnknownAge);
}

// Between a tenth and two thirds of a frontal radiograph is lung, and air is
// darker than the rest of the chest.
TEST(HannoverTest, EveryImageHasAMaskOfItsLungs) {
  const std::unique_ptr<Dataset> hannover = LoadSamples();
  EXPECT_THAT(hannover->mask_classes(), ElementsAre("Lungs"));
  int darker = 0;
  const int images = static_cast<int>(hannover->index().examples.size());
  for (int i = 0; i < images; ++i) {
    SCOPED_TRACE(hannover->index().examples[i].id);
    ASSERT_OK_AND_ASSIGN(const DecodedImage decoded, hannover->Decode(i));
    EXPECT_EQ(decoded.facts.bits, 8);
    EXPECT_EQ(decoded.facts.channels, 1);
    const GrayImage& image = decoded.image;
    EXPECT_EQ(image.width, 640);
    ASSERT_OK_AND_ASSIGN(const GrayImage mask, hannover->LoadMask(i, image));
    ASSERT_EQ(mask.width, image.width);
    ASSERT_EQ(mask.height, image.height);
    double lung_pixels = 0, lung_sum = 0, sum = 0;
    for (size_t pixel = 0; pixel < mask.pixels.size(); ++pixel) {
      ASSERT_LE(mask.pixels[pixel], 1);
      lung_pixels += mask.pixels[pixel];
      lung_sum += mask.pixels[pixel] * image.pixels[pixel];
      sum += image.pixels[pixel];
    }
    const double share = lung_pixels / static_cast<double>(mask.pixels.size());
    EXPECT_GT(share, 0.1);
    EXPECT_LT(share, 0.67);
    darker +=
        lung_sum / lung_pixels < sum / static_cast<double>(mask.pixels.size())
            ? 1
            : 0;
  }
  EXPECT_GE(darker, 55);
}

TEST(HannoverTest, NamedFilesAreAllThatIsThere) {
  TestData(absl::StrCat(kSamples, "/", kTable));
  ASSERT_OK_AND_ASSIGN(std::vector<std::string> named, HannoverFiles(kSamples));
  EXPECT_EQ(named.size(), 121u);
  EXPECT_EQ(named[0], kTable);
  named.insert(named.end(), {"LICENSE.md", "README.md"});
  std::sort(named.begin(), named.end());
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> there,
                       ListFiles(kSamples));
  EXPECT_EQ(named, there);
}

TEST(HannoverTest, MaskIsOneWhereTheFileIsWhite) {
  const TempDir dir;
  WriteTree(dir.path(),
            {{kTable, kRows},
             {"images/b343e657.png",
              Png({.width = 2, .height = 2, .pixels = {9, 8, 7, 6}})},
             {"lung_masks/b343e657.png",
              Png({.width = 2, .height = 2, .pixels = {0, 255, 255, 0}})}});
  ASSERT_OK_AND_ASSIGN(const auto hannover, LoadHannover(dir.path()));
  ASSERT_OK_AND_ASSIGN(const GrayImage image, hannover->LoadImage(0));
  EXPECT_THAT(image.pixels, ElementsAre(9, 8, 7, 6));
  ASSERT_OK_AND_ASSIGN(const GrayImage mask, hannover->LoadMask(0, image));
  EXPECT_THAT(mask.pixels, ElementsAre(0, 1, 1, 0));
  EXPECT_THAT(hannover->LoadMask(1, image).status(),
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr(dir.File("lung_masks/5f619d7e.png"))));
}

TEST(HannoverTest, MaskUnlikeItsImageIsDataLoss) {
  const TempDir dir;
  WriteTree(dir.path(), {{kTable, kRows},
                         {"images/b343e657.png",
                          Png({.width = 2, .height = 1, .pixels = {9, 8}})},
                         {"lung_masks/b343e657.png",
                          Png({.width = 1, .height = 2, .pixels = {0, 255}})}});
  ASSERT_OK_AND_ASSIGN(const auto hannover, LoadHannover(dir.path()));
  EXPECT_THAT(hannover->LoadMask(0, *hannover->LoadImage(0)),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("lung_masks/b343e657.png: found a mask of 1 x "
                                 "2 pixels, expected its image's 2 x 1")));
  WriteTree(dir.path(), {{"lung_masks/b343e657.png",
                          Png({.width = 2, .height = 1, .pixels = {0, 7}})}});
  EXPECT_THAT(hannover->LoadMask(0, *hannover->LoadImage(0)),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found a pixel of 7, expected 0 or 255")));
}

TEST(HannoverTest, BadCellsAreDataLossWithFileAndLine) {
  const std::vector<std::pair<std::pair<std::string, std::string>, std::string>>
      cases = {
          {{"CR,ap", "CR,LL"},
           "data_subset.csv:2: projection: found 'LL', expected pa or ap"},
          {{"CR,ap", "CR,"}, "data_subset.csv:2: projection: found ''"},
          {{"m,CR", "x,CR"}, "data_subset.csv:2: sex: found 'x'"},
          {{"5f619d7e", "../secret"},
           "data_subset.csv:3: image_id: found '../secret', expected 8 "
           "hexadecimal digits"},
          {{"5f619d7e", "b343e657"}, "data_subset.csv:3: found b343e657"},
          {{"projection", "view"}, "no column 'projection'"},
      };
  for (const auto& [change, text] : cases) {
    EXPECT_THAT(StatusAfter(change.first, change.second),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr(text)));
  }
}

TEST(HannoverTest, MissingTableIsNotFound) {
  const TempDir dir;
  EXPECT_THAT(LoadHannover(dir.path()), StatusIs(absl::StatusCode::kNotFound,
                                                 HasSubstr(dir.File(kTable))));
  EXPECT_THAT(HannoverFiles(dir.path()), StatusIs(absl::StatusCode::kNotFound,
                                                  HasSubstr(dir.File(kTable))));
}

}  // namespace
}  // namespace cxr
