// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Features of a folder as a person asks for them: cxr embed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/tensor_file.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string Weights(absl::string_view file) {
  return TestData(absl::StrCat("cxr/model/weights/testdata/vit/", file));
}

// A folder with a PNG of Hannover, a JPEG and a DICOM file, all real.
class EmbedCliTest : public ::testing::Test {
 protected:
  EmbedCliTest() {
    const std::vector<std::pair<std::string, std::string>> images = {
        {"cxr/data/samples/hannover/images/00870a9c.png", "a.png"},
        {"cxr/data/codec/testdata/jpeg/person934_virus_1595.jpeg", "b.jpeg"},
        {"cxr/data/codec/testdata/dicom/orig_cr_jpegbaseline_m2.dcm", "c.dcm"}};
    for (const auto& [from, to] : images) {
      EXPECT_OK(LinkOrCopy(TestData(from), images_.File(to)));
    }
  }

  // Of the tiny weights with two heads.
  ProgramResult Embed(absl::string_view file, absl::string_view words) const {
    return Run(absl::StrCat("--heads=2 --weights=", Weights(file), " ", words));
  }

  ProgramResult Run(absl::string_view words) const {
    return RunApart(absl::StrCat("tools/cxr embed --device=cpu --images=",
                                 images_.path(), " --out=", out(), " ", words));
  }

  std::string out() const { return out_.File("features.safetensors"); }

  void ExpectNothingLeft() const {
    const absl::StatusOr<std::vector<std::string>> left =
        ListFolder(out_.path());
    ASSERT_OK(left);
    EXPECT_THAT(*left, IsEmpty());
  }

  // One line on stderr with `text`, and no file.
  void ExpectError(const ProgramResult& result, int exit_code,
                   const std::string& text) const {
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    EXPECT_THAT(result.err, AllOf(StartsWith("cxr: error: "), HasSubstr(text)));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1)
        << result.err;
    ExpectNothingLeft();
  }

  const TempDir images_;
  const TempDir out_;
};

TEST_F(EmbedCliTest, EveryFormatGivesTheTokensItsModelHas) {
  for (const auto& [file, registers] : std::vector<std::pair<std::string, int>>{
           {"dinov2.pth", 2},
           {"teacher.pth", 2},
           {"hugging_face.safetensors", 2},
           {"hugging_face_classifier.safetensors", 0},
           {"timm_registers.pth", 2},
           {"open_clip.bin", 0},
           {"clip.pt", 0}}) {
    const ProgramResult result = Embed(file, "");
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    EXPECT_THAT(result.out,
                AllOf(StartsWith(Weights(file)), HasSubstr("12-pixel images"),
                      HasSubstr("of 3 images in ")));
    ASSERT_OK_AND_ASSIGN(const TensorFile features, ReadTensorFile(out()));
    EXPECT_EQ(features.metadata().at("files"), "a.png\nb.jpeg\nc.dcm");
    EXPECT_THAT(features.Find("cls")->shape, ElementsAre(3, 16));
    EXPECT_THAT(features.Find("patches")->shape, ElementsAre(3, 9, 16));
    EXPECT_EQ(features.Find("registers") != nullptr, registers > 0) << file;
  }
}

TEST_F(EmbedCliTest, BatchesAndThreadsChangeNoByte) {
  ASSERT_EQ(Embed("dinov2.pth", "").exit_code, 0);
  const std::string bytes = Contents(out());
  for (const char* words :
       {"--batch=1 --threads=1", "--batch=2 --threads=3", "--batch=9"}) {
    ASSERT_EQ(Embed("dinov2.pth", words).exit_code, 0);
    EXPECT_TRUE(Contents(out()) == bytes) << words;
  }
}

TEST_F(EmbedCliTest, ImagesAreMadeAsTheFlagsSay) {
  const ProgramResult result =
      Embed("dinov2.pth",
            "--tokens=patches --image_size=20 --equalize=no_equalization "
            "--normalize=rad_dino --precision=bfloat16");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out,
              HasSubstr("20-pixel images, no_equalization, rad_dino"));
  ASSERT_OK_AND_ASSIGN(const TensorFile features, ReadTensorFile(out()));
  EXPECT_EQ(features.tensors().size(), 1u);
  EXPECT_THAT(features.Find("patches")->shape, ElementsAre(3, 25, 16));
  EXPECT_EQ(features.metadata().at("precision"), "bfloat16");
  EXPECT_EQ(features.metadata().at("normalization"), "RAD_DINO");
}

