// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/encode_png.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(EncodePngTest, EncodingAndDecodingGiveTheImageBack) {
  for (const auto& [width, height] :
       std::vector<std::pair<int, int>>{{1, 1}, {7, 3}, {3, 7}, {256, 256}}) {
    GrayImage image{.width = width, .height = height};
    for (int i = 0; i < width * height; ++i) {
      image.pixels.push_back(static_cast<uint8_t>(i * 37 + i / 256));
    }
    ASSERT_OK_AND_ASSIGN(const std::string bytes, EncodePngGray(image));
    ASSERT_OK_AND_ASSIGN(const GrayImage back, DecodePngGray(bytes, "memory"));
    EXPECT_EQ(back, image);
  }
}

// Gray of pure colours as in gray_test.
TEST(EncodePngTest, EncodedColourDecodesToItsGray) {
  const RgbImage image{.width = 2,
                       .height = 2,
                       .pixels = {255, 0, 0, 0, 255, 0, 0, 0, 255, 7, 7, 7}};
  ASSERT_OK_AND_ASSIGN(const std::string bytes, EncodePngRgb(image));
  ASSERT_OK_AND_ASSIGN(const DecodedImage back,
                       DecodePng(bytes, "memory", SixteenBitRule::kRefuse));
  EXPECT_EQ(back.facts.photometric, "RGB");
  EXPECT_EQ(back.image.pixels, (std::vector<uint8_t>{76, 150, 29, 7}));
  EXPECT_THAT(
      EncodePngRgb({.width = 2, .height = 1, .pixels = {1, 2, 3}}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("2 x 1 x 3")));
}

TEST(EncodePngTest, SixteenBitsComeBackWithBothBytes) {
  for (const uint16_t value : {0, 1, 0x00FF, 0x0100, 0x1234, 0xFFFF}) {
    ASSERT_OK_AND_ASSIGN(const std::string bytes,
                         EncodePngGray16({value}, /*width=*/1, /*height=*/1));
    ASSERT_OK_AND_ASSIGN(const DecodedImage back,
                         DecodePng(bytes, "memory", SixteenBitRule::kShift8));
    EXPECT_EQ(back.facts.smallest, value);
    EXPECT_EQ(back.facts.bits, 16);
    EXPECT_EQ(back.facts.photometric, "GRAY");
  }
  std::vector<uint16_t> samples;
  std::vector<uint8_t> high_bytes;
  for (int i = 0; i < 7 * 300; ++i) {
    samples.push_back(static_cast<uint16_t>(i * 30011));
    high_bytes.push_back(static_cast<uint8_t>(samples.back() >> 8));
  }
  ASSERT_OK_AND_ASSIGN(const std::string bytes,
                       EncodePngGray16(samples, /*width=*/7, /*height=*/300));
  ASSERT_OK_AND_ASSIGN(const DecodedImage back,
                       DecodePng(bytes, "memory", SixteenBitRule::kShift8));
  EXPECT_EQ(back.image.width, 7);
  EXPECT_EQ(back.image.height, 300);
  EXPECT_EQ(back.image.pixels, high_bytes);
}

TEST(EncodePngTest, EncodedAlphaIsInTheFileAndDropped) {
  ASSERT_OK_AND_ASSIGN(const std::string bytes,
                       EncodePngRgba({255, 0, 0, 9, 7, 7, 7, 255},
                                     /*width=*/1, /*height=*/2));
  ASSERT_OK_AND_ASSIGN(const DecodedImage back,
                       DecodePng(bytes, "memory", SixteenBitRule::kRefuse));
  EXPECT_TRUE(back.facts.has_alpha);
  EXPECT_EQ(back.facts.channels, 4);
  EXPECT_EQ(back.facts.photometric, "RGB");
  EXPECT_EQ(back.image,
            (GrayImage{.width = 1, .height = 2, .pixels = {76, 7}}));
}

TEST(EncodePngTest, ImageThatContradictsItselfIsNotEncoded) {
  EXPECT_THAT(EncodePngGray(GrayImage{}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("0 x 0")));
  EXPECT_THAT(EncodePngGray({.width = 2, .height = 2, .pixels = {1, 2, 3}}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("found 3 samples")));
  EXPECT_THAT(EncodePngGray16({1, 2, 3}, /*width=*/2, /*height=*/2),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("found 3 samples, expected 2 x 2 x 1")));
  EXPECT_THAT(EncodePngRgba({1, 2, 3}, /*width=*/1, /*height=*/1),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("found 3 samples, expected 1 x 1 x 4")));
}

}  // namespace
}  // namespace cxr
