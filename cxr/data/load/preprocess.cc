// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/preprocess.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/data/image/equalize.h"
#include "cxr/data/image/resize.h"

namespace cxr {
namespace {

constexpr int kMostAspect = 20;

GrayImage Equalize(const GrayImage& image, spec::Equalization equalization) {
  switch (equalization) {
    case spec::NO_EQUALIZATION:
      return image;
    case spec::OPENCV_HISTOGRAM:
      return EqualizeHistogram(image);
    default:
      CXR_CHECK(false) << "unresolved spec: equalization " << equalization;
      return image;
  }
}

int InProportion(int longer, int shorter, int size) {
  return static_cast<int>(int64_t{size} * longer / shorter);
}

GrayImage CenterSquare(const GrayImage& image, int size) {
  if (image.width == size && image.height == size) {
    return image;
  }
  // torchvision's CenterCrop: half a pixel goes to the even neighbour.
  const int left = static_cast<int>(std::nearbyint((image.width - size) / 2.0));
  const int top = static_cast<int>(std::nearbyint((image.height - size) / 2.0));
  GrayImage square{.width = size, .height = size};
  square.pixels.reserve(static_cast<size_t>(size) * size);
  for (int row = 0; row < size; ++row) {
    const auto begin =
        image.pixels.begin() + int64_t{top + row} * image.width + left;
    square.pixels.insert(square.pixels.end(), begin, begin + size);
  }
  return square;
}

}  // namespace

absl::StatusOr<GrayImage> Preprocess(const GrayImage& image,
                                     const spec::PreprocessSpec& spec) {
  const auto [shorter, longer] = std::minmax(image.width, image.height);
  if (shorter <= 0 || longer / shorter > kMostAspect) {
    return absl::DataLossError(absl::StrCat("an image of ", image.width, " x ",
                                            image.height, " pixels"));
  }
  const int size = spec.input_size_pixels();
  const GrayImage equalized = Equalize(image, spec.equalization());
  const bool wide = image.width >= image.height;
  const int width = wide ? InProportion(image.width, image.height, size) : size;
  const int height =
      wide ? size : InProportion(image.height, image.width, size);
  const bool fits = image.width == width && image.height == height;
  return CenterSquare(
      fits ? equalized : ResizeBicubic(equalized, width, height), size);
}

}  // namespace cxr
