// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/apply_step.h"

#include <algorithm>
#include <cstdint>
#include <variant>

#include "cxr/data/image/affine.h"
#include "cxr/data/image/color.h"
#include "cxr/data/image/crop.h"
#include "cxr/data/image/elastic.h"
#include "cxr/data/image/gaussian_blur.h"
#include "cxr/data/image/solarize.h"
#include "cxr/data/load/elastic_noise.h"

namespace cxr {
namespace {

GrayImage Brightened(const GrayImage& image, double factor,
                     ColorLibrary library) {
  return library == ColorLibrary::kPillow
             ? AdjustBrightness(image, factor)
             : AlbumentationsBrightness(image, factor);
}

GrayImage Contrasted(const GrayImage& image, double factor,
                     ColorLibrary library) {
  return library == ColorLibrary::kPillow
             ? AdjustContrast(image, factor)
             : AlbumentationsContrast(image, factor);
}

DisplacementField FieldOf(const DrawnElastic& elastic, int width, int height) {
  const ElasticNoise noise =
      MakeElasticNoise(elastic.noise_seed, int64_t{width} * height);
  return MakeDisplacementField(noise.x, noise.y,
                               {.width = width,
                                .height = height,
                                .alpha_pixels = elastic.alpha_pixels,
                                .sigma_pixels = elastic.sigma_pixels});
}

// Calls the overload for the step.
struct ImageChange {
  const GrayImage& image;
  ColorLibrary library;

  GrayImage operator()(const DrawnFlip&) const { return FlipHorizontal(image); }
  GrayImage operator()(const DrawnAffine& affine) const {
    return affine.method == AffineMethod::kPillowNearest
               ? AffinePillowNearest(image, affine.parameters)
               : AffineOpenCvLinear(image, affine.parameters);
  }
  GrayImage operator()(const DrawnColorJitter& jitter) const {
    const auto brightness = std::find(jitter.order.begin(), jitter.order.end(),
                                      ColorChange::kBrightness);
    const auto contrast = std::find(jitter.order.begin(), jitter.order.end(),
                                    ColorChange::kContrast);
    return brightness < contrast
               ? Contrasted(Brightened(image, jitter.brightness, library),
                            jitter.contrast, library)
               : Brightened(Contrasted(image, jitter.contrast, library),
                            jitter.brightness, library);
  }
  GrayImage operator()(const DrawnGrayscale&) const { return image; }
  GrayImage operator()(const DrawnBlur& blur) const {
    return GaussianBlur(image, blur.kernel_pixels, blur.sigma_pixels);
  }
  GrayImage operator()(const DrawnSolarize& solarize) const {
    return Solarize(image, solarize.threshold);
  }
  GrayImage operator()(const DrawnElastic& elastic) const {
    return RemapLinear(image, FieldOf(elastic, image.width, image.height));
  }
};

// Elastic changes are not among them: their field serves image and mask.
struct MaskChange {
  const GrayImage& mask;

  GrayImage operator()(const DrawnFlip&) const { return FlipHorizontal(mask); }
  GrayImage operator()(const DrawnAffine& affine) const {
    return affine.method == AffineMethod::kPillowNearest
               ? AffinePillowNearest(mask, affine.parameters)
               : AffineOpenCvNearest(mask, affine.parameters);
  }
  // What changes values leaves masks alone.
  template <typename Other>
  GrayImage operator()(const Other&) const {
    return mask;
  }
};

}  // namespace

GrayImage ApplyStep(const GrayImage& image, const DrawnStep& step,
                    ColorLibrary library) {
  return std::visit(ImageChange{image, library}, step);
}

ImageAndMask ApplyStepToBoth(const ImageAndMask& both, const DrawnStep& step,
                             ColorLibrary library) {
  if (const DrawnElastic* elastic = std::get_if<DrawnElastic>(&step)) {
    const DisplacementField field =
        FieldOf(*elastic, both.image.width, both.image.height);
    return {RemapLinear(both.image, field), RemapNearest(both.mask, field)};
  }
  return {ApplyStep(both.image, step, library),
          std::visit(MaskChange{both.mask}, step)};
}

}  // namespace cxr
