// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/draw_step.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/rng.h"

namespace cxr {
namespace {

using StepCase = spec::AugmentationStepSpec::StepCase;

// Indices of the draws of a step. 0 decides whether it takes place.
enum Index : uint64_t {
  kTakesPlace = 0,
  kRotation = 1,
  kTranslationX = 2,
  kTranslationY = 3,
  kScaleX = 4,
  kScaleY = 5,
  kBrightness = 1,
  kContrast = 2,
  kSaturation = 3,
  kHue = 4,
  kSigma = 1,
  kNoise = 1,
};

double Between(const CounterRng& rng, uint64_t index, double low, double high) {
  return low + (high - low) * rng.Uniform(index);
}

double ProbabilityOf(const spec::AugmentationStepSpec& step,
                     const DrawStepOptions& options) {
  switch (step.step_case()) {
    case StepCase::kHorizontalFlip:
      return step.horizontal_flip().probability();
    case StepCase::kAffine:
      return step.affine().probability();
    case StepCase::kColorJitter:
      return step.color_jitter().probability();
    case StepCase::kGrayscale:
      return step.grayscale().probability();
    case StepCase::kGaussianBlur:
      return EffectiveBlurProbability(step.gaussian_blur().probability(),
                                      options.blur_probability);
    case StepCase::kSolarize:
      return step.solarize().probability();
    case StepCase::kElastic:
      return step.elastic().probability();
    case StepCase::STEP_NOT_SET:
      break;
  }
  CXR_CHECK(false) << "unresolved spec: an empty augmentation step";
  return 0.0;
}

// Pixels of a shift by `fraction` of the image.
double Translation(double fraction, const DrawStepOptions& options,
                   AffineMethod method) {
  const double pixels = fraction * options.size_pixels;
  return method == AffineMethod::kPillowNearest ? std::nearbyint(pixels)
                                                : std::trunc(pixels);
}

DrawnAffine DrawAffine(const spec::AffineSpec& spec,
                       const DrawStepOptions& options, const CounterRng& rng) {
  DrawnAffine drawn;
  drawn.method = spec.interpolation() == spec::BILINEAR_PIXELS
                     ? AffineMethod::kOpenCvLinear
                     : AffineMethod::kPillowNearest;
  AffineParameters& parameters = drawn.parameters;
  const double degrees = spec.rotation_degrees();
  parameters.rotation_degrees = Between(rng, kRotation, -degrees, degrees);
  const double farthest = spec.translation_fraction();
  const double nearest =
      options.affine_translation == spec::FIXED_TRANSLATION_AS_RELEASED
          ? farthest
          : -farthest;
  parameters.translate_x_pixels = Translation(
      Between(rng, kTranslationX, nearest, farthest), options, drawn.method);
  parameters.translate_y_pixels = Translation(
      Between(rng, kTranslationY, nearest, farthest), options, drawn.method);
  parameters.scale_x =
      Between(rng, kScaleX, spec.scale_min(), spec.scale_max());
  parameters.scale_y =
      spec.scaling() == spec::FACTOR_AN_AXIS
          ? Between(rng, kScaleY, spec.scale_min(), spec.scale_max())
          : parameters.scale_x;
  return drawn;
}

// Around 1, and never below 0.
double Factor(const CounterRng& rng, uint64_t index, double spread) {
  return Between(rng, index, std::max(0.0, 1.0 - spread), 1.0 + spread);
}

DrawnColorJitter DrawColorJitter(const spec::ColorJitterSpec& spec,
                                 const CounterRng& rng,
                                 const CounterRng& order) {
  constexpr std::array<ColorChange, 4> kChanges = {
      ColorChange::kBrightness, ColorChange::kContrast,
      ColorChange::kSaturation, ColorChange::kHue};
  DrawnColorJitter drawn{
      .brightness = Factor(rng, kBrightness, spec.brightness()),
      .contrast = Factor(rng, kContrast, spec.contrast()),
      .saturation = Factor(rng, kSaturation, spec.saturation()),
      .hue = Between(rng, kHue, -spec.hue(), spec.hue())};
  const std::vector<int64_t> places = Permutation(order, kChanges.size());
  for (size_t i = 0; i < kChanges.size(); ++i) {
    drawn.order[i] = kChanges[static_cast<size_t>(places[i])];
  }
  return drawn;
}

}  // namespace

double EffectiveBlurProbability(double probability,
                                spec::BlurProbability reading) {
  switch (reading) {
    case spec::BLUR_NOMINAL:
      return probability;
    case spec::BLUR_AS_RELEASED:
      return 1.0 - probability;
    default:
      CXR_CHECK(false) << "unresolved spec: blur_probability " << reading;
      return probability;
  }
}

std::optional<DrawnStep> DrawStep(const spec::AugmentationStepSpec& step,
                                  const DrawStepOptions& options, uint64_t seed,
                                  absl::string_view purpose) {
  const CounterRng rng(seed, purpose);
  if (rng.Uniform(kTakesPlace) >= ProbabilityOf(step, options)) {
    return std::nullopt;
  }
  switch (step.step_case()) {
    case StepCase::kHorizontalFlip:
      return DrawnFlip{};
    case StepCase::kAffine:
      return DrawAffine(step.affine(), options, rng);
    case StepCase::kColorJitter:
      return DrawColorJitter(step.color_jitter(), rng,
                             CounterRng(seed, absl::StrCat(purpose, ".order")));
    case StepCase::kGrayscale:
      return DrawnGrayscale{};
    case StepCase::kGaussianBlur:
      return DrawnBlur{.kernel_pixels = step.gaussian_blur().kernel_pixels(),
                       .sigma_pixels = Between(
                           rng, kSigma, step.gaussian_blur().sigma_min_pixels(),
                           step.gaussian_blur().sigma_max_pixels())};
    case StepCase::kSolarize:
      return DrawnSolarize{.threshold = step.solarize().threshold()};
    case StepCase::kElastic:
      return DrawnElastic{.alpha_pixels = step.elastic().alpha_pixels(),
                          .sigma_pixels = step.elastic().sigma_pixels(),
                          .noise_seed = rng.Bits(kNoise)};
    case StepCase::STEP_NOT_SET:
      break;
  }
  return std::nullopt;
}

}  // namespace cxr
