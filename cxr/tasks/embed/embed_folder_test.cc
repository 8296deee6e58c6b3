// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/embed/embed_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"
#include "cxr/model/weights/tensor_file.h"
#include "cxr/model/weights/torch_tensors.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kGolden[] = "cxr/tasks/embed/testdata/";
constexpr char kHannover[] = "cxr/data/samples/hannover/images/";

const std::vector<std::string> kAllTokens = {"cls", "registers", "patches"};

std::string Golden(absl::string_view name) {
  return TestData(absl::StrCat(kGolden, name));
}

// The tiny model as transformers wrote it.
EmbedModel Tiny() {
  absl::StatusOr<EmbedModel> model =
      OpenEmbedModel({.weights = Golden("model")});
  EXPECT_OK(model);
  return *std::move(model);
}

// Of a file that may not be there.
std::string BytesOf(const std::string& path) {
  const absl::StatusOr<std::string> bytes = ReadFile(path);
  EXPECT_OK(bytes);
  return bytes.value_or("");
}

std::vector<std::string> Left(const TempDir& dir) {
  const absl::StatusOr<std::vector<std::string>> left = ListFolder(dir.path());
  EXPECT_OK(left);
  return left.value_or(std::vector<std::string>());
}

// Seven real radiographs of different sizes, two of them in a folder.
class EmbedFolderTest : public ::testing::Test {
 protected:
  EmbedFolderTest() {
    EXPECT_OK(CreateDirectory(images_.File("more")));
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{
             {"00870a9c.png", "0.png"},
             {"0a7faa2a.png", "1.PNG"},
             {"1052b0fe.png", "2.png"},
             {"1663b242.png", "3.png"},
             {"1880e301.png", "more/4.png"},
             {"19abe1f3.png", "more/5.png"},
             {"1d435a4b.png", "x.png"}}) {
      EXPECT_OK(LinkOrCopy(TestData(absl::StrCat(kHannover, from)),
                           images_.File(to)));
    }
    EXPECT_OK(ReplaceFile(images_.File("labels.csv"), "not an image"));
  }

  EmbedFolderOptions Options() const {
    return {.images = images_.path(),
            .out = out_.File("features"),
            .tokens = kAllTokens};
  }

  // What is written with so many images a batch and threads.
  std::string Bytes(const EmbedModel& model, int batch_images, int threads) {
    EmbedFolderOptions options = Options();
    options.batch_images = batch_images;
    options.threads = threads;
    EXPECT_OK(EmbedFolder(model, options));
    return BytesOf(options.out);
  }

  const TempDir images_;
  const TempDir out_;
};

TEST_F(EmbedFolderTest, TokensAreTransformers) {
  const std::string out = out_.File("tokens");
  ASSERT_OK_AND_ASSIGN(const EmbedFolderResult result,
                       EmbedFolder(Tiny(), {.images = Golden("images"),
                                            .out = out,
                                            .tokens = kAllTokens}));
  EXPECT_EQ(result.images, 2);
  EXPECT_GT(result.seconds, 0);
  EXPECT_THAT(result.device, StartsWith("cpu"));
  ASSERT_OK_AND_ASSIGN(const TensorFile found, ReadTensorFile(out));
  ASSERT_OK_AND_ASSIGN(const TensorFile expected,
                       ReadTensorFile(Golden("tokens.safetensors")));
  ASSERT_EQ(found.tensors().size(), 3u);
  for (const StoredTensor& tensor : expected.tensors()) {
    ASSERT_NE(found.Find(tensor.name), nullptr) << tensor.name;
    const at::Tensor values = ToTorch(*found.Find(tensor.name));
    EXPECT_LE(MaxAbsDifference(values, ToTorch(tensor)), 1e-5) << tensor.name;
    EXPECT_GT(MaxAbsDifference(values[0], values[1]), 0.01) << tensor.name;
  }
}