TEST_F(EmbedCliTest, BadImagesAreNamedAndLeaveNothing) {
  ASSERT_OK(ReplaceFile(images_.File("d.png"), "no image"));
  ExpectError(Embed("dinov2.pth", ""), 2, images_.File("d.png"));
  ASSERT_OK(RemoveAll(images_.File("d.png")));
  ASSERT_OK(
      LinkOrCopy(TestData("cxr/data/codec/testdata/dicom/X_truncated.dcm"),
                 images_.File("d.dcm")));
  ExpectError(Embed("dinov2.pth", ""), 2, images_.File("d.dcm"));
  ASSERT_OK(RemoveAll(images_.File("d.dcm")));
  ExpectError(RunApart(absl::StrCat(
                  "tools/cxr embed --heads=2 --weights=", Weights("clip.pt"),
                  " --images=", out_.path(), " --out=", out())),
              64, "found no .png");
}

TEST_F(EmbedCliTest, WrongWordsAreExplained) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {"--arch=vit_s14", "expected --arch=vit_s14"},
      {"--arch=resnet", "expected one of vit_s14"},
      {"--tokens=cls,class", "found 'class'"},
      {"--tokens=cls,", "found ''"},
      {"--image_size=13", "expected a multiple of 4"},
      {"--image_size=-1", "--image_size: found -1"},
      {"--batch=-1", "--batch: found -1"},
      {"--threads=-1", "--threads: found -1"},
      {"--precision=float16", "expected float32 or bfloat16"},
      {"--normalize=coco", "--normalize: found 'coco'"},
      {"--equalize=clahe", "--equalize: found 'clahe'"},
      {"--heads=3", "expected a multiple of 3"},
      {"folder", "expected flags only"}};
  for (const auto& [words, text] : mistakes) {
    ExpectError(Embed("dinov2.pth", words), 64, text);
  }
  ExpectError(Embed("clip.pt", "--tokens=registers"), 64, "no registers");
  ExpectError(Run(""), 64, "--weights is missing");
}

TEST_F(EmbedCliTest, FilesThatAreNotThereAreNamed) {
  ExpectError(Run(absl::StrCat("--weights=", out_.File("none.pth"))), 2,
              out_.File("none.pth"));
  ExpectError(Embed("tokens.csv", ""), 64, "tokens.csv");
  ExpectError(Embed("clip.pt", absl::StrCat("--images=", out_.File("none"))), 2,
              "none");
  ExpectError(Embed("clip.pt", absl::StrCat("--out=", out_.File("no/x"))), 2,
              "no/x");
}

TEST_F(EmbedCliTest, ADeviceThatIsNotHereIsSkipped) {
  // There are no so many anywhere.
  ExpectError(RunApart(absl::StrCat("tools/cxr embed --device=cuda:99 "
                                    "--weights=none.pth --images=",
                                    images_.path(), " --out=", out())),
              77, "cuda:99: ");
}

TEST_F(EmbedCliTest, AFullDiskLeavesNothing) {
  const ProgramResult result = RunApart(absl::StrCat(
      "ulimit -f 1; trap '' XFSZ; exec tools/cxr embed --heads=2 --weights=",
      Weights("dinov2.pth"), " --images=", images_.path(), " --out=", out()));
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr(out()));
  ExpectNothingLeft();
}

// transformers' own reading of such folders is what vit_weights' goldens are
// made with; here the way there and back.
TEST_F(EmbedCliTest, AnExportedModelGivesTheSameFeatures) {
  const TempDir exported;
  const std::string folder = exported.File("model");
  const ProgramResult result = RunApart(absl::StrCat(
      "tools/cxr export --heads=2 --weights=", Weights("dinov2.pth"),
      " --out=", folder));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Dinov2WithRegistersModel"));
  ASSERT_EQ(Embed("dinov2.pth", "").exit_code, 0);
  ASSERT_OK_AND_ASSIGN(const TensorFile expected, ReadTensorFile(out()));
  ASSERT_EQ(Run(absl::StrCat("--weights=", folder)).exit_code, 0);
  ASSERT_OK_AND_ASSIGN(const TensorFile found, ReadTensorFile(out()));
  ASSERT_EQ(found.tensors().size(), 3);
  for (size_t i = 0; i < found.tensors().size(); ++i) {
    EXPECT_TRUE(found.tensors()[i].bytes == expected.tensors()[i].bytes)
        << found.tensors()[i].name;
  }
}

TEST_F(EmbedCliTest, OnlyTheFamilyOfDinov2IsExported) {
  for (const auto& [words, text] :
       std::vector<std::pair<std::string, std::string>>{
           {absl::StrCat("--heads=2 --weights=", Weights("clip.pt"),
                         " --out=", out()),
            "layout"},
           {"--weights=x", "--out=DIR"},
           {absl::StrCat("--kind=onnx --weights=x --out=", out()),
            "expected transformers"},
           {absl::StrCat("--weights=no/file --out=", out()), "no/file"}}) {
    const ProgramResult result =
        RunApart(absl::StrCat("tools/cxr export ", words));
    EXPECT_NE(result.exit_code, 0) << words;
    EXPECT_THAT(result.err, AllOf(StartsWith("cxr: error: "), HasSubstr(text)));
    ExpectNothingLeft();
  }
}

}  // namespace
}  // namespace cxr::tests
