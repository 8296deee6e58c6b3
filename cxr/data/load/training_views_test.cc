// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/training_views.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image/equalize.h"
#include "cxr/data/load/preprocess.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

GrayImage Radiograph() {
  const std::string path = TestData("cxr/data/testdata/nih/00000003_000.png");
  return *DecodePngGray(*ReadFile(path), path);
}

spec::ExperimentSpec Parse(const std::string& text) {
  spec::ExperimentSpec spec;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &spec));
  return spec;
}

constexpr char kPreprocess[] = R"pb(
  features {
    preprocess {
      equalization: OPENCV_HISTOGRAM
      input_size_pixels: 56
      resampling: PILLOW_BICUBIC
      normalization: IMAGENET
    }
  }
)pb";

constexpr char kFlipAlways[] = "steps { horizontal_flip { probability: 1 } }";

TEST(TrainingViewsTest, WithoutAugmentationItIsTheEvaluationTransform) {
  const spec::ExperimentSpec spec =
      Parse(std::string(kPreprocess) + "train { augmentation { none {} } }");
  ASSERT_OK_AND_ASSIGN(const TrainingViews views, TrainingViews::Create(spec));
  EXPECT_EQ(views.views(), 1);
  ASSERT_OK_AND_ASSIGN(const std::vector<TrainingView> made,
                       views.Make(Radiograph(), {}));
  EXPECT_EQ(made[0].image,
            *Preprocess(Radiograph(), spec.features().preprocess()));
  EXPECT_THAT(made[0].drawn, IsEmpty());
}

TEST(TrainingViewsTest, WithoutACropTheSquareOfEvaluationIsChanged) {
  const spec::ExperimentSpec spec =
      Parse(std::string(kPreprocess) + "train { augmentation { pipeline { " +
            kFlipAlways + " } } }");
  ASSERT_OK_AND_ASSIGN(const TrainingViews views, TrainingViews::Create(spec));
  ASSERT_OK_AND_ASSIGN(const std::vector<TrainingView> made,
                       views.Make(Radiograph(), {.seed = 1}));
  EXPECT_EQ(made[0].image, FlipHorizontal(*Preprocess(
                               Radiograph(), spec.features().preprocess())));
  EXPECT_THAT(made[0].drawn, HasSubstr("flip"));
}

TEST(TrainingViewsTest, ACropIsTakenFromTheWholeEqualisedImage) {
  const spec::ExperimentSpec spec =
      Parse(std::string(kPreprocess) +
            "train { augmentation { pipeline { crop { scale_min: 0.2 "
            "scale_max: 0.2 ratio_min: 1 ratio_max: 1 } } } }");
  ASSERT_OK_AND_ASSIGN(const TrainingViews views, TrainingViews::Create(spec));
  const SampleKey key{.seed = 7, .epoch = 2, .sample = 3};
  ASSERT_OK_AND_ASSIGN(const std::vector<TrainingView> made,
                       views.Make(Radiograph(), key));
  ASSERT_OK_AND_ASSIGN(
      const Augmentation alone,
      Augmentation::Create(
          spec.train().augmentation().pipeline(),
          {.size_pixels = 56, .resampling = spec::PILLOW_BICUBIC}));
  const GrayImage whole = EqualizeHistogram(Radiograph());
  EXPECT_EQ(made[0].image,
            alone.Apply(whole, alone.Draw(key, whole.width, whole.height)));
}

constexpr char kPretrain[] = R"pb(
  pretrain {
    equalization: OPENCV_HISTOGRAM
    crops {
      global_size_pixels: 56
      local_size_pixels: 28
      local_count: 3
      first_global {
        crop { scale_min: 0.5 scale_max: 1 ratio_min: 1 ratio_max: 1 }
      }
      second_global {
        crop { scale_min: 0.5 scale_max: 1 ratio_min: 1 ratio_max: 1 }
      }
      local { crop { scale_min: 0.1 scale_max: 0.3 ratio_min: 1 ratio_max: 1 } }
    }
  }
)pb";

TEST(TrainingViewsTest, PretrainingHasManyViews) {
  ASSERT_OK_AND_ASSIGN(const TrainingViews views,
                       TrainingViews::Create(Parse(kPretrain)));
  ASSERT_EQ(views.views(), 5);
  ASSERT_OK_AND_ASSIGN(const std::vector<TrainingView> made,
                       views.Make(Radiograph(), {.seed = 1}));
  ASSERT_EQ(made.size(), 5u);
  EXPECT_EQ(made[1].image.width, 56);
  EXPECT_EQ(made[4].image.height, 28);
  EXPECT_NE(made[2].image, made[3].image);
  EXPECT_THAT(made[2].drawn, HasSubstr("crop"));
}

// Whether the evaluation transform, a crop of the whole image or many crops.
TEST(TrainingViewsTest, AnEmptyImageOrOneOfNoRadiographsShapeIsDataLoss) {
  const std::string cropped =
      "train { augmentation { pipeline { crop { scale_min: 0.2 scale_max: 1 "
      "ratio_min: 1 ratio_max: 1 } } } }";
  for (const std::string& text :
       {kPreprocess + std::string("train { augmentation { none {} } }"),
        kPreprocess + cropped, std::string(kPretrain)}) {
    SCOPED_TRACE(text);
    ASSERT_OK_AND_ASSIGN(const TrainingViews views,
                         TrainingViews::Create(Parse(text)));
    const auto make = [&](int width, int height) {
      return views.Make({.width = width,
                         .height = height,
                         .pixels = std::vector<uint8_t>(width * height, 9)},
                        {});
    };
    EXPECT_OK(make(200, 10));
    EXPECT_THAT(make(0, 0), StatusIs(absl::StatusCode::kDataLoss,
                                     "an image of 0 x 0 pixels"));
    EXPECT_THAT(make(209, 10), StatusIs(absl::StatusCode::kDataLoss,
                                        "an image of 209 x 10 pixels"));
    EXPECT_THAT(make(10, 209), StatusIs(absl::StatusCode::kDataLoss,
                                        "an image of 10 x 209 pixels"));
  }
}

}  // namespace
}  // namespace cxr
