// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/augmentation.h"

#include <map>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/rng.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/image/crop.h"
#include "cxr/data/image/opencv_resize.h"
#include "cxr/data/load/draw_step.h"
#include "cxr/data/load/random_crop.h"

namespace cxr {
namespace {

using StepCase = spec::AugmentationStepSpec::StepCase;

// The name of the field: part of the random stream, so not to be changed.
std::string KindOf(const spec::AugmentationStepSpec& step) {
  switch (step.step_case()) {
    case StepCase::kHorizontalFlip:
      return "horizontal_flip";
    case StepCase::kAffine:
      return "affine";
    case StepCase::kColorJitter:
      return "color_jitter";
    case StepCase::kGrayscale:
      return "grayscale";
    case StepCase::kGaussianBlur:
      return "gaussian_blur";
    case StepCase::kSolarize:
      return "solarize";
    case StepCase::kElastic:
      return "elastic";
    case StepCase::STEP_NOT_SET:
      break;
  }
  CXR_CHECK(false) << "unresolved spec: an empty augmentation step";
  return "";
}

absl::Status CheckStep(const spec::AugmentationStepSpec& step, int size) {
  const spec::AffineSpec& affine = step.affine();
  if (affine.scaling() == spec::FACTOR_AN_AXIS &&
      affine.interpolation() == spec::NEAREST_PIXEL) {
    return absl::InvalidArgumentError(
        "affine: FACTOR_AN_AXIS goes with BILINEAR_PIXELS only");
  }
  const int kernel = step.gaussian_blur().kernel_pixels();
  if (step.has_gaussian_blur() && (kernel % 2 == 0 || kernel / 2 >= size)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "gaussian_blur: a kernel of ", kernel, " pixels for an image of ", size,
        "; it must be odd and less than twice as long"));
  }
  return absl::OkStatus();
}

}  // namespace

Augmentation::Augmentation(const spec::AugmentationPipelineSpec& spec,
                           const AugmentationOptions& options)
    : spec_(spec), options_(options) {
  std::map<std::string, int> seen;
  for (const spec::AugmentationStepSpec& step : spec.steps()) {
    const std::string kind = KindOf(step);
    names_.push_back(absl::StrCat(kind, ".", seen[kind]++));
  }
}

absl::StatusOr<Augmentation> Augmentation::Create(
    const spec::AugmentationPipelineSpec& spec,
    const AugmentationOptions& options) {
  CXR_CHECK(options.size_pixels >= 1) << options.size_pixels << " pixels";
  for (const spec::AugmentationStepSpec& step : spec.steps()) {
    CXR_RETURN_IF_ERROR(CheckStep(step, options.size_pixels));
  }
  return Augmentation(spec, options);
}

DrawnAugmentation Augmentation::Draw(const SampleKey& key, int width,
                                     int height) const {
  const std::string sample = absl::StrCat("data.augmentation.", key.epoch, ".",
                                          key.sample, ".", key.view, ".");
  DrawnAugmentation drawn;
  if (spec_.has_crop()) {
    drawn.crop =
        DrawRandomCrop(spec_.crop(), width, height,
                       CounterRng(key.seed, absl::StrCat(sample, "crop")));
  }
  const DrawStepOptions options = {
      .size_pixels = options_.size_pixels,
      .blur_probability = spec_.blur_probability(),
      .affine_translation = spec_.affine_translation()};
  for (int i = 0; i < spec_.steps_size(); ++i) {
    const std::optional<DrawnStep> changed =
        DrawStep(spec_.steps(i), options, key.seed,
                 absl::StrCat(sample, names_[static_cast<size_t>(i)]));
    if (changed.has_value()) {
      drawn.steps.push_back(*changed);
    }
  }
  return drawn;
}

ColorLibrary Augmentation::color_library() const {
  switch (options_.resampling) {
    case spec::PILLOW_BICUBIC:
      return ColorLibrary::kPillow;
    case spec::OPENCV_CUBIC:
      return ColorLibrary::kAlbumentations;
    default:
      CXR_CHECK(false) << "unresolved spec: resampling " << options_.resampling;
      return ColorLibrary::kPillow;
  }
}

GrayImage Augmentation::Apply(const GrayImage& image,
                              const DrawnAugmentation& drawn) const {
  const int size = options_.size_pixels;
  GrayImage changed = drawn.crop.has_value()
                          ? ResizedCrop(image, *drawn.crop, size, size)
                          : image;
  CheckSize(changed);
  for (const DrawnStep& step : drawn.steps) {
    changed = ApplyStep(changed, step, color_library());
  }
  return changed;
}

ImageAndMask Augmentation::ApplyWithMask(const GrayImage& image,
                                         const GrayImage& mask,
                                         const DrawnAugmentation& drawn) const {
  CXR_CHECK(mask.width == image.width && mask.height == image.height)
      << "a mask of " << mask.width << " x " << mask.height;
  const int size = options_.size_pixels;
  ImageAndMask changed = {image, mask};
  if (drawn.crop.has_value()) {
    changed = {ResizedCrop(image, *drawn.crop, size, size),
               ResizeOpenCvNearest(Crop(mask, *drawn.crop), size, size)};
  }
  CheckSize(changed.image);
  for (const DrawnStep& step : drawn.steps) {
    changed = ApplyStepToBoth(changed, step, color_library());
  }
  return changed;
}

void Augmentation::CheckSize(const GrayImage& image) const {
  const int size = options_.size_pixels;
  CXR_CHECK(image.width == size && image.height == size)
      << image.width << " x " << image.height << " instead of " << size;
}

}  // namespace cxr
