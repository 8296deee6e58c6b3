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

GrayImage Radiograph() {
  const std::string path = TestData("cxr/data/testdata/nih/00000003_000.png");
  return *DecodePngGray(*ReadFile(path), path);
}

TEST(ImageHashTest, CodingScaleAndContrastChangeFewBits) {
  const GrayImage image = Radiograph();
  const ImageHash hash = HashOf(image);
  EXPECT_LE(Distance(hash, HashOf(ResizeBicubic(image, 224, 224))), 6);
  EXPECT_LE(Distance(hash, HashOf(EqualizeHistogram(image))), 6);
  ASSERT_OK_AND_ASSIGN(const std::string jpeg, EncodeJpegGray(image, 75));
  ASSERT_OK_AND_ASSIGN(const DecodedImage coded, DecodeJpeg(jpeg, "jpeg"));
  EXPECT_LE(Distance(hash, HashOf(coded.image)), 6);
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
  int smallest = 256;
  for (size_t i = 0; i < hashes.size(); ++i) {
    for (size_t k = i + 1; k < hashes.size(); ++k) {
      smallest = std::min(smallest, Distance(hashes[i], hashes[k]));
    }
  }
  EXPECT_GT(smallest, kSameImageBits);
}

TEST(ImageHashTest, EveryBitCounts) {
  EXPECT_EQ(Distance({1, 2, 3, 4}, {1, 2, 3, 4}), 0);
  EXPECT_EQ(Distance({0, 0, 0, 0}, {~0ull, ~0ull, ~0ull, ~0ull}), 256);
  EXPECT_EQ(HashOf({.width = 1, .height = 1, .pixels = {7}}), ImageHash{});
}

TEST(ImageHashTest, PairsAreFoundWhateverTheThreads) {
  const ImageHash far = {0, 0, 0, ~0ull};
  const std::vector<ImageHash> a = {ImageHash{0}, far, ImageHash{7}};
  const std::vector<ImageHash> b = {ImageHash{1, 1}, far};
  for (const int threads : {1, 3}) {
    EXPECT_THAT(FindSameImages(a, b, threads),
                ElementsAre(ImagePair{0, 0}, ImagePair{1, 1}, ImagePair{2, 0}));
    EXPECT_THAT(FindSameImages({}, b, threads), IsEmpty());
  }
}

}  // namespace
}  // namespace cxr
