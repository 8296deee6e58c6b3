// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/pictures.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSubsetOf;
using ::testing::SizeIs;

// Two images, the second of which is damaged.
class TwoImages : public Dataset {
 public:
  const ImageIndex& index() const override { return index_; }

  absl::StatusOr<DecodedImage> Decode(int i) const override {
    if (i == 1) {
      return absl::DataLossError("b.png: torn");
    }
    return DecodedImage{.image = {.width = 20,
                                  .height = 20,
                                  .pixels = std::vector<uint8_t>(400, 9)}};
  }

  ImageIndex index_ = {
      .source = "toy",
      .label_names = {"Edema", "Mass", "ILD", "Hernia"},
      .examples = {{.id = "a.png",
                    .view = View::kPa,
                    .sex = Sex::kFemale,
                    .part = Part::kTest,
                    .age_years = 61},
                   {.id = "b.png"}},
      .labels = {1, 0, 0.5f, -1, 0, 0, 0, 0},
      .boxes = {{.example = 0, .label = "Edema", .width = 5, .height = 5}}};
};

TEST(PicturesTest, CellsSayWhoAndWhat) {
  const TwoImages dataset;
  const std::vector<SheetCell> cells = ImageCells(dataset, {0, 1});
  ASSERT_THAT(cells, SizeIs(2));
  EXPECT_THAT(cells[0].captions,
              ElementsAre("a.png", "PA F test 61 y", "Edema, ILD?, Hernia?"));
  EXPECT_THAT(cells[0].boxes, SizeIs(1));
  EXPECT_EQ(cells[0].image.width, 20);
  EXPECT_THAT(cells[1].captions, ElementsAre("b.png", "b.png: torn"));
  EXPECT_THAT(cells[1].boxes, SizeIs(0));
}

TEST(PicturesTest, SyntheticImagesSaySo) {
  TwoImages dataset;
  dataset.index_.synthetic = true;
  EXPECT_EQ(ImageCells(dataset, {0})[0].captions[1],
            "SYNTHETIC PA F test 61 y");
}

TEST(PicturesTest, SomeAreDrawnBySeed) {
  std::vector<int> rows(100);
  for (int i = 0; i < 100; ++i) {
    rows[i] = 3 * i;
  }
  const std::vector<int> some = SomeOf(rows, 10, 1);
  EXPECT_THAT(some, SizeIs(10));
  EXPECT_THAT(some, IsSubsetOf(rows));
  EXPECT_EQ(SomeOf(rows, 10, 1), some);
  EXPECT_NE(SomeOf(rows, 10, 2), some);
  EXPECT_EQ(SomeOf(rows, 1000, 1), rows);
}

TEST(PicturesTest, TrainingViewsStandBesideTheirImage) {
  spec::ExperimentSpec spec;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        features {
          preprocess {
            equalization: NO_EQUALIZATION
            input_size_pixels: 14
            resampling: PILLOW_BICUBIC
          }
        }
        train {
          augmentation {
            pipeline { steps { horizontal_flip { probability: 1 } } }
          }
        }
      )pb",
      &spec));
  ASSERT_OK_AND_ASSIGN(const TrainingViews views, TrainingViews::Create(spec));
  const TwoImages dataset;
  const std::vector<SheetCell> cells =
      TrainingCells(dataset, {0, 1}, views, /*seed=*/1);
  ASSERT_THAT(cells, SizeIs(4));
  EXPECT_EQ(cells[1].image.width, 14);
  EXPECT_THAT(cells[1].captions, ElementsAre("view 0", HasSubstr("flip")));
  EXPECT_TRUE(cells[3].image.pixels.empty());
}

}  // namespace
}  // namespace cxr
