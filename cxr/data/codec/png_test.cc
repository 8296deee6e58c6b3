// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/png.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/image/image.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kFolder[] = "cxr/data/codec/testdata/png";

std::string ReadTestFile(const std::string& name) {
  return *ReadFile(TestData(absl::StrCat(kFolder, "/", name)));
}

// The file's bytes with the size in its header replaced; the checksum is kept
// right, so that only the size is wrong.
std::string WithSize(const std::string& hex_size_and_checksum) {
  std::string bytes = ReadTestFile("gray8.png");
  const std::string values = absl::HexStringToBytes(hex_size_and_checksum);
  bytes.replace(16, 8, values.substr(0, 8));
  bytes.replace(29, 4, values.substr(8, 4));
  return bytes;
}

// testdata/make_png.py: Pillow's convert("L") of every kind of file.
TEST(PngTest, EveryKindOfFileDecodesAsByPillow) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData(absl::StrCat(kFolder, "/pil_gray.csv"))));
  ASSERT_EQ(table.rows().size(), 22u);
  for (const CsvTable::Row& row : table.rows()) {
    const std::string& name = row.cells[0];
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const GrayImage image,
                         DecodePngGray(ReadTestFile(name), name));
    EXPECT_EQ(absl::StrCat(image.width), row.cells[1]);
    EXPECT_EQ(absl::StrCat(image.height), row.cells[2]);
    const std::string pixels(image.pixels.begin(), image.pixels.end());
    EXPECT_EQ(absl::BytesToHexString(pixels), row.cells[3]);
  }
}

TEST(PngTest, SixteenBitsAreRefusedInClearWords) {
  EXPECT_THAT(
      DecodePngGray(ReadTestFile("gray16.png"), "a/b.png"),
      StatusIs(absl::StatusCode::kUnimplemented,
               AllOf(StartsWith("a/b.png: "), HasSubstr("16 bits a sample"))));
}

TEST(PngTest, WhatIsNotPngIsRefused) {
  for (const std::string bytes : {"", "\x89PNG", "\xFF\xD8\xFF\xE0 a JPEG"}) {
    EXPECT_THAT(DecodePngGray(bytes, "a/b.png"),
                StatusIs(absl::StatusCode::kDataLoss,
                         StartsWith("a/b.png: not a PNG")));
  }
}

TEST(PngTest, EveryProperPrefixIsRefused) {
  for (const char* name : {"gray8_interlaced.png", "palette8.png"}) {
    const std::string bytes = ReadTestFile(name);
    for (size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_THAT(DecodePngGray(bytes.substr(0, size), name),
                  StatusIs(absl::StatusCode::kDataLoss, StartsWith(name)))
          << size << " bytes of " << bytes.size();
    }
  }
}

// Every chunk ends in a checksum, and these files hold critical chunks only.
TEST(PngTest, EveryChangedByteIsNoticed) {
  for (const char* name : {"gray1.png", "palette2.png", "rgba.png"}) {
    const std::string bytes = ReadTestFile(name);
    for (size_t i = 0; i < bytes.size(); ++i) {
      std::string damaged = bytes;
      damaged[i] ^= 0x41;
      EXPECT_THAT(DecodePngGray(damaged, name),
                  StatusIs(absl::StatusCode::kDataLoss, StartsWith(name)))
          << "byte " << i;
    }
  }
}

TEST(PngTest, CorruptPixelsSayWhatTheLibraryFound) {
  std::string bytes = ReadTestFile("gray8.png");
  bytes[bytes.size() / 2] ^= 1;
  EXPECT_THAT(
      DecodePngGray(bytes, "a.png"),
      StatusIs(absl::StatusCode::kDataLoss,
               AllOf(StartsWith("a.png: corrupt PNG: "), HasSubstr("IDAT"))));
}

// Sizes and checksums by Python's zlib.crc32 over the changed header.
TEST(PngTest, AbsurdDimensionsAreRefusedBeforeMemoryIsTaken) {
  EXPECT_THAT(DecodePngGray(WithSize("7fffffff7fffffff31a254ba"), "a.png"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("a.png: ")));
  EXPECT_THAT(DecodePngGray(WithSize("000186a00000c3504232174d"), "a.png"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found 100000 x 50000 pixels")));
  EXPECT_THAT(DecodePngGray(WithSize("00002710000027109f253dfb"), "a.png"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("cannot hold 10000 x 10000 pixels")));
  EXPECT_THAT(DecodePngGray(WithSize("000000000000000b7427d30d"), "a.png"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("zero")));
}

TEST(PngTest, EncodingAndDecodingGiveTheImageBack) {
  for (const auto& [width, height] :
       std::vector<std::pair<int, int>>{{1, 1}, {7, 3}, {3, 7}, {256, 256}}) {
    GrayImage image{.width = width, .height = height};
    for (int i = 0; i < width * height; ++i) {
      image.pixels.push_back(static_cast<uint8_t>(i * 37 + i / 256));
    }
    ASSERT_OK_AND_ASSIGN(const std::string bytes, EncodePngGray(image));
    ASSERT_OK_AND_ASSIGN(const GrayImage back, DecodePngGray(bytes, "memory"));
    EXPECT_EQ(back, image);
  }
}

TEST(PngTest, ImageThatContradictsItselfIsNotEncoded) {
  EXPECT_THAT(EncodePngGray(GrayImage{}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("0 x 0")));
  EXPECT_THAT(
      EncodePngGray({.width = 2, .height = 2, .pixels = {1, 2, 3}}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("3 pixels")));
}

}  // namespace
}  // namespace cxr
