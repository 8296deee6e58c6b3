// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/vit_weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ATen/core/Tensor.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "c10/core/GradMode.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"
#include "cxr/model/weights/torch_tensors.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// The sizes of testdata/make_vit_files.py.
VitOptions Tiny(int64_t registers, VitLayout layout = VitLayout::kDinov2) {
  return WithLayout({.width = 16,
                     .depth = 2,
                     .heads = 2,
                     .patch_size_pixels = 4,
                     .position_grid = 3,
                     .registers = registers},
                    layout);
}

TensorFile Open(absl::string_view name) {
  absl::StatusOr<TensorFile> file = ReadTensorFile(
      TestData(absl::StrCat("cxr/model/weights/testdata/vit/", name)));
  EXPECT_OK(file);
  return *std::move(file);
}

// All tokens of the image of the stated grid of patches, side by side.
at::Tensor Tokens(Vit& vit, int64_t rows, int64_t columns, FinalNorm norm) {
  const c10::NoGradGuard no_grad;
  at::Tensor images = at::zeros({1, 3, 4 * rows, 4 * columns});
  FillByFormula(images, absl::StrCat("image", rows, "x", columns), 1, 0);
  const VitFeatures features = vit->IntermediateLayers(images, 1, norm).front();
  return at::cat({features.cls, features.registers[0], features.patches[0]})
      .flatten();
}

// Golden rows are case, rows, columns, norm, values.
void ExpectTokens(const std::string& name, Vit& vit) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData("cxr/model/weights/testdata/vit/tokens.csv")));
  int compared = 0;
  for (const CsvTable::Row& row : table.rows()) {
    if (row.cells[0] != name) continue;
    std::vector<float> values;
    for (const absl::string_view word : absl::StrSplit(row.cells[4], ' ')) {
      EXPECT_TRUE(absl::SimpleAtof(word, &values.emplace_back())) << word;
    }
    const at::Tensor tokens = Tokens(
        vit, std::stoi(row.cells[1]), std::stoi(row.cells[2]),
        row.cells[3] == "before" ? FinalNorm::kLeftOut : FinalNorm::kApplied);
    EXPECT_LE(MaxAbsDifference(tokens, at::tensor(values)), 2e-5)
        << name << " line " << row.line;
    ++compared;
  }
  EXPECT_GE(compared, 2) << name;
}

// Loads a file into a Vit of `options`, after its format has been guessed.
struct Loaded {
  Vit vit = nullptr;
  std::vector<std::string> unused = {};
};
Loaded Load(absl::string_view name, VitWeightsFormat format,
            const VitOptions& options) {
  const TensorFile file = Open(name);
  const absl::StatusOr<VitWeightsFormat> guessed = GuessFormat(file);
  EXPECT_OK(guessed);
  EXPECT_EQ(*guessed, format) << name;
  Loaded loaded = {.vit = Vit(options)};
  // Not zero: what a file lacks must become so.
  FillModuleByFormula(*loaded.vit, 3);
  absl::StatusOr<std::vector<std::string>> unused =
      LoadVitWeights(file, format, loaded.vit);
  EXPECT_OK(unused) << name;
  loaded.unused = *std::move(unused);
  return loaded;
}

bool IsZero(const Vit& vit, const std::string& parameter) {
  return vit->named_parameters()[parameter].abs().max().item<float>() == 0;
}

TEST(VitWeightsTest, MetasFilesAndTeachersGiveTransformersFeatures) {
  Loaded meta = Load("dinov2.pth", VitWeightsFormat::kDinov2, Tiny(2));
  EXPECT_THAT(meta.unused, IsEmpty());
  ExpectTokens("registers", meta.vit);
  EXPECT_FALSE(IsZero(meta.vit, "mask_token"));
  Loaded teacher =
      Load("teacher.pth", VitWeightsFormat::kTeacherCheckpoint, Tiny(2));
  EXPECT_THAT(teacher.unused,
              ElementsAre("teacher.dino_head.mlp.0.weight",
                          "teacher.ibot_head.last_layer.weight_g"));
  ExpectTokens("registers", teacher.vit);
}

