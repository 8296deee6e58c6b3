// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/backbone_weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ATen/ops/equal.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/model/random_weights.h"
#include "cxr/model/testing.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/model/weights/torch_tensors.h"
#include "cxr/model/weights/vit_weights.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// The sizes of the tiny files of cxr/model/weights.
Vit Tiny(int64_t registers, VitLayout layout = VitLayout::kDinov2) {
  return Vit(WithLayout({.width = 16,
                         .depth = 2,
                         .heads = 2,
                         .patch_size_pixels = 4,
                         .position_grid = 3,
                         .registers = registers},
                        layout));
}

bool Same(const Vit& a, const Vit& b) {
  const auto others = b->named_parameters();
  for (const auto& each : a->named_parameters()) {
    if (!at::equal(each.value(), others[each.key()])) return false;
  }
  return true;
}

spec::WeightsSpec Weights(absl::string_view text) {
  spec::WeightsSpec weights;
  EXPECT_THAT(ParseTextproto(text, weights).issues, IsEmpty());
  return weights;
}

absl::Status Fill(absl::string_view text, Vit vit,
                  const FakeStage& stage = {}) {
  const std::string folder = TestData("cxr/model/weights/testdata/vit");
  const TaskOptions options = {.weights_root = folder, .program_root = folder};
  absl::Status status;
  EXPECT_OK(stage.Run(StageKind::kFeatures, [&](const StageRequest& request) {
    status = FillBackbone(Weights(text), request, options, vit);
    return StageOutput();
  }));
  return status;
}

// What a pretrain stage would have left of `vit`: a backbone, and a head.
std::string Teacher(const Vit& vit) {
  std::vector<StoredTensor> tensors;
  for (const auto& each : vit->named_parameters()) {
    tensors.push_back(
        ToStored(absl::StrCat("backbone.", each.key()), each.value()));
  }
  tensors.push_back(
      ToStored("dino_head.mlp.0.bias", vit->named_parameters()["norm.bias"]));
  return ToSafetensors(std::move(tensors), {});
}

TEST(BackboneWeightsTest, RandomOnesAreDrawnAsTheSpecSays) {
  Vit found = Tiny(2);
  ASSERT_OK(
      Fill("random { seed: 7 layer_scale_init: 0.5 linear_std: 0.1 "
           "position_std: 2 }",
           found));
  Vit expected = Tiny(2);
  FillRandomWeights(*expected, {.seed = 7,
                                .layer_scale_init = 0.5,
                                .linear_std = 0.1,
                                .position_std = 2});
  EXPECT_TRUE(Same(found, expected));
}

TEST(BackboneWeightsTest, EveryFormatIsItsOwn) {
  struct Case {
    const char* file;
    const char* format;
    VitWeightsFormat expected;
    int64_t registers;
    VitLayout layout;
  };
  for (const Case& each : std::vector<Case>{
           {"dinov2.pth", "DINOV2_PTH", VitWeightsFormat::kDinov2, 2,
            VitLayout::kDinov2},
           {"hugging_face.safetensors", "HUGGING_FACE_DINOV2",
            VitWeightsFormat::kHuggingFaceDinov2, 2, VitLayout::kDinov2},
           {"open_clip.bin", "OPEN_CLIP_TIMM", VitWeightsFormat::kOpenClipTimm,
            0, VitLayout::kTimm},
           {"clip.pt", "OPENAI_CLIP_PT", VitWeightsFormat::kOpenAiClip, 0,
            VitLayout::kOpenAiClip},
           {"teacher.pth", "TEACHER_CHECKPOINT",
            VitWeightsFormat::kTeacherCheckpoint, 2, VitLayout::kDinov2}}) {
    Vit found = Tiny(each.registers, each.layout);
    ASSERT_OK(Fill(absl::StrCat("file { file: '", each.file,
                                "' format: ", each.format, " }"),
                   found))
        << each.file;
    ASSERT_OK_AND_ASSIGN(const TensorFile file,
                         ReadTensorFile(TestData(absl::StrCat(
                             "cxr/model/weights/testdata/vit/", each.file))));
    Vit expected = Tiny(each.registers, each.layout);
    ASSERT_OK(LoadVitWeights(file, each.expected, expected));
    EXPECT_TRUE(Same(found, expected)) << each.file;
    EXPECT_FALSE(Same(found, Tiny(each.registers, each.layout)));
  }
}

