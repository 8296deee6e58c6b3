// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/draw_step.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

constexpr int kDraws = 8000;

// Five standard errors of a frequency p of kDraws.
double Tolerance(double p) { return 5 * std::sqrt(p * (1 - p) / kDraws); }

spec::AugmentationStepSpec Flip(double probability) {
  spec::AugmentationStepSpec step;
  step.mutable_horizontal_flip()->set_probability(probability);
  return step;
}

spec::AugmentationStepSpec Blur(double probability) {
  spec::AugmentationStepSpec step;
  step.mutable_gaussian_blur()->set_probability(probability);
  step.mutable_gaussian_blur()->set_kernel_pixels(9);
  step.mutable_gaussian_blur()->set_sigma_min_pixels(0.1);
  step.mutable_gaussian_blur()->set_sigma_max_pixels(2.0);
  return step;
}

spec::AugmentationStepSpec Affine(spec::AffineInterpolation interpolation,
                                  spec::AffineScaling scaling) {
  spec::AugmentationStepSpec step;
  step.mutable_affine()->set_rotation_degrees(20);
  step.mutable_affine()->set_translation_fraction(0.1);
  step.mutable_affine()->set_scale_min(0.8);
  step.mutable_affine()->set_scale_max(1.2);
  step.mutable_affine()->set_scaling(scaling);
  step.mutable_affine()->set_interpolation(interpolation);
  step.mutable_affine()->set_probability(1);
  return step;
}

spec::AugmentationStepSpec Jitter() {
  spec::AugmentationStepSpec step;
  step.mutable_color_jitter()->set_brightness(0.4);
  step.mutable_color_jitter()->set_contrast(0.3);
  step.mutable_color_jitter()->set_saturation(0.2);
  step.mutable_color_jitter()->set_hue(0.1);
  step.mutable_color_jitter()->set_probability(1);
  return step;
}

DrawStepOptions Options(
    spec::AffineTranslation translation = spec::UNIFORM_TRANSLATION,
    spec::BlurProbability blur = spec::BLUR_NOMINAL) {
  return {.size_pixels = 518,
          .blur_probability = blur,
          .affine_translation = translation};
}

std::vector<DrawnStep> Draws(const spec::AugmentationStepSpec& step,
                             const DrawStepOptions& options = Options()) {
  std::vector<DrawnStep> draws;
  for (int i = 0; i < kDraws; ++i) {
    const std::optional<DrawnStep> drawn =
        DrawStep(step, options, 4, absl::StrCat("test.", i));
    if (drawn.has_value()) {
      draws.push_back(*drawn);
    }
  }
  return draws;
}

double Frequency(const spec::AugmentationStepSpec& step,
                 const DrawStepOptions& options = Options()) {
  return 1.0 * Draws(step, options).size() / kDraws;
}

// That `values` look uniform between low and high.
void ExpectUniform(const std::vector<double>& values, double low, double high) {
  double mean = 0.0;
  double square = 0.0;
  for (const double value : values) {
    EXPECT_GE(value, low);
    EXPECT_LE(value, high);
    mean += value / values.size();
    square += value * value / values.size();
  }
  const double width = high - low;
  const double error = 5 * width / std::sqrt(12.0 * values.size());
  EXPECT_NEAR(mean, (low + high) / 2, error);
  EXPECT_NEAR(square - mean * mean, width * width / 12, error * width);
  // 1 / count of the width is left out at each end on average.
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  EXPECT_LT(*least, low + width / 400);
  EXPECT_GT(*most, high - width / 400);
}

TEST(DrawStepTest, StepsTakePlaceAsOftenAsTheirProbabilitySays) {
  for (const double p : {0.0, 0.2, 0.5, 0.8, 1.0}) {
    EXPECT_NEAR(Frequency(Flip(p)), p, Tolerance(p));
  }
}

// Paper section 2.3: 1.0, 0.1 and 0.5 as written are 0.0, 0.9 and 0.5 in
// effect.
TEST(DrawStepTest, TheReleasedBlurReadsItsProbabilityTheOtherWayRound) {
  const DrawStepOptions released =
      Options(spec::UNIFORM_TRANSLATION, spec::BLUR_AS_RELEASED);
  EXPECT_EQ(Frequency(Blur(1.0), released), 0.0);
  EXPECT_NEAR(Frequency(Blur(0.1), released), 0.9, Tolerance(0.9));
  EXPECT_NEAR(Frequency(Blur(0.5), released), 0.5, Tolerance(0.5));
  EXPECT_EQ(Frequency(Blur(1.0)), 1.0);
  EXPECT_NEAR(Frequency(Blur(0.1)), 0.1, Tolerance(0.1));
  EXPECT_NEAR(Frequency(Blur(0.5)), 0.5, Tolerance(0.5));
}

TEST(DrawStepTest, BlursHaveAUniformWidth) {
  std::vector<double> sigmas;
  for (const DrawnStep& drawn : Draws(Blur(1.0))) {
    EXPECT_EQ(std::get<DrawnBlur>(drawn).kernel_pixels, 9);
    sigmas.push_back(std::get<DrawnBlur>(drawn).sigma_pixels);
  }
  ExpectUniform(sigmas, 0.1, 2.0);
}

struct AffineColumns {
  std::vector<double> rotation;
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> scale_x;
  std::vector<double> scale_y;
  AffineMethod method;
};

