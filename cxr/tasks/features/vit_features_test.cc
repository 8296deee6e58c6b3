// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/vit_features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "ATen/ops/empty.h"
#include "c10/core/GradMode.h"
#include "cxr/base/rng.h"
#include "cxr/base/testing.h"
#include "cxr/model/random_weights.h"
#include "cxr/model/vit.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::FloatNear;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pointwise;

constexpr int kWidth = 32;
constexpr int kLastLayers = 2;
constexpr int kSide = 42;  // pixels: 3 x 3 patches, not the stored 4 x 4
constexpr int kPatches = 9;

constexpr absl::string_view kSpec = R"pb(
  backbone {
    layout: DINOV2
    width: 32
    depth: 3
    heads: 4
    mlp_ratio: 4
    patch_size_pixels: 14
    position_grid: 4
    registers: 4
    position_interpolation: OFFSET_AS_RELEASED
  }
  features {
    preprocess { normalization: IMAGENET }
    vit {
      weights {
        random { seed: 7 layer_scale_init: 1 linear_std: 0.2 position_std: 1 }
      }
      registers: KEPT
      pooled { last_layers: 2 norm: FINAL_NORM }
    }
  }
)pb";

spec::ExperimentSpec Spec(spec::ProbeToken token) {
  spec::ExperimentSpec spec;
  EXPECT_THAT(ParseTextproto(kSpec, spec).issues, IsEmpty());
  spec.mutable_features()->mutable_vit()->mutable_pooled()->set_token(token);
  return spec;
}

// The backbone of kSpec, made without the code under test.
Vit Backbone() {
  Vit vit(
      VitOptions{.width = kWidth,
                 .depth = 3,
                 .heads = 4,
                 .position_grid = 4,
                 .interpolation = PositionInterpolation::kOffsetAsReleased});
  FillRandomWeights(
      *vit,
      {.seed = 7, .layer_scale_init = 1, .linear_std = 0.2, .position_std = 1});
  return vit;
}

GrayImage NoiseImage(uint64_t seed, int side = kSide) {
  const CounterRng rng(seed, "image");
  GrayImage image{.width = side, .height = side};
  for (int i = 0; i < side * side; ++i) {
    image.pixels.push_back(
        static_cast<uint8_t>(128 + 50 * std::tanh(rng.Normal(i))));
  }
  return image;
}

// (1, 3, H, W), by the formula of ImageNet's normalisation.
at::Tensor Normalised(const GrayImage& image) {
  const double mean[] = {0.485, 0.456, 0.406};
  const double deviation[] = {0.229, 0.224, 0.225};
  at::Tensor tensor = at::empty({1, 3, image.height, image.width});
  float* out = tensor.mutable_data_ptr<float>();
  for (int channel = 0; channel < 3; ++channel) {
    for (const uint8_t pixel : image.pixels) {
      *out++ = static_cast<float>((pixel / 255.0 - mean[channel]) /
                                  deviation[channel]);
    }
  }
  return tensor;
}

// The row of an image, number by number from the backbone's layers.
std::vector<float> ExpectedRow(const GrayImage& image, bool top_left_patch) {
  const c10::NoGradGuard no_grad;
  Vit vit = Backbone();
  const std::vector<VitFeatures> layers =
      vit->IntermediateLayers(Normalised(image), kLastLayers);
  std::vector<float> row;
  for (const VitFeatures& layer : layers) {
    const at::Tensor token =
        top_left_patch ? layer.patches[0][0] : layer.cls[0];
    for (int c = 0; c < kWidth; ++c) {
      row.push_back(token[c].item<float>());
    }
  }
  const at::Tensor patches = layers.back().patches[0].contiguous();
  EXPECT_EQ(patches.size(0), kPatches);
  const float* values = patches.const_data_ptr<float>();
  const int first = top_left_patch ? 1 : 0;
  for (int c = 0; c < kWidth; ++c) {
    double sum = 0;
    for (int n = first; n < kPatches; ++n) {
      sum += values[n * kWidth + c];
    }
    row.push_back(static_cast<float>(sum / (kPatches - first)));
  }
  return row;
}

absl::StatusOr<VitExtractor> Extractor(const spec::ExperimentSpec& spec) {
  const FakeStage stage = {.spec = spec};
  absl::StatusOr<VitExtractor> extractor = absl::UnknownError("not made");
  EXPECT_OK(stage.Run(StageKind::kFeatures, [&](const StageRequest& request) {
    extractor = VitExtractor::Create(request, {});
    return StageOutput();
  }));
  return extractor;
}

std::vector<float> Extracted(const spec::ExperimentSpec& spec,
                             const std::vector<GrayImage>& images) {
  const absl::StatusOr<VitExtractor> extractor = Extractor(spec);
  EXPECT_OK(extractor);
  const absl::StatusOr<std::vector<float>> features =
      extractor->Extract(images);
  EXPECT_OK(features);
  return features.ok() ? *features : std::vector<float>();
}

TEST(VitFeaturesTest, ClassTokensThenTheMeanOfAllPatches) {
  const GrayImage image = NoiseImage(1);
  const std::vector<float> row = Extracted(Spec(spec::CLASS_TOKEN), {image});
  ASSERT_EQ(row.size(), size_t{kWidth * (kLastLayers + 1)});
  EXPECT_THAT(row, Pointwise(FloatNear(1e-5f), ExpectedRow(image, false)));
}

TEST(VitFeaturesTest, TopLeftPatchesThenTheMeanOfTheOthers) {
  const GrayImage image = NoiseImage(1);
  EXPECT_THAT(Extracted(Spec(spec::TOP_LEFT_PATCH_AS_RELEASED), {image}),
              Pointwise(FloatNear(1e-5f), ExpectedRow(image, true)));
}

