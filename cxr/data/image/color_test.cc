// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/color.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/string_view.h"
#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

using ColorChange = GrayImage (*)(const GrayImage& image, double factor);

void ExpectRecordedPixels(absl::string_view operation, ColorChange change) {
  for (const RecordedOperation& recorded : ReadRecordedOperations(operation)) {
    EXPECT_TRUE(change(recorded.input, recorded.arguments[0]) ==
                recorded.output)
        << recorded.name;
  }
}

TEST(ColorTest, EveryLevelEqualsTorchvisionsOnPillowImages) {
  ExpectRecordedPixels("brightness", AdjustBrightness);
  ExpectRecordedPixels("contrast", AdjustContrast);
}

TEST(ColorTest, EveryLevelEqualsThatOfAlbumentations) {
  ExpectRecordedPixels("albumentations_brightness", AlbumentationsBrightness);
  ExpectRecordedPixels("albumentations_contrast", AlbumentationsContrast);
}

// Why there are no functions for them: all 256 levels as three equal channels,
// as both libraries returned them.
TEST(ColorTest, SaturationHueAndGrayscaleLeaveGrayAsItIs) {
  for (const std::string operation :
       {"saturation", "hue", "grayscale", "albumentations_saturation",
        "albumentations_hue"}) {
    for (const RecordedOperation& recorded :
         ReadRecordedOperations(operation)) {
      EXPECT_TRUE(recorded.output == recorded.input) << recorded.name;
    }
  }
}

TEST(ColorTest, FactorOneChangesNothing) {
  const GrayImage image = MakeNoise(33, 5, /*seed=*/4);
  for (const ColorChange change :
       {AdjustBrightness, AdjustContrast, AlbumentationsBrightness,
        AlbumentationsContrast}) {
    EXPECT_EQ(change(image, 1.0), image);
  }
}

TEST(ColorTest, NoPixelsStayNoPixels) {
  for (const ColorChange change :
       {AdjustBrightness, AdjustContrast, AlbumentationsBrightness,
        AlbumentationsContrast}) {
    EXPECT_EQ(change(GrayImage{}, 1.3), GrayImage{});
  }
}

TEST(ColorDeathTest, NegativeFactorIsAProgrammersError) {
  const GrayImage image = MakeNoise(2, 2, /*seed=*/4);
  EXPECT_DEATH(AdjustBrightness(image, -0.5), "brightness factor -0.5");
  EXPECT_DEATH(AlbumentationsContrast(image, -1.0), "contrast factor -1");
}

}  // namespace
}  // namespace cxr