AffineColumns Columns(const std::vector<DrawnStep>& draws) {
  AffineColumns columns;
  for (const DrawnStep& drawn : draws) {
    const AffineParameters& affine = std::get<DrawnAffine>(drawn).parameters;
    columns.rotation.push_back(affine.rotation_degrees);
    columns.x.push_back(affine.translate_x_pixels);
    columns.y.push_back(affine.translate_y_pixels);
    columns.scale_x.push_back(affine.scale_x);
    columns.scale_y.push_back(affine.scale_y);
    columns.method = std::get<DrawnAffine>(drawn).method;
  }
  return columns;
}

TEST(DrawStepTest, TorchvisionsAffineHasWholePixelsAndOneScale) {
  const AffineColumns columns =
      Columns(Draws(Affine(spec::NEAREST_PIXEL, spec::ONE_FACTOR)));
  EXPECT_EQ(columns.method, AffineMethod::kPillowNearest);
  ExpectUniform(columns.rotation, -20, 20);
  ExpectUniform(columns.scale_x, 0.8, 1.2);
  EXPECT_EQ(columns.scale_y, columns.scale_x);
  // 51.8 pixels at most, which are rounded to 52.
  ExpectUniform(columns.x, -52, 52);
  ExpectUniform(columns.y, -52, 52);
  EXPECT_NE(columns.x, columns.y);
  for (const double x : columns.x) {
    EXPECT_EQ(x, std::round(x));
  }
}

TEST(DrawStepTest, AlbumentationsAffineCutsPixelsOffAndScalesEachAxis) {
  const AffineColumns columns =
      Columns(Draws(Affine(spec::BILINEAR_PIXELS, spec::FACTOR_AN_AXIS)));
  EXPECT_EQ(columns.method, AffineMethod::kOpenCvLinear);
  ExpectUniform(columns.scale_x, 0.8, 1.2);
  ExpectUniform(columns.scale_y, 0.8, 1.2);
  EXPECT_NE(columns.scale_x, columns.scale_y);
  EXPECT_EQ(*std::min_element(columns.x.begin(), columns.x.end()), -51);
  EXPECT_EQ(*std::max_element(columns.x.begin(), columns.x.end()), 51);
}

TEST(DrawStepTest, TheReleasedTranslationIsAlwaysTheWholeOne) {
  const DrawStepOptions fixed = Options(spec::FIXED_TRANSLATION_AS_RELEASED);
  for (const DrawnStep& drawn :
       Draws(Affine(spec::BILINEAR_PIXELS, spec::FACTOR_AN_AXIS), fixed)) {
    const AffineParameters& affine = std::get<DrawnAffine>(drawn).parameters;
    EXPECT_EQ(affine.translate_x_pixels, 51);
    EXPECT_EQ(affine.translate_y_pixels, 51);
  }
}

TEST(DrawStepTest, JittersAreUniformFactorsInEveryOrder) {
  std::vector<double> brightness;
  std::vector<double> contrast;
  std::vector<double> saturation;
  std::vector<double> hue;
  std::map<std::array<ColorChange, 4>, int> orders;
  for (const DrawnStep& drawn : Draws(Jitter())) {
    const DrawnColorJitter& jitter = std::get<DrawnColorJitter>(drawn);
    brightness.push_back(jitter.brightness);
    contrast.push_back(jitter.contrast);
    saturation.push_back(jitter.saturation);
    hue.push_back(jitter.hue);
    ++orders[jitter.order];
  }
  ExpectUniform(brightness, 0.6, 1.4);
  ExpectUniform(contrast, 0.7, 1.3);
  ExpectUniform(saturation, 0.8, 1.2);
  ExpectUniform(hue, -0.1, 0.1);
  EXPECT_EQ(orders.size(), 24u);
  for (const auto& [order, count] : orders) {
    EXPECT_NEAR(1.0 * count / kDraws, 1.0 / 24, Tolerance(1.0 / 24));
  }
}

TEST(DrawStepTest, AWideJitterStopsAtZero) {
  spec::AugmentationStepSpec step = Jitter();
  step.mutable_color_jitter()->set_brightness(1.0);
  std::vector<double> brightness;
  for (const DrawnStep& drawn : Draws(step)) {
    brightness.push_back(std::get<DrawnColorJitter>(drawn).brightness);
  }
  ExpectUniform(brightness, 0.0, 2.0);
}

TEST(DrawStepTest, ElasticNoiseDiffersFromImageToImage) {
  spec::AugmentationStepSpec step;
  step.mutable_elastic()->set_alpha_pixels(1);
  step.mutable_elastic()->set_sigma_pixels(10);
  step.mutable_elastic()->set_probability(0.5);
  std::map<uint64_t, int> seeds;
  for (const DrawnStep& drawn : Draws(step)) {
    const DrawnElastic& elastic = std::get<DrawnElastic>(drawn);
    EXPECT_EQ(elastic.alpha_pixels, 1);
    EXPECT_EQ(elastic.sigma_pixels, 10);
    ++seeds[elastic.noise_seed];
  }
  EXPECT_NEAR(1.0 * seeds.size() / kDraws, 0.5, Tolerance(0.5));
}

TEST(DrawStepDeathTest, AnUnresolvedSpecIsAProgrammersError) {
  EXPECT_DEATH(DrawStep({}, Options(), 1, "test"), "an empty augmentation");
  EXPECT_DEATH(EffectiveBlurProbability(1, spec::BLUR_PROBABILITY_UNSPECIFIED),
               "blur_probability 0");
}

}  // namespace
}  // namespace cxr
