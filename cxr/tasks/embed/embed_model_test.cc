// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/embed/embed_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::string File(absl::string_view name) {
  return TestData(absl::StrCat("cxr/model/weights/testdata/vit/", name));
}

// The tiny weights have two heads, each 8 wide.
absl::StatusOr<EmbedModel> Open(absl::string_view name) {
  return OpenEmbedModel({.weights = File(name), .heads = 2});
}

struct Known {
  std::string file;
  std::string format;
  size_t unused;
  int64_t registers;
  spec::Equalization equalization;
  spec::Normalization normalization;
};

class EmbedModelTest : public ::testing::TestWithParam<Known> {};

TEST_P(EmbedModelTest, FormatSizesAndImagesAreToldByTheFile) {
  const Known& known = GetParam();
  ASSERT_OK_AND_ASSIGN(EmbedModel model, Open(known.file));
  EXPECT_THAT(model.format, HasSubstr(known.format));
  EXPECT_EQ(model.arch, "width 16, depth 2, 2 heads, patches of 4 pixels");
  EXPECT_THAT(model.unused, SizeIs(known.unused));
  EXPECT_EQ(model.vit->options().registers, known.registers);
  EXPECT_GT(model.vit->named_parameters()["norm.weight"].max().item<float>(),
            0);
  ASSERT_OK_AND_ASSIGN(const std::string bytes, ReadFile(File(known.file)));
  EXPECT_EQ(model.digest, Sha256Hex(bytes));
  EXPECT_EQ(model.preprocess.input_size_pixels(), 12);
  EXPECT_EQ(model.preprocess.resampling(), spec::PILLOW_BICUBIC);
  EXPECT_EQ(model.preprocess.equalization(), known.equalization);
  EXPECT_EQ(model.preprocess.normalization(), known.normalization);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, EmbedModelTest,
    ::testing::Values(
        Known{"dinov2.pth", "Meta's DINOv2", 0, 2, spec::OPENCV_HISTOGRAM,
              spec::IMAGENET},
        Known{"teacher.pth", "teacher", 2, 2, spec::OPENCV_HISTOGRAM,
              spec::IMAGENET},
        Known{"hugging_face.safetensors", "transformers", 0, 2,
              spec::OPENCV_HISTOGRAM, spec::IMAGENET},
        Known{"hugging_face_classifier.safetensors", "transformers", 2, 0,
              spec::OPENCV_HISTOGRAM, spec::IMAGENET},
        Known{"open_clip.bin", "timm", 3, 0, spec::NO_EQUALIZATION, spec::CLIP},
        Known{"clip.pt", "OpenAI's CLIP", 19, 0, spec::NO_EQUALIZATION,
              spec::CHEXZERO}));

TEST(OpenEmbedModelTest, AFolderSaysHowManyHeadsThereAre) {
  const std::string folder = TestData("cxr/tasks/embed/testdata/model");
  ASSERT_OK_AND_ASSIGN(const EmbedModel model,
                       OpenEmbedModel({.weights = folder}));
  EXPECT_EQ(model.vit->options().heads, 2);
  EXPECT_EQ(model.vit->options().registers, 4);
  EXPECT_THAT(model.unused, IsEmpty());
  EXPECT_EQ(model.preprocess.input_size_pixels(), 42);
  ASSERT_OK_AND_ASSIGN(const EmbedModel four,
                       OpenEmbedModel({.weights = folder, .heads = 4}));
  EXPECT_EQ(four.vit->options().heads, 4);
}

TEST(OpenEmbedModelTest, AFoldersConfigurationIsChecked) {
  const TempDir dir;
  ASSERT_OK(LinkOrCopy(File("hugging_face.safetensors"),
                       dir.File("model.safetensors")));
  const EmbedModelOptions options = {.weights = dir.path()};
  EXPECT_THAT(OpenEmbedModel(options),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(StartsWith(dir.path()),
                             HasSubstr("width 16: expected a multiple"))));
  ASSERT_OK(ReplaceFile(dir.File("config.json"), "{"));
  EXPECT_THAT(OpenEmbedModel(options),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("config.json: found no JSON")));
  for (const char* heads :
       {"", "\"num_attention_heads\":[2]", "\"num_attention_heads\":0"}) {
    ASSERT_OK(
        ReplaceFile(dir.File("config.json"), absl::StrCat("{", heads, "}")));
    EXPECT_THAT(OpenEmbedModel(options),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("config.json: num_attention_heads: found")));
  }
}

TEST(OpenEmbedModelTest, AnotherArchitectureIsRefused) {
  EXPECT_THAT(
      OpenEmbedModel(
          {.weights = File("dinov2.pth"), .arch = "vit_s14", .heads = 2}),
      StatusIs(
          absl::StatusCode::kInvalidArgument,
          AllOf(StartsWith(File("dinov2.pth")), HasSubstr("found width 16"),
                HasSubstr("expected --arch=vit_s14"))));
  EXPECT_THAT(OpenEmbedModel(
                  {.weights = File("dinov2.pth"), .arch = "vit_x", .heads = 2}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("'vit_x', expected one of vit_s14, vit_b14, "
                                 "vit_b16, vit_b32")));
}

TEST(OpenEmbedModelTest, WhatHoldsNoWeightsIsNamed) {
  const TempDir dir;
  EXPECT_THAT(
      OpenEmbedModel({.weights = dir.File("none")}),
      StatusIs(absl::StatusCode::kNotFound, StartsWith(dir.File("none"))));
  EXPECT_THAT(
      OpenEmbedModel({.weights = dir.path()}),
      StatusIs(absl::StatusCode::kInvalidArgument, StartsWith(dir.path())));
  ASSERT_OK_AND_ASSIGN(const std::string bytes,
                       ReadFile(File("hugging_face.safetensors")));
  ASSERT_OK(ReplaceFile(dir.File("torn"), bytes.substr(0, bytes.size() - 1)));
  EXPECT_THAT(
      OpenEmbedModel({.weights = dir.File("torn"), .heads = 2}),
      StatusIs(absl::StatusCode::kDataLoss, StartsWith(dir.File("torn"))));
  EXPECT_THAT(OpenEmbedModel({.weights = File("dinov2.pth"), .heads = 5}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(StartsWith(File("dinov2.pth")),
                             HasSubstr("expected a multiple of 5"))));
}

}  // namespace
}  // namespace cxr
