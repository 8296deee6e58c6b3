// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/jpeg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/csv.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string PathOf(absl::string_view name) {
  return TestData(absl::StrCat("cxr/data/codec/testdata/jpeg/", name));
}

std::string ReadTestFile(absl::string_view name) {
  return *ReadFile(PathOf(name));
}

std::string DigestOf(const GrayImage& image) {
  return Sha256Hex(std::string(image.pixels.begin(), image.pixels.end()));
}

// testdata/make_jpeg.py: real files, colour and gray, baseline and progressive,
// Huffman and arithmetic coding, restart markers, sides of 1.
TEST(JpegTest, EveryKindOfFileDecodesAsByPillow) {
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Load(PathOf("pil_gray.csv")));
  ASSERT_EQ(table.rows().size(), 22u);
  for (const CsvTable::Row& row : table.rows()) {
    const std::string& name = row.cells[0];
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                         DecodeJpeg(ReadTestFile(name), name));
    EXPECT_EQ(absl::StrCat(decoded.image.width), row.cells[1]);
    EXPECT_EQ(absl::StrCat(decoded.image.height), row.cells[2]);
    EXPECT_EQ(DigestOf(decoded.image), row.cells[3]);
  }
}

TEST(JpegTest, FactsAreThoseOfTheFile) {
  const std::string bytes = ReadTestFile("rgb_420.jpg");
  ASSERT_OK_AND_ASSIGN(const DecodedImage colour, DecodeJpeg(bytes, "a.jpg"));
  EXPECT_EQ(colour.facts.format, ImageFormat::kJpeg);
  EXPECT_EQ(colour.facts.width, 61);
  EXPECT_EQ(colour.facts.height, 47);
  EXPECT_EQ(colour.facts.bits, 8);
  EXPECT_EQ(colour.facts.channels, 3);
  EXPECT_FALSE(colour.facts.has_alpha);
  EXPECT_EQ(colour.facts.photometric, "RGB");
  EXPECT_EQ(colour.facts.warning, "");
  ASSERT_OK_AND_ASSIGN(const DecodedImage gray,
                       DecodeJpeg(ReadTestFile("gray.jpg"), "a.jpg"));
  EXPECT_EQ(gray.facts.channels, 1);
  EXPECT_EQ(gray.facts.photometric, "GRAY");
  for (const DecodedImage* image : {&colour, &gray}) {
    const std::vector<uint8_t>& pixels = image->image.pixels;
    EXPECT_EQ(image->facts.smallest,
              *std::min_element(pixels.begin(), pixels.end()));
    EXPECT_EQ(image->facts.largest,
              *std::max_element(pixels.begin(), pixels.end()));
  }
}

// The file of `row` (file, kept_bytes, changes) of damaged.csv, damaged.
std::string Damaged(const CsvTable::Row& row) {
  std::string bytes = ReadTestFile(row.cells[0]);
  size_t kept = bytes.size();
  if (!row.cells[1].empty()) {
    EXPECT_TRUE(absl::SimpleAtoi(row.cells[1], &kept));
  }
  bytes.resize(kept);
  for (const absl::string_view change :
       absl::StrSplit(row.cells[2], ' ', absl::SkipEmpty())) {
    const std::vector<std::string> parts = absl::StrSplit(change, ':');
    size_t at = 0;
    int value = 0;
    EXPECT_TRUE(absl::SimpleAtoi(parts.at(0), &at) && at < kept &&
                absl::SimpleAtoi(parts.at(1), &value));
    bytes[at] = static_cast<char>(value);
  }
  return bytes;
}

// testdata/make_jpeg.py: 600 cuts and changes at random. In one progressive
// file with wrong scans, libjpeg-turbo 3.1 behind Pillow smooths 15 pixels
// otherwise than the 2.1 here, by one level.
TEST(JpegTest, DamagedFilesAreAcceptedAndRefusedAsByPillow) {
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Load(PathOf("damaged.csv")));
  ASSERT_EQ(table.rows().size(), 600u);
  int others = 0;
  for (const CsvTable::Row& row : table.rows()) {
    SCOPED_TRACE(absl::StrCat("line ", row.line, ": ", row.cells[0], " cut ",
                              row.cells[1], " changed ", row.cells[2]));
    const absl::StatusOr<DecodedImage> decoded = DecodeJpeg(Damaged(row), "a");
    if (row.cells[3] == "accepted") {
      ASSERT_OK(decoded);
      others += DigestOf(decoded->image) != row.cells[4] ? 1 : 0;
    } else {
      EXPECT_THAT(decoded,
                  StatusIs(absl::StatusCode::kDataLoss, StartsWith("a: ")));
    }
  }
  EXPECT_LE(others, 1);
}

