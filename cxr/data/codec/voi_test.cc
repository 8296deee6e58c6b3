// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/voi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

int ToInt(absl::string_view text) {
  int value = 0;
  EXPECT_TRUE(absl::SimpleAtoi(text, &value)) << text;
  return value;
}

std::optional<double> ToNumber(const std::string& text) {
  double value = 0;
  if (text.empty()) {
    return std::nullopt;
  }
  EXPECT_TRUE(absl::SimpleAtod(text, &value)) << text;
  return value;
}

std::vector<uint16_t> ToWords(const std::string& text) {
  std::vector<uint16_t> words;
  for (absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    words.push_back(static_cast<uint16_t>(ToInt(word)));
  }
  return words;
}

StoredImage Row(std::vector<uint16_t> words, bool is_signed = false) {
  return {.width = static_cast<int>(words.size()),
          .height = 1,
          .is_signed = is_signed,
          .words = std::move(words)};
}

DicomTags Gray(int bits) {
  return {
      .bits_allocated = 16, .bits_stored = bits, .photometric = "MONOCHROME2"};
}

DicomTags Windowed(double center, double width,
                   const std::string& function = "") {
  DicomTags tags = Gray(8);
  tags.window_center = center;
  tags.window_width = width;
  tags.voi_lut_function = function;
  return tags;
}

DicomTags TagsOfRow(const std::vector<std::string>& cells) {
  DicomTags tags{.bits_stored = ToInt(cells[2]),
                 .is_signed = cells[1] == "1",
                 .photometric = cells[0],
                 .window_center = ToNumber(cells[4]),
                 .window_width = ToNumber(cells[5]),
                 .voi_lut_function = cells[3],
                 .rescale_slope = ToNumber(cells[6]),
                 .rescale_intercept = ToNumber(cells[7])};
  if (!cells[8].empty()) {
    tags.voi_lut = {.first_value = ToInt(cells[8]),
                    .entries = ToWords(cells[9])};
  }
  return tags;
}

// testdata/dicom/make_voi.py: random headers and values.
TEST(VoiTest, EqualsPydicom) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData("cxr/data/codec/testdata/dicom/voi.csv")));
  ASSERT_EQ(table.rows().size(), 400u);
  for (size_t i = 0; i < table.rows().size(); ++i) {
    SCOPED_TRACE(i);
    const std::vector<std::string>& cells = table.rows()[i].cells;
    const DicomTags tags = TagsOfRow(cells);
    ASSERT_OK_AND_ASSIGN(
        const DecodedImage decoded,
        ApplyVoi(Row(ToWords(cells[10]), tags.is_signed), tags));
    const std::vector<uint8_t>& gray = decoded.image.pixels;
    EXPECT_EQ(absl::BytesToHexString(std::string(gray.begin(), gray.end())),
              cells[11]);
  }
}

TEST(VoiTest, WithoutAWindowTheValuesFillTheRange) {
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       ApplyVoi(Row({100, 300, 200, 250}), Gray(12)));
  EXPECT_THAT(decoded.image.pixels, ElementsAre(0, 255, 127, 191));
  EXPECT_EQ(decoded.facts.smallest, 100);
  EXPECT_EQ(decoded.facts.largest, 300);
}

TEST(VoiTest, Monochrome1IsTurnedOver) {
  DicomTags tags = Gray(12);
  tags.photometric = "MONOCHROME1";
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       ApplyVoi(Row({100, 300, 200}), tags));
  EXPECT_THAT(decoded.image.pixels, ElementsAre(255, 0, 127));
}

TEST(VoiTest, EqualValuesAreBlack) {
  for (const DicomTags& tags : {Gray(8), Windowed(7, 10), Windowed(100, 10)}) {
    ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                         ApplyVoi(Row({7, 7}), tags));
    EXPECT_THAT(decoded.image.pixels, ElementsAre(0, 0));
  }
}

TEST(VoiTest, AWindowClips) {
  // 96 to 104 in place of 0 to 255: the ends are c - 0.5 -+ (w - 1) / 2.
  ASSERT_OK_AND_ASSIGN(
      const DecodedImage decoded,
      ApplyVoi(Row({0, 96, 97, 100, 103, 104, 255}), Windowed(100.5, 9)));
  EXPECT_THAT(decoded.image.pixels, ElementsAre(0, 0, 31, 127, 223, 255, 255));
}

