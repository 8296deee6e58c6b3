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
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/image.h"

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

// testdata/make_png16.py: Pillow 9.4 and numpy.
TEST(PngTest, SixteenBitsBecomeEightByTheRule) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData(absl::StrCat(kFolder, "/sixteen.csv"))));
  ASSERT_EQ(table.rows().size(), 7u);
  const std::vector<SixteenBitRule> rules = {SixteenBitRule::kShift8,
                                             SixteenBitRule::kMinMax,
                                             SixteenBitRule::kPillowClip};
  for (const CsvTable::Row& row : table.rows()) {
    const std::string& name = row.cells[0];
    for (size_t i = 0; i < rules.size(); ++i) {
      SCOPED_TRACE(absl::StrCat(name, " by rule ", i));
      ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                           DecodePng(ReadTestFile(name), name, rules[i]));
      EXPECT_EQ(absl::StrCat(decoded.facts.smallest), row.cells[1]);
      EXPECT_EQ(absl::StrCat(decoded.facts.largest), row.cells[2]);
      EXPECT_EQ(decoded.facts.bits, 16);
      const std::string pixels(decoded.image.pixels.begin(),
                               decoded.image.pixels.end());
      EXPECT_EQ(absl::BytesToHexString(pixels), row.cells[3 + i]);
    }
    EXPECT_THAT(DecodePng(ReadTestFile(name), name, SixteenBitRule::kRefuse),
                StatusIs(absl::StatusCode::kUnimplemented, StartsWith(name)));
  }
}

TEST(PngTest, FactsAreThoseOfTheFile) {
  struct Expected {
    std::string name;
    int bits;
    int channels;
    bool has_alpha;
    std::string photometric;
  };
  for (const Expected& expected : std::vector<Expected>{
           {"gray1.png", 1, 1, false, "GRAY"},
           {"gray8_transparent_level.png", 8, 1, false, "GRAY"},
           {"gray_alpha.png", 8, 2, true, "GRAY"},
           {"gray_alpha16.png", 16, 2, true, "GRAY"},
           {"palette4.png", 4, 1, false, "PALETTE"},
           {"rgb16.png", 16, 3, false, "RGB"},
           {"rgba.png", 8, 4, true, "RGB"}}) {
    SCOPED_TRACE(expected.name);
    ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                         DecodePng(ReadTestFile(expected.name), expected.name,
                                   SixteenBitRule::kMinMax));
    EXPECT_EQ(decoded.facts.format, ImageFormat::kPng);
    EXPECT_EQ(decoded.facts.width, 13);
    EXPECT_EQ(decoded.facts.height, 11);
    EXPECT_EQ(decoded.facts.bits, expected.bits);
    EXPECT_EQ(decoded.facts.channels, expected.channels);
    EXPECT_EQ(decoded.facts.has_alpha, expected.has_alpha);
    EXPECT_EQ(decoded.facts.photometric, expected.photometric);
    EXPECT_EQ(decoded.facts.warning, "");
  }
}

TEST(PngTest, ExtremesAreThoseOfTheStoredSamples) {
  for (const auto& [name, largest] : std::vector<std::pair<std::string, int>>{
           {"gray1.png", 1}, {"gray2.png", 3}, {"gray4.png", 15}}) {
    ASSERT_OK_AND_ASSIGN(
        const DecodedImage decoded,
        DecodePng(ReadTestFile(name), name, SixteenBitRule::kRefuse));
    EXPECT_EQ(decoded.facts.smallest, 0) << name;
    EXPECT_EQ(decoded.facts.largest, largest) << name;
  }
  ASSERT_OK_AND_ASSIGN(const DecodedImage one,
                       DecodePng(ReadTestFile("one_pixel.png"), "one_pixel.png",
                                 SixteenBitRule::kRefuse));
  EXPECT_EQ(one.facts.smallest, one.image.pixels[0]);
  EXPECT_EQ(one.facts.largest, one.image.pixels[0]);
}

// A wrong checksum of a chunk that pixels do not depend on.
TEST(PngTest, DamageThatIsReadPastIsToldOf) {
  std::string bytes = ReadTestFile("gray8_gamma_sbit.png");
  bytes[bytes.find("gAMA") + 8] ^= 1;
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       DecodePng(bytes, "a.png", SixteenBitRule::kRefuse));
  EXPECT_THAT(decoded.facts.warning, HasSubstr("gAMA"));
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

}  // namespace
}  // namespace cxr