TEST(JpegTest, DamageThatIsReadPastIsToldOf) {
  const std::string name = "person525_bacteria_2216.jpeg";
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       DecodeJpeg(ReadTestFile(name), name));
  EXPECT_THAT(decoded.facts.warning,
              HasSubstr("premature end of data segment"));
}

TEST(JpegTest, CutFilesSaySo) {
  const std::string bytes = ReadTestFile("gray.jpg");
  for (const size_t size : {size_t{3}, size_t{100}, bytes.size() - 50}) {
    EXPECT_THAT(DecodeJpeg(bytes.substr(0, size), "a/b.jpg"),
                StatusIs(absl::StatusCode::kDataLoss,
                         "a/b.jpg: corrupt JPEG: the file ends too early"));
  }
}

TEST(JpegTest, WhatIsNotJpegIsRefused) {
  for (const std::string bytes : {"", "\xFF\xD8", "\x89PNG\r\n"}) {
    EXPECT_THAT(DecodeJpeg(bytes, "a/b.jpg"),
                StatusIs(absl::StatusCode::kDataLoss,
                         StartsWith("a/b.jpg: not a JPEG")));
  }
}

TEST(JpegTest, FourColoursAreRefusedInClearWords) {
  EXPECT_THAT(DecodeJpeg(ReadTestFile("cmyk.jpg"), "a.jpg"),
              StatusIs(absl::StatusCode::kUnimplemented,
                       AllOf(StartsWith("a.jpg: "),
                             HasSubstr("found 4 colours a pixel"))));
}

// gray.jpg with another size in its frame header.
std::string WithSize(const std::string& height_and_width) {
  std::string bytes = ReadTestFile("gray.jpg");
  const size_t header = bytes.find("\xFF\xC0");
  return bytes.replace(header + 5, 4, height_and_width);
}

TEST(JpegTest, AbsurdDimensionsAreRefusedBeforeMemoryIsTaken) {
  EXPECT_THAT(DecodeJpeg(WithSize("\xFD\xE8\xFD\xE8"), "a.jpg"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found 65000 x 65000 pixels")));
  EXPECT_THAT(DecodeJpeg(WithSize("\x27\x10\x27\x10"), "a.jpg"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("cannot hold 10000 x 10000 pixels")));
  EXPECT_THAT(DecodeJpeg(WithSize("\xFF\xFF\x01\x01"), "a.jpg"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("65500")));
  EXPECT_THAT(DecodeJpeg(WithSize(std::string("\x01\x01\x00\x00", 4)), "a.jpg"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("Empty")));
}

// Each scan of a progressive file costs a pass over the image.
TEST(JpegTest, EndlessScansAreRefused) {
  const std::string bytes = ReadTestFile("gray_progressive.jpg");
  const size_t last = bytes.rfind("\xFF\xDA");
  const size_t end = bytes.rfind("\xFF\xD9");
  std::string many = bytes.substr(0, last);
  for (int i = 0; i < 600; ++i) {
    many += bytes.substr(last, end - last);
  }
  EXPECT_THAT(DecodeJpeg(many + bytes.substr(end), "a.jpg"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("scans")));
}

TEST(JpegTest, EncodedPixelsAreThoseOfPillow) {
  ASSERT_OK_AND_ASSIGN(const GrayImage image,
                       DecodePngGray(ReadTestFile("gray.png"), "gray.png"));
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Load(PathOf("encoded.csv")));
  ASSERT_EQ(table.rows().size(), 5u);
  for (const CsvTable::Row& row : table.rows()) {
    SCOPED_TRACE(row.cells[0]);
    int quality = 0;
    ASSERT_TRUE(absl::SimpleAtoi(row.cells[0], &quality));
    ASSERT_OK_AND_ASSIGN(const std::string bytes,
                         EncodeJpegGray(image, quality));
    ASSERT_OK_AND_ASSIGN(const DecodedImage back, DecodeJpeg(bytes, "memory"));
    EXPECT_EQ(DigestOf(back.image), row.cells[1]);
  }
}

TEST(JpegTest, ImageThatContradictsItselfIsNotEncoded) {
  EXPECT_THAT(EncodeJpegGray(GrayImage{}, 75),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("0 x 0")));
  EXPECT_THAT(
      EncodeJpegGray({.width = 2, .height = 2, .pixels = {1, 2, 3}}, 75),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("3 pixels")));
  EXPECT_THAT(
      EncodeJpegGray(
          {.width = 65501, .height = 1, .pixels = std::vector<uint8_t>(65501)},
          75),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("65500")));
}

TEST(JpegDeathTest, QualityBeyondTheScaleIsAMistake) {
  EXPECT_DEATH(EncodeJpegGray({.width = 1, .height = 1, .pixels = {7}}, 101)
                   .IgnoreError(),
               "quality 101");
}

}  // namespace
}  // namespace cxr
