// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/feature_extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "cxr/base/testing.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

absl::StatusOr<FeatureExtractor> Make(absl::string_view spec) {
  FakeStage stage;
  EXPECT_THAT(ParseTextproto(spec, stage.spec).issues, IsEmpty());
  absl::StatusOr<FeatureExtractor> made = absl::UnknownError("not made");
  EXPECT_OK(stage.Run(StageKind::kFeatures, [&](const StageRequest& request) {
    made = FeatureExtractor::Create(request, {});
    return StageOutput();
  }));
  return made;
}

TEST(FeatureExtractorTest, PixelsAreFractionsOf255) {
  ASSERT_OK_AND_ASSIGN(const FeatureExtractor pixels,
                       Make("features { pixels {} }"));
  EXPECT_EQ(pixels.vit(), nullptr);
  ASSERT_OK_AND_ASSIGN(
      const std::vector<float> features,
      pixels.Extract({GrayImage{2, 1, {0, 255}}, GrayImage{2, 1, {51, 102}}}));
  EXPECT_THAT(features, ElementsAre(0, 1, 51 / 255.0f, 102 / 255.0f));
}

TEST(FeatureExtractorTest, FeaturesThatAreNotFiniteAreOutOfRange) {
  ASSERT_OK_AND_ASSIGN(const FeatureExtractor vit, Make(R"pb(
                         backbone {
                           layout: DINOV2
                           width: 8
                           depth: 1
                           heads: 2
                           mlp_ratio: 2
                           patch_size_pixels: 14
                           position_grid: 1
                           registers: 0
                           position_interpolation: ANTIALIASED
                         }
                         features {
                           preprocess { normalization: IMAGENET }
                           vit {
                             weights {
                               random {
                                 seed: 1
                                 layer_scale_init: 1
                                 linear_std: 1e30
                                 position_std: 1e30
                               }
                             }
                             registers: KEPT
                             pooled {
                               last_layers: 1
                               token: CLASS_TOKEN
                               norm: NO_NORM_AS_RELEASED
                             }
                           }
                         }
                       )pb"));
  ASSERT_NE(vit.vit(), nullptr);
  GrayImage image = {.width = 14, .height = 14};
  image.pixels.assign(14 * 14, 200);
  EXPECT_THAT(vit.Extract({image}), StatusIs(absl::StatusCode::kOutOfRange,
                                             "features are not finite"));
}

TEST(FeaturesNoteTest, SaysWhatComputed) {
  spec::ExperimentSpec spec;
  spec.mutable_features()->mutable_preprocess()->set_input_size_pixels(32);
  spec.mutable_features()->mutable_pixels();
  EXPECT_EQ(FeaturesNote(spec), "no backbone, 32-pixel input");
  spec.mutable_backbone()->set_width(16);
  spec.mutable_backbone()->set_depth(2);
  spec::VitFeaturesSpec& vit = *spec.mutable_features()->mutable_vit();
  vit.mutable_pooled()->set_token(spec::CLASS_TOKEN);
  vit.mutable_weights()->mutable_pretrained()->set_experiment("pretrain_s");
  EXPECT_EQ(FeaturesNote(spec),
            "backbone of width 16 and depth 2, weights of pretrain_s, token "
            "CLASS_TOKEN, 32-pixel input");
}

}  // namespace
}  // namespace cxr