// The two kinds of token differ by far more than the tolerance above.
TEST(VitFeaturesTest, TheKindOfTokenMatters) {
  const GrayImage image = NoiseImage(1);
  const std::vector<float> by_class = ExpectedRow(image, false);
  const std::vector<float> by_patch = ExpectedRow(image, true);
  for (int part = 0; part <= kLastLayers; ++part) {
    double difference = 0;
    for (int c = part * kWidth; c < (part + 1) * kWidth; ++c) {
      difference += std::abs(by_class[c] - by_patch[c]) / kWidth;
    }
    EXPECT_GT(difference, 1e-2) << part;
  }
}

TEST(VitFeaturesTest, TheLastTokenIsTheBackbonesOutput) {
  const c10::NoGradGuard no_grad;
  const GrayImage image = NoiseImage(2);
  const std::vector<float> row = Extracted(Spec(spec::CLASS_TOKEN), {image});
  Vit vit = Backbone();
  const at::Tensor cls = vit->forward(Normalised(image)).cls[0];
  for (int c = 0; c < kWidth; ++c) {
    EXPECT_NEAR(row[(kLastLayers - 1) * kWidth + c], cls[c].item<float>(),
                1e-5);
  }
}

TEST(VitFeaturesTest, ImagesDoNotSeeEachOther) {
  const spec::ExperimentSpec spec = Spec(spec::CLASS_TOKEN);
  std::vector<float> alone = Extracted(spec, {NoiseImage(1)});
  const std::vector<float> second = Extracted(spec, {NoiseImage(2)});
  EXPECT_THAT(alone, Not(Pointwise(FloatNear(1e-2f), second)));
  alone.insert(alone.end(), second.begin(), second.end());
  EXPECT_THAT(Extracted(spec, {NoiseImage(1), NoiseImage(2)}),
              Pointwise(FloatNear(1e-5f), alone));
}

TEST(VitFeaturesTest, TheSeedDecides) {
  spec::ExperimentSpec spec = Spec(spec::CLASS_TOKEN);
  const std::vector<float> row = Extracted(spec, {NoiseImage(1)});
  EXPECT_EQ(Extracted(spec, {NoiseImage(1)}), row);
  spec.mutable_features()
      ->mutable_vit()
      ->mutable_weights()
      ->mutable_random()
      ->set_seed(8);
  EXPECT_THAT(Extracted(spec, {NoiseImage(1)}),
              Not(Pointwise(FloatNear(1e-2f), row)));
}

TEST(VitFeaturesTest, DroppedRegistersChangeTheFeatures) {
  spec::ExperimentSpec spec = Spec(spec::CLASS_TOKEN);
  const std::vector<float> kept = Extracted(spec, {NoiseImage(1)});
  spec.mutable_features()->mutable_vit()->set_registers(
      spec::DROPPED_AS_RELEASED);
  const std::vector<float> dropped = Extracted(spec, {NoiseImage(1)});
  EXPECT_NE(kept, dropped);
  // As a backbone that never had any.
  spec.mutable_backbone()->set_registers(0);
  EXPECT_EQ(Extracted(spec, {NoiseImage(1)}), dropped);
}

// They are there, and next to nothing.
TEST(VitFeaturesTest, UntrainedRegistersAreAlmostZero) {
  spec::ExperimentSpec spec = Spec(spec::CLASS_TOKEN);
  const std::vector<float> kept = Extracted(spec, {NoiseImage(1)});
  spec.mutable_features()->mutable_vit()->set_registers(
      spec::UNTRAINED_AS_RELEASED);
  const std::vector<float> untrained = Extracted(spec, {NoiseImage(1)});
  EXPECT_NE(untrained, kept);
  EXPECT_EQ(Extracted(spec, {NoiseImage(1)}), untrained);
  ASSERT_OK_AND_ASSIGN(const VitExtractor extractor, Extractor(spec));
  const at::Tensor registers =
      extractor.backbone().named_parameters()["register_tokens"];
  EXPECT_EQ(registers.numel(), 4 * kWidth);
  EXPECT_NEAR(registers.square().mean().sqrt().item<double>(), 1e-6, 3e-7);
}

TEST(VitFeaturesTest, TheNormalisationIsTheExperiments) {
  const spec::ExperimentSpec imagenet = Spec(spec::CLASS_TOKEN);
  spec::ExperimentSpec clip = imagenet;
  clip.mutable_features()->mutable_preprocess()->set_normalization(spec::CLIP);
  const std::vector<GrayImage> images = {NoiseImage(1)};
  EXPECT_NE(Extracted(clip, images), Extracted(imagenet, images));
}

TEST(VitFeaturesTest, ImagesOfOneBatchHaveOneSize) {
  ASSERT_OK_AND_ASSIGN(const VitExtractor extractor,
                       Extractor(Spec(spec::CLASS_TOKEN)));
  EXPECT_THAT(
      extractor.Extract({NoiseImage(1), NoiseImage(1, 28)}),
      StatusIs(absl::StatusCode::kInternal,
               HasSubstr("images of one batch differ in size: 28 x 28 and "
                         "42 x 42")));
}

TEST(VitFeaturesTest, ImagesAreWholePatches) {
  ASSERT_OK_AND_ASSIGN(const VitExtractor extractor,
                       Extractor(Spec(spec::CLASS_TOKEN)));
  EXPECT_THAT(extractor.Extract({NoiseImage(1, 43)}),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("43")));
}

}  // namespace
}  // namespace cxr