TEST(BackboneWeightsTest, ATeacherComesFromItsStage) {
  Vit expected = Tiny(2);
  FillModuleByFormula(*expected);
  const FakeStage stage = {
      .inputs = {{{StageKind::kPretrain, std::string(kTeacherFile)},
                  Teacher(expected)}}};
  for (const char* origin :
       {"own_pretraining {}", "pretrained { experiment: 'pretrain_s' }"}) {
    Vit found = Tiny(2);
    ASSERT_OK(Fill(origin, found, stage));
    EXPECT_TRUE(Same(found, expected)) << origin;
  }
  EXPECT_THAT(
      Fill("own_pretraining {}", Tiny(0), stage),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(StartsWith(kTeacherFile), HasSubstr("register_tokens"))));
}

TEST(BackboneWeightsTest, RegistersOfABundledFileMayBeLeftOut) {
  constexpr char kBundled[] = "bundled { file: 'teacher.pth' }";
  Vit whole = Tiny(2);
  ASSERT_OK(Fill(kBundled, whole));
  Vit without = Tiny(0);
  ASSERT_OK(Fill(kBundled, without));
  const auto expected = whole->named_parameters();
  for (const auto& each : without->named_parameters()) {
    EXPECT_TRUE(at::equal(each.value(), expected[each.key()])) << each.key();
  }
  // Anything else that does not fit is an error.
  EXPECT_THAT(Fill(kBundled, Tiny(3)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("register_tokens")));
  EXPECT_THAT(Fill("bundled { file: 'none' }", Tiny(0)),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
}

TEST(BackboneWeightsTest, TheTextSaysWhereTheyComeFrom) {
  const auto text = [](absl::string_view weights, int registers) {
    spec::VitSpec backbone;
    backbone.set_registers(registers);
    return WeightsText(Weights(weights), backbone);
  };
  EXPECT_EQ(text("random { seed: 7 }", 4),
            "random weights (seed 7, not trained)");
  EXPECT_EQ(text("pretrained { experiment: 'p' }", 4), "weights of p");
  EXPECT_EQ(text("pretrained { experiment: 'p' step: 2500 }", 4),
            "weights of p after 2,500 steps");
  EXPECT_EQ(text("own_pretraining {}", 4), "weights of its own pretraining");
  EXPECT_EQ(text("file { file: 'a.pth' }", 0), "weights of the file a.pth");
  EXPECT_EQ(text("bundled { file: 'a' }", 4),
            "weights of the program's own file a");
  EXPECT_EQ(text("bundled { file: 'a' }", 0),
            "weights of the program's own file a, its registers left out");
}

TEST(BackboneWeightsTest, ATeacherOnTheWayIsTakenByItsStep) {
  Vit expected = Tiny(2);
  FillModuleByFormula(*expected);
  const FakeStage stage = {
      .inputs = {{{StageKind::kPretrain, "teacher_2500.safetensors"},
                  Teacher(expected)}}};
  Vit found = Tiny(2);
  ASSERT_OK(
      Fill("pretrained { experiment: 'pretrain_s' step: 2500 }", found, stage));
  EXPECT_TRUE(Same(found, expected));
  EXPECT_THAT(
      Fill("pretrained { experiment: 'pretrain_s' step: 5000 }", found, stage),
      StatusIs(absl::StatusCode::kNotFound,
               HasSubstr("teacher_5000.safetensors")));
}

TEST(BackboneWeightsTest, AMissingOrDamagedTeacherIsNamed) {
  EXPECT_THAT(Fill("own_pretraining {}", Tiny(2)),
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr(std::string(kTeacherFile))));
  const FakeStage damaged = {
      .inputs = {{{StageKind::kPretrain, std::string(kTeacherFile)}, "torn"}}};
  EXPECT_THAT(Fill("own_pretraining {}", Tiny(2), damaged),
              StatusIs(absl::StatusCode::kDataLoss, StartsWith(kTeacherFile)));
}

TEST(BackboneWeightsTest, AFileThatDoesNotFitIsNamed) {
  EXPECT_THAT(Fill("file { file: 'dinov2.pth' format: DINOV2_PTH }", Tiny(0)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("testdata/vit/dinov2.pth"),
                             HasSubstr("register_tokens"))));
  EXPECT_THAT(Fill("file { file: 'none.pth' format: DINOV2_PTH where_to_get: "
                   "'its authors' }",
                   Tiny(0)),
              StatusIs(absl::StatusCode::kUnimplemented,
                       HasSubstr("none.pth (its authors)")));
}

}  // namespace
}  // namespace cxr