TEST(VitWeightsTest, TransformersFilesGiveItsFeatures) {
  const auto format = VitWeightsFormat::kHuggingFaceDinov2;
  Loaded model = Load("hugging_face.safetensors", format, Tiny(2));
  EXPECT_THAT(model.unused, IsEmpty());
  ExpectTokens("registers", model.vit);
  EXPECT_FALSE(IsZero(model.vit, "mask_token"));
  Loaded classifier =
      Load("hugging_face_classifier.safetensors", format, Tiny(0));
  EXPECT_THAT(classifier.unused,
              ElementsAre("classifier.bias", "classifier.weight"));
  ExpectTokens("plain", classifier.vit);
}

TEST(VitWeightsTest, TimmsFilesGiveItsFeatures) {
  const auto format = VitWeightsFormat::kOpenClipTimm;
  Loaded alone = Load("timm_registers.pth", format, Tiny(2));
  EXPECT_THAT(alone.unused, IsEmpty());
  ExpectTokens("registers", alone.vit);
  EXPECT_TRUE(IsZero(alone.vit, "mask_token"));
  // Stored as float16.
  Loaded tower = Load("open_clip.bin", format, Tiny(0, VitLayout::kTimm));
  EXPECT_THAT(tower.unused, ElementsAre("logit_scale", "text.proj.0.weight",
                                        "visual.head.proj.weight"));
  ExpectTokens("timm", tower.vit);
}

TEST(VitWeightsTest, ClipsFilesGiveItsFeatures) {
  Loaded clip = Load("clip.pt", VitWeightsFormat::kOpenAiClip,
                     Tiny(0, VitLayout::kOpenAiClip));
  ExpectTokens("clip", clip.vit);
  EXPECT_THAT(clip.unused, Each(AllOf(Not(StartsWith("visual.ln")),
                                      Not(StartsWith("visual.transformer")))));
  EXPECT_THAT(clip.unused, ::testing::Contains("visual.proj"));
  EXPECT_THAT(clip.unused, ::testing::Contains("ln_final.bias"));
}

// A file whose tensors a test changes before they are loaded.
class EditableFile {
 public:
  explicit EditableFile(absl::string_view name) : source_(Open(name)) {
    for (const StoredTensor& tensor : source_.tensors()) {
      tensors_[tensor.name] = ToTorch(tensor);
    }
  }

  at::Tensor& operator[](const std::string& name) { return tensors_[name]; }
  void Remove(const std::string& name) { tensors_.erase(name); }

  TensorFile File() const {
    std::vector<StoredTensor> stored;
    for (const auto& [name, tensor] : tensors_) {
      stored.push_back(ToStored(name, tensor));
    }
    return TensorFile(std::move(stored), {}, {});
  }

 private:
  TensorFile source_;
  std::map<std::string, at::Tensor> tensors_;
};

TEST(VitWeightsTest, AllThatDoesNotFitIsToldAndNothingIsLoaded) {
  EditableFile file("dinov2.pth");
  file.Remove("blocks.1.norm1.bias");
  file["norm.weight"] = at::zeros({17});
  file["blocks.2.norm1.bias"] = at::zeros({16});
  file["norm.bias"] = at::zeros({16}, at::kLong);
  Vit vit(Tiny(2));
  EXPECT_THAT(
      LoadVitWeights(file.File(), VitWeightsFormat::kDinov2, vit),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("blocks.1.norm1.bias\": missing, expected (16)"),
                     HasSubstr("norm.weight\": found float32 (17), expected "
                               "floating numbers (16)"),
                     HasSubstr("norm.bias\": found int64 (16)"),
                     HasSubstr("blocks.2.norm1.bias\": found float32 (16), "
                               "expected no such tensor"))));
  EXPECT_TRUE(IsZero(vit, "cls_token"));
}

TEST(VitWeightsTest, OnlyTenMistakesAreListed) {
  Vit vit(Tiny(2));
  EXPECT_THAT(LoadVitWeights(TensorFile({}, {}, {}),
                             VitWeightsFormat::kHuggingFaceDinov2, vit),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("embeddings.cls_token"),
                             HasSubstr("; and 33 more"))));
}

