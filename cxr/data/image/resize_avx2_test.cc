// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/resize_avx2.h"

#include <gtest/gtest.h>

#include "cxr/data/image/operations_testing.h"
#include "cxr/data/image/resize.h"

namespace cxr {
namespace {

void ExpectEqualPaths(const GrayImage& image, int width, int height) {
  EXPECT_TRUE(ResizeBicubic(image, width, height, Simd::kAvx2) ==
              ResizeBicubic(image, width, height, Simd::kScalar))
      << image.width << " x " << image.height << " to " << width << " x "
      << height;
}

// Around the 16 rows and columns that are moved at once.
TEST(ResizeAvx2Test, VectorsGiveWhatScalarsGive) {
  if (BestSimd() != Simd::kAvx2) {
    GTEST_SKIP() << "the processor has no AVX2";
  }
  for (const int width : {1, 2, 15, 16, 17, 33, 130}) {
    for (const int height : {1, 2, 15, 16, 17, 33}) {
      const GrayImage image = MakeNoise(width, height, /*seed=*/20);
      for (const int out : {1, 7, 16, 17, 100}) {
        ExpectEqualPaths(image, out, 18);
        ExpectEqualPaths(image, 31, out);
      }
    }
  }
}

// Black and white: sums leave the range of pixels on both sides.
TEST(ResizeAvx2Test, SumsAreCutOffAlike) {
  if (BestSimd() != Simd::kAvx2) {
    GTEST_SKIP() << "the processor has no AVX2";
  }
  const GrayImage image = ReadTestImage("resize/in_bilevel40x48.png");
  ExpectEqualPaths(image, 130, 97);
  ExpectEqualPaths(image, 11, 13);
}

TEST(ResizeAvx2Test, PartsOfAnImageStandAlone) {
  if (BestSimd() != Simd::kAvx2) {
    GTEST_SKIP() << "the processor has no AVX2";
  }
  const GrayImage image = MakeNoise(90, 70, /*seed=*/21);
  const GrayView part{image.pixels.data() + 20 * 90 + 31, 41, 27, 90};
  EXPECT_EQ(ResizeBicubic(part, 19, 60, Simd::kAvx2),
            ResizeBicubic(part, 19, 60, Simd::kScalar));
}

}  // namespace
}  // namespace cxr
