// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/safetensors_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/safetensors.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<SafetensorsWriter::Tensor> Tensors() {
  return {{.name = "b", .kind = ScalarKind::kInt32, .shape = {2}},
          {.name = "a", .kind = ScalarKind::kUint8, .shape = {3}}};
}

TEST(SafetensorsWriterTest, GivesTheBytesOfTheWholeAtOnce) {
  const TempDir dir;
  const std::string path = dir.File("x.safetensors");
  {
    ASSERT_OK_AND_ASSIGN(
        SafetensorsWriter writer,
        SafetensorsWriter::Create(path, Tensors(), {{"k", "v"}}));
    EXPECT_OK(writer.Write("a", 1, "zz"));
    EXPECT_OK(writer.Write("b", 4, "5678"));
    EXPECT_OK(writer.Write("b", 0, "1234"));
    EXPECT_OK(writer.Write("a", 0, "x"));
    EXPECT_FALSE(Exists(path));
    EXPECT_OK(writer.Finish());
  }
  ASSERT_OK_AND_ASSIGN(const std::string bytes, ReadFile(path));
  EXPECT_EQ(bytes, ToSafetensors({{.name = "a",
                                   .kind = ScalarKind::kUint8,
                                   .shape = {3},
                                   .bytes = "xzz"},
                                  {.name = "b",
                                   .kind = ScalarKind::kInt32,
                                   .shape = {2},
                                   .bytes = "12345678"}},
                                 {{"k", "v"}}));
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> left,
                       ListFolder(dir.File("")));
  EXPECT_THAT(left, ElementsAre("x.safetensors"));
}

TEST(SafetensorsWriterTest, WhatIsNotFinishedLeavesNothing) {
  const TempDir dir;
  {
    ASSERT_OK_AND_ASSIGN(
        const SafetensorsWriter writer,
        SafetensorsWriter::Create(dir.File("x"), Tensors(), {}));
    EXPECT_OK(writer.Write("a", 0, "xyz"));
  }
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> left,
                       ListFolder(dir.File("")));
  EXPECT_THAT(left, IsEmpty());
}

TEST(SafetensorsWriterTest, AFolderIsNotWrittenOver) {
  const TempDir dir;
  EXPECT_THAT(SafetensorsWriter::Create(dir.File(""), Tensors(), {}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::HasSubstr("found a folder")));
}

TEST(SafetensorsWriterTest, AFolderThatIsNotThereIsSaid) {
  const TempDir dir;
  EXPECT_THAT(
      SafetensorsWriter::Create(dir.File("no/x"), Tensors(), {}),
      StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr("no/x")));
}

TEST(SafetensorsWriterDeathTest, NothingIsWrittenBesideItsTensor) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const SafetensorsWriter writer,
                       SafetensorsWriter::Create(dir.File("x"), Tensors(), {}));
  EXPECT_EXIT(writer.Write("a", 2, "zz").IgnoreError(),
              ::testing::ExitedWithCode(70), "2 bytes at 2 of 3");
  EXPECT_EXIT(writer.Write("c", 0, "z").IgnoreError(),
              ::testing::ExitedWithCode(70), "no tensor is called c");
}

}  // namespace
}  // namespace cxr