TEST_F(EmbedFolderTest, TheFileSaysWhatItHolds) {
  const EmbedModel model = Tiny();
  ASSERT_OK(EmbedFolder(model, Options()));
  EXPECT_THAT(Left(out_), ElementsAre("features"));
  ASSERT_OK_AND_ASSIGN(const TensorFile file,
                       ReadTensorFile(out_.File("features")));
  EXPECT_THAT(file.Find("cls")->shape, ElementsAre(7, 16));
  EXPECT_THAT(file.Find("registers")->shape, ElementsAre(7, 4, 16));
  EXPECT_THAT(file.Find("patches")->shape, ElementsAre(7, 9, 16));
  const auto& words = file.metadata();
  EXPECT_EQ(words.at("files"),
            "0.png\n1.PNG\n2.png\n3.png\nmore/4.png\nmore/5.png\nx.png");
  EXPECT_EQ(words.at("weights_sha256"), model.digest);
  EXPECT_EQ(words.at("input_size_pixels"), "42");
  EXPECT_EQ(words.at("equalization"), "OPENCV_HISTOGRAM");
  EXPECT_EQ(words.at("normalization"), "IMAGENET");
  EXPECT_EQ(words.at("precision"), "float32");
}

TEST_F(EmbedFolderTest, BatchesAndThreadsChangeNoBit) {
  const EmbedModel model = Tiny();
  const std::string one = Bytes(model, 1, 1);
  EXPECT_GT(one.size(), 7u * 14 * 16 * 4);
  for (const int batch_images : {0, 1, 2, 3, 7, 100}) {
    for (const int threads : {1, 2, 5}) {
      EXPECT_TRUE(Bytes(model, batch_images, threads) == one)
          << batch_images << " images, " << threads << " threads";
    }
  }
}

TEST_F(EmbedFolderTest, WhatIsAskedForIsKept) {
  EmbedModel model = Tiny();
  const std::string all = Bytes(model, 4, 2);
  EmbedFolderOptions options = Options();
  options.tokens = {"patches"};
  ASSERT_OK(EmbedFolder(model, options));
  ASSERT_OK_AND_ASSIGN(const TensorFile file, ReadTensorFile(options.out));
  ASSERT_EQ(file.tensors().size(), 1u);
  EXPECT_THAT(all, HasSubstr(std::string(file.tensors()[0].bytes)));
  model.preprocess.set_input_size_pixels(56);
  ASSERT_OK(EmbedFolder(model, options));
  ASSERT_OK_AND_ASSIGN(const TensorFile larger, ReadTensorFile(options.out));
  EXPECT_THAT(larger.Find("patches")->shape, ElementsAre(7, 16, 16));
}

TEST_F(EmbedFolderTest, PreprocessingIsWhatTheModelSays) {
  EmbedModel model = Tiny();
  const std::string equalized = Bytes(model, 4, 1);
  model.preprocess.set_equalization(spec::NO_EQUALIZATION);
  const std::string as_is = Bytes(model, 4, 1);
  EXPECT_NE(as_is, equalized);
  model.preprocess.set_normalization(spec::CLIP);
  EXPECT_NE(Bytes(model, 4, 1), as_is);
}

TEST_F(EmbedFolderTest, Bfloat16IsNearAndSaysSo) {
  const EmbedModel model = Tiny();
  ASSERT_OK(EmbedFolder(model, Options()));
  EmbedFolderOptions half = Options();
  half.bfloat16 = true;
  half.out = out_.File("half");
  ASSERT_OK(EmbedFolder(model, half));
  ASSERT_OK_AND_ASSIGN(const TensorFile file, ReadTensorFile(half.out));
  ASSERT_OK_AND_ASSIGN(const TensorFile exact,
                       ReadTensorFile(out_.File("features")));
  EXPECT_EQ(file.metadata().at("precision"), "bfloat16");
  const double difference =
      MaxAbsDifference(ToTorch(*file.Find("cls")), ToTorch(*exact.Find("cls")));
  EXPECT_GT(difference, 0);
  EXPECT_LT(difference, 0.2);
}

