// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/preprocess.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/image/crop.h"
#include "cxr/data/image/equalize.h"
#include "cxr/data/image/opencv_resize.h"
#include "cxr/data/image/resize.h"

namespace cxr {
namespace {

constexpr int64_t kMostAspect = 20;

// What the whole image is resized to and the square that is cut out of that.
struct Fit {
  int width = 0;
  int height = 0;
  PixelBox square = {};
};

int Rounded(double value) { return static_cast<int>(std::nearbyint(value)); }

// torchvision's Resize and CenterCrop.
Fit PillowFit(int width, int height, int size) {
  const auto in_proportion = [size](int longer, int shorter) {
    return static_cast<int>(int64_t{size} * longer / shorter);
  };
  const bool wide = width >= height;
  Fit fit{.width = wide ? in_proportion(width, height) : size,
          .height = wide ? size : in_proportion(height, width)};
  fit.square = {.left = Rounded((fit.width - size) / 2.0),
                .top = Rounded((fit.height - size) / 2.0),
                .width = size,
                .height = size};
  return fit;
}

// albumentations' SmallestMaxSize and CenterCrop.
Fit OpenCvFit(int width, int height, int size) {
  const double scale = static_cast<double>(size) / std::min(width, height);
  Fit fit{.width = Rounded(width * scale), .height = Rounded(height * scale)};
  fit.square = {.left = (fit.width - size) / 2,
                .top = (fit.height - size) / 2,
                .width = size,
                .height = size};
  return fit;
}

absl::StatusOr<Fit> FitOf(const GrayImage& image,
                          const spec::PreprocessSpec& spec) {
  CXR_RETURN_IF_ERROR(CheckShape(image));
  const int size = spec.input_size_pixels();
  return spec.resampling() == spec::OPENCV_CUBIC
             ? OpenCvFit(image.width, image.height, size)
             : PillowFit(image.width, image.height, size);
}

bool HasSizeOf(const GrayImage& image, const Fit& fit) {
  return image.width == fit.width && image.height == fit.height;
}

GrayImage Resized(const GrayImage& image, const Fit& fit,
                  spec::Resampling resampling) {
  switch (resampling) {
    case spec::PILLOW_BICUBIC:
      return ResizeBicubic(image, fit.width, fit.height);
    case spec::OPENCV_CUBIC:
      return ResizeOpenCvCubic(image, fit.width, fit.height);
    default:
      CXR_CHECK(false) << "unresolved spec: resampling " << resampling;
      return image;
  }
}

}  // namespace

absl::Status CheckShape(const GrayImage& image) {
  const auto [shorter, longer] = std::minmax(image.width, image.height);
  if (shorter <= 0 || longer > kMostAspect * shorter) {
    return absl::DataLossError(absl::StrCat("an image of ", image.width, " x ",
                                            image.height, " pixels"));
  }
  return absl::OkStatus();
}

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

absl::StatusOr<GrayImage> Preprocess(const GrayImage& image,
                                     const spec::PreprocessSpec& spec) {
  CXR_ASSIGN_OR_RETURN(const Fit fit, FitOf(image, spec));
  GrayImage changed;  // Holds `whole` once there is something to change.
  const GrayImage* whole = &image;
  if (spec.equalization() != spec::NO_EQUALIZATION) {
    changed = Equalize(image, spec.equalization());
    whole = &changed;
  }
  if (!HasSizeOf(*whole, fit)) {
    changed = Resized(*whole, fit, spec.resampling());
    whole = &changed;
  }
  return Crop(*whole, fit.square);
}

absl::StatusOr<GrayImage> PreprocessMask(const GrayImage& mask,
                                         const spec::PreprocessSpec& spec) {
  CXR_ASSIGN_OR_RETURN(const Fit fit, FitOf(mask, spec));
  return HasSizeOf(mask, fit)
             ? Crop(mask, fit.square)
             : Crop(ResizeOpenCvNearest(mask, fit.width, fit.height),
                    fit.square);
}

}  // namespace cxr
