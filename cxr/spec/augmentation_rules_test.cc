// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/augmentation_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Problems(absl::string_view text) {
  return TextsOf(
      CheckPipeline(ParseSpec<spec::AugmentationPipelineSpec>(text), "p"));
}

std::vector<std::string> CropProblems(absl::string_view change) {
  return Problems(absl::StrCat("crop { ", change, " }"));
}

std::vector<std::string> AffineProblems(absl::string_view change) {
  return Problems(absl::StrCat("steps { affine { ", change,
                               " } } affine_translation: UNIFORM_TRANSLATION"));
}

std::vector<std::string> BlurProblems(absl::string_view change) {
  return Problems(absl::StrCat("steps { gaussian_blur { ", change,
                               " } } blur_probability: BLUR_NOMINAL"));
}

TEST(AugmentationRulesTest, NoChangesAreRight) {
  EXPECT_THAT(Problems(""), IsEmpty());
}

TEST(AugmentationRulesTest, PartsOfACropBeginBelowTheirEnd) {
  EXPECT_THAT(CropProblems("scale_min: 0.5 scale_max: 0.5"), IsEmpty());
  EXPECT_THAT(CropProblems("scale_min: 0.6 scale_max: 0.5"),
              ElementsAre("p.crop.scale_min: found 0.6, expected at most "
                          "scale_max, 0.5"));
  EXPECT_THAT(CropProblems("ratio_min: 1 ratio_max: 1"), IsEmpty());
  EXPECT_THAT(CropProblems("ratio_min: 1.25 ratio_max: 0.75"),
              ElementsAre("p.crop.ratio_min: found 1.25, expected at most "
                          "ratio_max, 0.75"));
}

TEST(AugmentationRulesTest, ScalesOfAnAffineBeginBelowTheirEnd) {
  EXPECT_THAT(AffineProblems("scale_min: 1 scale_max: 1"), IsEmpty());
  EXPECT_THAT(AffineProblems("scale_min: 1.2 scale_max: 0.8"),
              ElementsAre("p.steps[0].affine.scale_min: found 1.2, expected "
                          "at most scale_max, 0.8"));
}

TEST(AugmentationRulesTest, TheKernelOfABlurHasAMiddle) {
  EXPECT_THAT(BlurProblems("kernel_pixels: 9"), IsEmpty());
  EXPECT_THAT(BlurProblems("kernel_pixels: 8"),
              ElementsAre("p.steps[0].gaussian_blur.kernel_pixels: found 8, "
                          "expected an odd number of pixels, which has a "
                          "middle"));
}

TEST(AugmentationRulesTest, WidthsOfABlurBeginBelowTheirEnd) {
  EXPECT_THAT(
      BlurProblems("kernel_pixels: 1 sigma_min_pixels: 2 sigma_max_pixels: 2"),
      IsEmpty());
  EXPECT_THAT(
      BlurProblems("kernel_pixels: 1 sigma_min_pixels: 3 sigma_max_pixels: 2"),
      ElementsAre("p.steps[0].gaussian_blur.sigma_min_pixels: found 3, "
                  "expected at most sigma_max_pixels, 2"));
}

TEST(AugmentationRulesTest, EveryStepIsJudged) {
  EXPECT_THAT(Problems("steps { horizontal_flip {} }"
                       "steps { affine { scale_min: 2 scale_max: 1 } }"
                       "steps { gaussian_blur { kernel_pixels: 2 } }"
                       "blur_probability: BLUR_NOMINAL"
                       " affine_translation: UNIFORM_TRANSLATION"),
              ElementsAre("p.steps[1].affine.scale_min: found 2, expected at "
                          "most scale_max, 1",
                          "p.steps[2].gaussian_blur.kernel_pixels: found 2, "
                          "expected an odd number of pixels, which has a "
                          "middle"));
}

TEST(AugmentationRulesTest, ReadingsBelongToTheirSteps) {
  EXPECT_THAT(
      Problems("steps { affine {} } steps { gaussian_blur {"
               " kernel_pixels: 9 } }"),
      ElementsAre(
          "p.blur_probability: is not set; a step gaussian_blur needs it",
          "p.affine_translation: is not set; a step affine needs it"));
  EXPECT_THAT(
      Problems("blur_probability: BLUR_NOMINAL"
               " affine_translation: UNIFORM_TRANSLATION"),
      ElementsAre("p.blur_probability: is set, but no step is gaussian_blur",
                  "p.affine_translation: is set, but no step is affine"));
}

}  // namespace
}  // namespace cxr