TEST_F(EmbedFolderTest, TokensTheModelLacksAreRefused) {
  const EmbedModel model = Tiny();
  EmbedFolderOptions options = Options();
  const auto refused = [&](std::vector<std::string> tokens,
                           const std::string& text) {
    options.tokens = std::move(tokens);
    EXPECT_THAT(EmbedFolder(model, options),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(text)));
  };
  refused({}, "expected some of cls");
  refused({"cls", "class"}, "found 'class'");
  refused({"cls", "cls"}, "found cls twice");
  ASSERT_OK_AND_ASSIGN(
      const EmbedModel clip,
      OpenEmbedModel(
          {.weights = TestData("cxr/model/weights/testdata/vit/clip.pt"),
           .heads = 2}));
  options.tokens = {"registers"};
  EXPECT_THAT(
      EmbedFolder(clip, options),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no registers")));
  EXPECT_THAT(Left(out_), IsEmpty());
}

TEST_F(EmbedFolderTest, SizesAreWholePatches) {
  EmbedModel model = Tiny();
  for (const int size : {43, 13, 0}) {
    model.preprocess.set_input_size_pixels(size);
    EXPECT_THAT(EmbedFolder(model, Options()),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("expected a multiple of 14")));
  }
}

TEST_F(EmbedFolderTest, AFolderWithoutImagesIsSaid) {
  const TempDir empty;
  EmbedFolderOptions options = Options();
  options.images = empty.path();
  EXPECT_THAT(EmbedFolder(Tiny(), options),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       StartsWith(absl::StrCat(empty.path(), ": found no"))));
  options.images = empty.File("none");
  EXPECT_THAT(
      EmbedFolder(Tiny(), options),
      StatusIs(absl::StatusCode::kNotFound, StartsWith(options.images)));
}

TEST_F(EmbedFolderTest, ABadImageIsNamedAndLeavesNothing) {
  const std::string path = images_.File("more/44.png");
  for (const char* bytes : {"", "no image", "\x89PNG\r\n\x1a\n"}) {
    ASSERT_OK(ReplaceFile(path, bytes));
    EmbedFolderOptions options = Options();
    options.threads = 3;
    options.batch_images = 2;
    EXPECT_THAT(EmbedFolder(Tiny(), options),
                StatusIs(absl::StatusCode::kDataLoss, StartsWith(path)));
    EXPECT_THAT(Left(out_), IsEmpty());
  }
  ASSERT_OK(RemoveAll(path));
  ASSERT_EQ(symlink("nowhere", path.c_str()), 0);
  EXPECT_THAT(EmbedFolder(Tiny(), Options()),
              StatusIs(absl::StatusCode::kNotFound, StartsWith(path)));
  EXPECT_THAT(Left(out_), IsEmpty());
}

TEST_F(EmbedFolderTest, AnErrorKeepsTheLastResult) {
  const std::string before = Bytes(Tiny(), 4, 1);
  ASSERT_OK(ReplaceFile(images_.File("torn.png"), "x"));
  EXPECT_FALSE(EmbedFolder(Tiny(), Options()).ok());
  EXPECT_EQ(BytesOf(Options().out), before);
}

TEST_F(EmbedFolderTest, AnOutputThatCannotBeWrittenIsNamed) {
  EmbedFolderOptions options = Options();
  options.out = out_.File("no/features");
  EXPECT_THAT(EmbedFolder(Tiny(), options),
              StatusIs(absl::StatusCode::kNotFound, StartsWith(options.out)));
}

TEST_F(EmbedFolderTest, DicomNeedsItsDecoder) {
  ASSERT_OK(ReplaceFile(images_.File("a.dcm"),
                        absl::StrCat(std::string(128, '\0'), "DICM")));
  EXPECT_THAT(
      EmbedFolder(Tiny(), Options()),
      StatusIs(absl::StatusCode::kUnimplemented,
               AllOf(StartsWith(images_.File("a.dcm")), HasSubstr("DICOM"))));
}

TEST_F(EmbedFolderTest, AnUnknownDeviceIsRefused) {
  EmbedFolderOptions options = Options();
  options.device = "tpu";
  EXPECT_THAT(EmbedFolder(Tiny(), options),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("tpu")));
}

}  // namespace
}  // namespace cxr
