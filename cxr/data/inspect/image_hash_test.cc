// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/image_hash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image/equalize.h"
#include "cxr/data/image/resize.h"
#include "cxr/data/source/nih64.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

GrayImage Radiograph(const std::string& name) {
  const std::string path = TestData("cxr/data/testdata/nih/" + name + ".png");
  return *DecodePngGray(*ReadFile(path), path);
}

TEST(ImageHashTest, CopiesAreTheSamePicture) {
  for (const char* name : {"00000003_000", "00000013_009", "00000032_011",
                           "00009285_000", "00027426_000"}) {
    const GrayImage image = Radiograph(name);
    const ImageHash hash = HashOf(image);
    const std::string jpeg = *EncodeJpegGray(image, 75);
    for (const GrayImage& copy :
         {ResizeBicubic(image, 224, 224), ResizeBicubic(image, 300, 300),
          EqualizeHistogram(image), DecodeJpeg(jpeg, "jpeg")->image}) {
      EXPECT_LE(BitsApart(hash, HashOf(copy)), 8) << name;
      EXPECT_LE(RanksApart(hash, HashOf(copy)), 2.1) << name;
      EXPECT_TRUE(IsSamePicture(hash, HashOf(copy))) << name;
    }
  }
}

// All 499,500 pairs of the thumbnails: none is the same picture.
TEST(ImageHashTest, DifferentRadiographsAreFarApart) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> nih64,
                       LoadNih64(TestData("cxr/data/samples/nih64")));
  std::vector<ImageHash> hashes;
  for (int i = 0; i < std::ssize(nih64->index().examples); ++i) {
    ASSERT_OK_AND_ASSIGN(const GrayImage image, nih64->LoadImage(i));
    hashes.push_back(HashOf(image));
  }
  int fewest_bits = 256;
  double fewest_ranks = 255;
  for (size_t i = 0; i < hashes.size(); ++i) {
    for (size_t k = i + 1; k < hashes.size(); ++k) {
      const int bits = BitsApart(hashes[i], hashes[k]);
      fewest_bits = std::min(fewest_bits, bits);
      if (bits <= 40) {
        fewest_ranks = std::min(fewest_ranks, RanksApart(hashes[i], hashes[k]));
      }
    }
  }
  EXPECT_EQ(fewest_bits, 17);
  EXPECT_GT(fewest_ranks, 10);
}

ImageHash WithBits(const std::array<uint64_t, 4>& bits) {
  return {.bits = bits};
}

TEST(ImageHashTest, BitsAndRanksBothCount) {
  const ImageHash none = WithBits({0, 0, 0, 0});
  EXPECT_EQ(BitsApart(WithBits({1, 2, 3, 4}), WithBits({1, 2, 3, 4})), 0);
  EXPECT_EQ(BitsApart(none, WithBits({~0ull, ~0ull, ~0ull, ~0ull})), 256);
  ImageHash brighter = none;
  brighter.ranks.fill(9);
  EXPECT_EQ(RanksApart(none, brighter), 9);
  EXPECT_FALSE(IsSamePicture(none, brighter));
  EXPECT_TRUE(IsSamePicture(none, none));
}

TEST(ImageHashTest, FlatImagesAreTheSameAsNone) {
  const ImageHash flat = HashOf({.width = 1, .height = 1, .pixels = {7}});
  EXPECT_TRUE(flat.flat);
  EXPECT_FALSE(IsSamePicture(flat, flat));
}

TEST(ImageHashTest, PairsAreFoundWhateverTheThreads) {
  const ImageHash far = WithBits({0, 0, 0, ~0ull});
  const std::vector<ImageHash> a = {WithBits({0}), far, WithBits({7})};
  const std::vector<ImageHash> b = {WithBits({1, 1}), far};
  for (const int threads : {1, 3}) {
    EXPECT_THAT(FindSameImages(a, b, threads),
                ElementsAre(ImagePair{0, 0}, ImagePair{1, 1}, ImagePair{2, 0}));
    EXPECT_THAT(FindSameImages({}, b, threads), IsEmpty());
  }
}

}  // namespace
}  // namespace cxr
