// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/multi_crop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "cxr/base/testing.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

class MultiCropTest : public RealExperimentsTest {
 protected:
  static spec::CropsSpec Published() {
    return Resolved("pretrain_s", "paper").pretrain().crops();
  }
};

GrayImage Waves(int width, int height) {
  GrayImage image{.width = width, .height = height};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      image.pixels.push_back(static_cast<uint8_t>(
          127 + 60 * std::sin(x * 0.05) + 60 * std::cos(y * 0.031 + x * 0.01)));
    }
  }
  return image;
}

TEST_F(MultiCropTest, MakesTwoGlobalAndEightLocalCrops) {
  ASSERT_OK_AND_ASSIGN(const MultiCrop crops, MultiCrop::Create(Published()));
  ASSERT_EQ(crops.views(), 10);
  const GrayImage image = Waves(700, 600);
  const std::vector<GrayImage> made = crops.Make(image, {.seed = 3});
  ASSERT_EQ(made.size(), 10u);
  for (size_t i = 0; i < made.size(); ++i) {
    EXPECT_EQ(made[i].width, i < 2 ? 518 : 98);
    EXPECT_EQ(made[i].height, i < 2 ? 518 : 98);
    for (size_t k = 0; k < i; ++k) {
      EXPECT_NE(made[i], made[k]);
    }
  }
  EXPECT_EQ(crops.Make(image, {.seed = 3, .view = 7}), made);
  EXPECT_NE(crops.Make(image, {.seed = 4}), made);
}

struct Counts {
  double blurred = 0.0;
  double solarized = 0.0;
  double jittered = 0.0;
  double grayscale = 0.0;
  double moved = 0.0;
  double flipped = 0.0;
};

// How often steps are drawn for a view, of 2,000 images.
Counts CountsOf(const MultiCrop& crops, int view) {
  Counts counts;
  const auto count = [](const std::string& text, const char* part) {
    return text.find(part) == std::string::npos ? 0.0 : 1.0 / 2000;
  };
  for (int64_t sample = 0; sample < 2000; ++sample) {
    const std::string text = ToString(
        crops.Draw({.seed = 8, .sample = sample, .view = view}, 1024, 900));
    counts.blurred += count(text, "blur");
    counts.solarized += count(text, "solarize 128");
    counts.jittered += count(text, "brightness");
    counts.grayscale += count(text, "grayscale");
    counts.moved += count(text, "affine");
    counts.flipped += count(text, "flip");
  }
  return counts;
}

// Paper section 2.3. The tolerance is 4.5 standard errors at 0.5.
TEST_F(MultiCropTest, ViewsDifferAsPublished) {
  ASSERT_OK_AND_ASSIGN(const MultiCrop crops, MultiCrop::Create(Published()));
  const Counts first = CountsOf(crops, 0);
  EXPECT_EQ(first.blurred, 0.0);
  EXPECT_EQ(first.solarized, 0.0);
  EXPECT_NEAR(first.moved, 1.0, 1e-9);
  EXPECT_NEAR(first.jittered, 0.8, 0.05);
  EXPECT_NEAR(first.grayscale, 0.2, 0.05);
  EXPECT_NEAR(first.flipped, 0.5, 0.05);
  const Counts second = CountsOf(crops, 1);
  EXPECT_NEAR(second.blurred, 0.9, 0.05);
  EXPECT_NEAR(second.solarized, 0.2, 0.05);
  EXPECT_NEAR(second.moved, 1.0, 1e-9);
  for (const int view : {2, 9}) {
    const Counts local = CountsOf(crops, view);
    EXPECT_NEAR(local.blurred, 0.5, 0.05);
    EXPECT_EQ(local.solarized, 0.0);
    EXPECT_EQ(local.moved, 0.0);
    EXPECT_NEAR(local.jittered, 0.8, 0.05);
  }
}

TEST_F(MultiCropTest, ErrorsNameTheCrop) {
  spec::CropsSpec spec = Published();
  spec.mutable_local()
      ->mutable_steps(3)
      ->mutable_gaussian_blur()
      ->set_kernel_pixels(8);
  EXPECT_THAT(MultiCrop::Create(spec),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("local: gaussian_blur: a kernel of 8")));
}

}  // namespace
}  // namespace cxr