TEST(VoiTest, SignedWordsAreNegativeNumbers) {
  DicomTags tags = Gray(16);
  tags.is_signed = true;
  ASSERT_OK_AND_ASSIGN(
      const DecodedImage decoded,
      ApplyVoi(Row({0xFFFE, 0, 2, 0x8000, 0x7FFF}, true), tags));
  EXPECT_EQ(decoded.facts.smallest, -32768);
  EXPECT_EQ(decoded.facts.largest, 32767);
  EXPECT_THAT(decoded.image.pixels, ElementsAre(127, 127, 127, 0, 255));
}

TEST(VoiTest, BitsAreAsManyAsTheValuesNeed) {
  const auto bits_of = [](std::vector<uint16_t> words, bool is_signed) {
    DicomTags tags = Gray(10);
    return ApplyVoi(Row(std::move(words), is_signed), tags)->facts.bits;
  };
  EXPECT_EQ(bits_of({0, 1023}, false), 10);
  EXPECT_EQ(bits_of({0, 1024}, false), 11);
  EXPECT_EQ(bits_of({0, 65535}, false), 16);
  EXPECT_EQ(bits_of({0, 511}, true), 10);
  EXPECT_EQ(bits_of({0, 512}, true), 11);
  EXPECT_EQ(bits_of({static_cast<uint16_t>(-512), 0}, true), 10);
  EXPECT_EQ(bits_of({static_cast<uint16_t>(-513), 0}, true), 11);
}

TEST(VoiTest, TheLutGoesBeforeTheWindow) {
  DicomTags tags = Windowed(0, 0);
  tags.voi_lut = {.first_value = 2, .entries = {10, 30, 20}};
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       ApplyVoi(Row({0, 2, 3, 4, 5, 9}), tags));
  EXPECT_THAT(decoded.image.pixels, ElementsAre(0, 0, 255, 127, 127, 127));
}

// There pydicom takes places modulo 256, if the entries are of 8 bits.
TEST(VoiTest, LongLutIsUsedAsTheStandardSays) {
  DicomTags tags = Gray(12);
  tags.voi_lut.emplace();
  for (int i = 0; i < 1024; ++i) {
    tags.voi_lut->entries.push_back(static_cast<uint16_t>(i / 4));
  }
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       ApplyVoi(Row({0, 400, 1023, 4000}), tags));
  EXPECT_THAT(decoded.image.pixels, ElementsAre(0, 100, 255, 255));
}

TEST(VoiTest, ColourBecomesGrayLast) {
  StoredImage stored = Row({0, 0, 0, 50, 0, 0, 0, 100, 0, 100, 100, 100});
  stored.width = 4;
  stored.channels = 3;
  DicomTags tags = Gray(8);
  tags.photometric = "RGB";
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded, ApplyVoi(stored, tags));
  // 127, 255 and 255 by the weights 19595, 38470 and 65536 in 65536.
  EXPECT_THAT(decoded.image.pixels, ElementsAre(0, 38, 150, 255));
  EXPECT_EQ(decoded.facts.channels, 3);
  EXPECT_EQ(decoded.facts.largest, 255);
}

TEST(VoiTest, WindowsWithoutMeaningAreErrors) {
  const StoredImage stored = Row({0, 1});
  EXPECT_THAT(ApplyVoi(stored, Windowed(1, 0.5)),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("WindowWidth 0.5, expected at least 1")));
  for (const char* function : {"SIGMOID", "LINEAR_EXACT"}) {
    EXPECT_OK(ApplyVoi(stored, Windowed(1, 0.5, function)));
    EXPECT_THAT(ApplyVoi(stored, Windowed(1, 0, function)),
                StatusIs(absl::StatusCode::kDataLoss,
                         HasSubstr("WindowWidth 0, expected more than 0")));
  }
  EXPECT_THAT(
      ApplyVoi(stored, Windowed(1, 5, "CUBIC")),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("VOILUTFunction CUBIC")));
  DicomTags colour = Windowed(1, 5);
  colour.photometric = "RGB";
  EXPECT_THAT(ApplyVoi(stored, colour), StatusIs(absl::StatusCode::kDataLoss,
                                                 HasSubstr("window of RGB")));
  DicomTags no_entries = Gray(8);
  no_entries.voi_lut.emplace();
  EXPECT_THAT(ApplyVoi(stored, no_entries),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("entries")));
}

TEST(VoiTest, NumbersBeyondAllBoundsAreBlackNotUndefined) {
  DicomTags tags = Windowed(1, 5);
  tags.rescale_slope = std::numeric_limits<double>::max();
  tags.rescale_intercept = -std::numeric_limits<double>::max();
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       ApplyVoi(Row({0, 1, 255}), tags));
  EXPECT_EQ(decoded.image.pixels.size(), 3u);
}

}  // namespace
}  // namespace cxr
