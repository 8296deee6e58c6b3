// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/tensor_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Path(absl::string_view name) {
  return TestData(absl::StrCat("cxr/model/weights/testdata/", name));
}

// Names, kinds, shapes and numbers.
std::vector<std::string> Shown(const TensorFile& file) {
  std::vector<std::string> shown;
  for (const StoredTensor& tensor : file.tensors()) {
    shown.push_back(
        absl::StrCat(tensor.name, ": ", ToString(tensor), " ", tensor.bytes));
  }
  return shown;
}

void ExpectSameTensors(absl::string_view name, absl::string_view expected_name,
                       size_t count) {
  SCOPED_TRACE(name);
  ASSERT_OK_AND_ASSIGN(const TensorFile file, ReadTensorFile(Path(name)));
  ASSERT_OK_AND_ASSIGN(const TensorFile expected,
                       ReadTensorFile(Path(expected_name)));
  EXPECT_EQ(Shown(file), Shown(expected));
  EXPECT_EQ(file.tensors().size(), count);
}

TEST(TensorFileTest, FindsTensorsByName) {
  const TensorFile file({{.name = "b"}, {.name = ""}, {.name = "a.c"}}, {}, {});
  EXPECT_EQ(file.tensors().front().name, "");
  ASSERT_NE(file.Find("a.c"), nullptr);
  EXPECT_EQ(file.Find("a.c")->name, "a.c");
  EXPECT_NE(file.Find(""), nullptr);
  EXPECT_EQ(file.Find("a"), nullptr);
  EXPECT_EQ(file.Find("z"), nullptr);
}

// make_weights.py wrote one checkpoint in both forms of torch.save, and what
// it holds by the safetensors package.
TEST(TensorFileTest, ReadsWhatTorchSaveWrites) {
  ExpectSameTensors("zip.pth", "flat.safetensors", 26);
  ExpectSameTensors("legacy.pth", "flat.safetensors", 26);
}

TEST(TensorFileTest, ReadsTheStateOfTorchScript) {
  ExpectSameTensors("script.pt", "script.safetensors", 6);
}

TEST(TensorFileTest, OneBareTensorHasNoName) {
  ASSERT_OK_AND_ASSIGN(const TensorFile file, ReadTensorFile(Path("bare.pth")));
  ASSERT_NE(file.Find(""), nullptr);
  EXPECT_EQ(ToString(*file.Find("")), "float32 (2)");
}

TEST(TensorFileTest, KeepsTheMetadataOfSafetensors) {
  ASSERT_OK_AND_ASSIGN(const TensorFile file,
                       ReadTensorFile(Path("kinds.safetensors")));
  EXPECT_EQ(file.metadata().at("format"), "pt");
  ASSERT_NE(file.Find("one number"), nullptr);
}

TEST(TensorFileTest, TensorsOutliveMovesOfTheFile) {
  ASSERT_OK_AND_ASSIGN(TensorFile file, ReadTensorFile(Path("zip.pth")));
  const std::vector<std::string> before = Shown(file);
  const TensorFile moved = std::move(file);
  EXPECT_EQ(Shown(moved), before);
}

TEST(TensorFileTest, WhatNeedsCodeIsDeniedByName) {
  EXPECT_THAT(ReadTensorFile(Path("whole_module.pth")),
              StatusIs(absl::StatusCode::kPermissionDenied,
                       AllOf(StartsWith(Path("whole_module.pth") + ": "),
                             HasSubstr("torch.nn.modules.activation.ReLU"))));
}

TEST(TensorFileTest, UnknownKindsNameTheTensor) {
  EXPECT_THAT(ReadTensorFile(Path("untyped.pth")),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("\"x\": found numbers of \"torch.uint16\"")));
}

TEST(TensorFileTest, ErrorsBeginWithThePath) {
  EXPECT_THAT(
      ReadTensorFile("/nowhere/x"),
      StatusIs(absl::StatusCode::kNotFound, StartsWith("/nowhere/x: ")));
  const TempDir dir;
  const std::string path = dir.File("x");
  for (const std::string bytes :
       {"", "PK", "version https://git-lfs.github.com/spec/v1",
        "<!DOCTYPE html>"}) {
    ASSERT_OK(WriteFileAtomically(path, bytes));
    EXPECT_THAT(ReadTensorFile(path),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(StartsWith(path + ": "), HasSubstr("expected"),
                               HasSubstr(bytes.substr(0, 20)))));
  }
}

TEST(TensorFileTest, CutOffFilesAreDataLossWithThePath) {
  const TempDir dir;
  const std::string path = dir.File("x");
  for (const absl::string_view name :
       {"zip.pth", "legacy.pth", "flat.safetensors"}) {
    const std::string bytes = *ReadFile(Path(name));
    for (const size_t size : {size_t{15}, bytes.size() / 2, bytes.size() - 1}) {
      ASSERT_OK(WriteFileAtomically(path, bytes.substr(0, size)));
      EXPECT_THAT(ReadTensorFile(path), StatusIs(absl::StatusCode::kDataLoss,
                                                 StartsWith(path + ": ")))
          << name << " of " << size;
    }
  }
}

}  // namespace
}  // namespace cxr