TEST(VitWeightsTest, RegistersMustBeInBothOrInNone) {
  const TensorFile with = Open("dinov2.pth");
  Vit without_registers(Tiny(0));
  EXPECT_THAT(
      LoadVitWeights(with, VitWeightsFormat::kDinov2, without_registers),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("register_tokens\": found float32 (1, 2, 16)")));
  const TensorFile without = Open("hugging_face_classifier.safetensors");
  Vit with_registers(Tiny(2));
  EXPECT_THAT(LoadVitWeights(without, VitWeightsFormat::kHuggingFaceDinov2,
                             with_registers),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("embeddings.register_tokens\": missing")));
}

TEST(VitWeightsTest, UnknownNamesAreListed) {
  const at::Tensor zero = at::zeros({1});
  EXPECT_THAT(
      GuessFormat(TensorFile({ToStored("conv1.weight", zero)}, {}, {})),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("conv1.weight"), HasSubstr("OpenAI's CLIP"))));
}

// A file of a Vit whose heads are 64 wide, as GuessOptions takes them to be.
TEST(VitWeightsTest, SizesAreReadFromShapes) {
  VitOptions options = {.width = 64,
                        .depth = 3,
                        .heads = 1,
                        .mlp_ratio = 2,
                        .patch_size_pixels = 4,
                        .position_grid = 5,
                        .registers = 3};
  for (const int64_t registers : {3, 0}) {
    options.registers = registers;
    const Vit vit(options);
    std::vector<StoredTensor> stored;
    for (const auto& parameter : vit->named_parameters()) {
      stored.push_back(ToStored(parameter.key(), parameter.value()));
    }
    ASSERT_OK_AND_ASSIGN(
        const VitOptions guessed,
        GuessOptions(TensorFile(stored, {}, {}), VitWeightsFormat::kDinov2));
    EXPECT_TRUE(guessed == options);
  }
  ASSERT_OK_AND_ASSIGN(
      const VitOptions two,
      GuessOptions(Open("dinov2.pth"), VitWeightsFormat::kDinov2, /*heads=*/2));
  EXPECT_TRUE(two == Tiny(2));
}

TEST(VitWeightsTest, SizesThatNoVitHasAreRefused) {
  EXPECT_THAT(GuessOptions(Open("dinov2.pth"), VitWeightsFormat::kDinov2),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("width 16: expected a multiple of 64 "
                                 "unless the number of heads is given")));
  EXPECT_THAT(GuessOptions(Open("dinov2.pth"), VitWeightsFormat::kDinov2,
                           /*heads=*/3),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("width 16: expected a multiple of 3")));
  EXPECT_THAT(GuessOptions(Open("dinov2.pth"), VitWeightsFormat::kOpenAiClip),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("\"visual.ln_post.weight\": missing")));
}

TEST(VitWeightsTest, ExportedFilesAreTransformersOwn) {
  const TempDir dir;
  Loaded meta = Load("dinov2.pth", VitWeightsFormat::kDinov2, Tiny(2));
  const std::string folder = dir.File("made/exported");
  ASSERT_OK(ExportHuggingFace(folder, meta.vit));
  ASSERT_OK_AND_ASSIGN(const TensorFile exported,
                       ReadTensorFile(JoinPath(folder, "model.safetensors")));
  const TensorFile expected = Open("hugging_face.safetensors");
  EXPECT_EQ(exported.metadata(), expected.metadata());
  ASSERT_EQ(exported.tensors().size(), expected.tensors().size());
  for (const StoredTensor& tensor : expected.tensors()) {
    const StoredTensor* found = exported.Find(tensor.name);
    ASSERT_NE(found, nullptr) << tensor.name;
    EXPECT_TRUE(at::equal(ToTorch(*found), ToTorch(tensor))) << tensor.name;
  }
  ASSERT_OK_AND_ASSIGN(const std::string config,
                       ReadFile(JoinPath(folder, "config.json")));
  EXPECT_THAT(config, HasSubstr("\"model_type\": \"dinov2_with_registers\""));
  EXPECT_THAT(config, HasSubstr("\"image_size\": 12,"));
  EXPECT_THAT(config, HasSubstr("\"num_register_tokens\": 2,"));
}

TEST(VitWeightsTest, OtherLayoutsAreNotExported) {
  const TempDir dir;
  const Vit clip(Tiny(0, VitLayout::kOpenAiClip));
  EXPECT_THAT(ExportHuggingFace(dir.File("clip"), clip),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("DINOv2's layout")));
}

}  // namespace
}  // namespace cxr
