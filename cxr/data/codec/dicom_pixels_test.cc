// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_pixels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/csv.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/dicom_testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::StartsWith;

constexpr char kFolder[] = "cxr/data/codec/testdata/dicom";

std::string ReadTestFile(absl::string_view name) {
  return *ReadFile(TestData(absl::StrCat(kFolder, "/", name)));
}

// A column of a table of the test data, by the file's name.
std::map<std::string, std::string> Column(absl::string_view table_name,
                                          absl::string_view column) {
  const CsvTable table =
      *CsvTable::Load(TestData(absl::StrCat(kFolder, "/", table_name)));
  const int at = *table.Column(column);
  std::map<std::string, std::string> cells;
  for (const CsvTable::Row& row : table.rows()) {
    cells[row.cells[0]] = row.cells[at];
  }
  EXPECT_EQ(cells.size(), 24u);
  return cells;
}

// 3 x 2 gray pixels: 1 to 6.
DicomElements SmallImage() {
  return GrayElements({.width = 3, .height = 2}, {1, 2, 3, 4, 5, 6});
}

std::string Sha256OfWords(const std::vector<uint16_t>& words) {
  std::string bytes;
  for (const uint16_t word : words) {
    bytes += DicomNumbers({word});
  }
  return Sha256Hex(bytes);
}

std::string Sha256OfGray(const DicomPixels& pixels) {
  const absl::StatusOr<DecodedImage> decoded =
      ApplyVoi(pixels.image, pixels.tags);
  EXPECT_OK(decoded);
  const std::vector<uint8_t>& gray = decoded->image.pixels;
  return Sha256Hex(std::string(gray.begin(), gray.end()));
}

// testdata/dicom/make_dicom.py: all 13 transfer syntaxes, and every value.
// Those of lossy syntaxes are what other decoders make of the same bytes.
TEST(DicomPixelsTest, StoredValuesAreThoseOfTheReferences) {
  for (const auto& [name, sha256] : Column("dicom.csv", "stored_sha256")) {
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const DicomPixels pixels,
                         ReadDicomPixels(ReadTestFile(name)));
    EXPECT_EQ(Sha256OfWords(pixels.image.words), sha256);
    EXPECT_THAT(pixels.warning, IsEmpty());
  }
}

TEST(DicomPixelsTest, EightBitsAreThoseOfPydicom) {
  for (const auto& [name, sha256] : Column("dicom.csv", "gray_sha256")) {
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const DicomPixels pixels,
                         ReadDicomPixels(ReadTestFile(name)));
    EXPECT_EQ(Sha256OfGray(pixels), sha256);
  }
}

// Another run of pydicom, of an older version. Why one row is left out stands
// in testdata/dicom/README.md.
TEST(DicomPixelsTest, EightBitsAreThoseOfTheReleasedPreparation) {
  std::map<std::string, std::string> expected =
      Column("read_dicom_voi_minmax8.csv", "out8_sha256");
  ASSERT_EQ(expected.erase("B_12bit_m1_j2k91_lossy.dcm"), 1u);
  for (const auto& [name, sha256] : expected) {
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const DicomPixels pixels,
                         ReadDicomPixels(ReadTestFile(name)));
    EXPECT_EQ(Sha256OfGray(pixels), sha256);
  }
}

TEST(DicomPixelsTest, BitsBeyondBitsStoredAreKeptHoweverTheyAreCoded) {
  ASSERT_OK_AND_ASSIGN(
      const DicomPixels plain,
      ReadDicomPixels(ReadTestFile("E_bitsstored_too_small.dcm")));
  EXPECT_EQ(plain.tags.bits_stored, 12);
  for (const char* name : {"made_e_jpeg_lossless57.dcm", "made_e_j2k90.dcm"}) {
    ASSERT_OK_AND_ASSIGN(const DicomPixels coded,
                         ReadDicomPixels(ReadTestFile(name)));
    EXPECT_EQ(coded.tags.bits_stored, 12);
    EXPECT_EQ(coded.image, plain.image) << name;
  }
}

TEST(DicomPixelsTest, SignsAreKeptHoweverTheyAreCoded) {
  ASSERT_OK_AND_ASSIGN(const DicomPixels plain,
                       ReadDicomPixels(ReadTestFile("F_signed_padding.dcm")));
  ASSERT_OK_AND_ASSIGN(
      const DicomPixels coded,
      ReadDicomPixels(ReadTestFile("made_f_jpeg_lossless57.dcm")));
  EXPECT_TRUE(coded.image.is_signed);
  EXPECT_EQ(coded.image, plain.image);
  EXPECT_THAT(plain.tags.padding, Optional(-2000));
}

TEST(DicomPixelsTest, TagsAreReadWithoutThePixels) {
  const std::string bytes = ReadTestFile("orig_cr_jpegbaseline_m2.dcm");
  const size_t pixels = bytes.find("\xe0\x7f\x10", 0, 3);
  ASSERT_OK_AND_ASSIGN(const DicomTags tags,
                       ReadDicomTags(bytes.substr(0, pixels + 12)));
  EXPECT_EQ(tags.transfer_syntax, "1.2.840.10008.1.2.4.50");
  EXPECT_EQ(tags.modality, "CR");
  EXPECT_EQ(tags.view_position, "PA");
  EXPECT_EQ(tags.patient_id, "16d7f894-55d7-4d95-8957-d18987f0e981");
  EXPECT_EQ(tags.patient_sex, "M");
  EXPECT_EQ(tags.patient_age, "62");
  EXPECT_EQ(tags.rows, 1024);
  EXPECT_EQ(tags.columns, 1024);
  EXPECT_EQ(tags.bits_allocated, 8);
  EXPECT_EQ(tags.photometric, "MONOCHROME2");
  EXPECT_FALSE(tags.padding.has_value());
  EXPECT_FALSE(tags.window_center.has_value());
}

TEST(DicomPixelsTest, TagsAreThoseThatComeWithThePixels) {
  for (const auto& [name, unused] : Column("dicom.csv", "stored_sha256")) {
    SCOPED_TRACE(name);
    const std::string bytes = ReadTestFile(name);
    ASSERT_OK_AND_ASSIGN(const DicomPixels pixels, ReadDicomPixels(bytes));
    ASSERT_OK_AND_ASSIGN(const DicomTags tags, ReadDicomTags(bytes));
    EXPECT_EQ(tags, pixels.tags);
  }
}

TEST(DicomPixelsTest, TagsOfTheWindowAreReadInFull) {
  ASSERT_OK_AND_ASSIGN(
      const DicomTags c,
      ReadDicomTags(ReadTestFile("C_rescale_multiwindow_sigmoid.dcm")));
  EXPECT_THAT(c.window_center, Optional(3600.0));
  EXPECT_THAT(c.window_width, Optional(7000.0));
  EXPECT_EQ(c.voi_lut_function, "SIGMOID");
  EXPECT_THAT(c.rescale_slope, Optional(2.0));
  EXPECT_THAT(c.rescale_intercept, Optional(-100.0));
  ASSERT_OK_AND_ASSIGN(const DicomTags d,
                       ReadDicomTags(ReadTestFile("D_voilut_sequence.dcm")));
  ASSERT_TRUE(d.voi_lut.has_value());
  EXPECT_EQ(d.voi_lut->first_value, 0);
  EXPECT_EQ(d.voi_lut->entries.size(), 4096u);
}

TEST(DicomPixelsTest, FileWithoutMetaHeaderIsImplicitLittleEndian) {
  const std::string bytes = ReadTestFile("A_8bit_m2_implicitLE.dcm");
  // The first element of the body: group 8.
  const size_t body = bytes.find(std::string("\x08\0", 2), 140);
  ASSERT_OK_AND_ASSIGN(const DicomPixels whole, ReadDicomPixels(bytes));
  ASSERT_OK_AND_ASSIGN(const DicomPixels bare,
                       ReadDicomPixels(bytes.substr(body)));
  EXPECT_EQ(bare.tags, whole.tags);
  EXPECT_EQ(bare.image, whole.image);
}

TEST(DicomPixelsTest, FileThatIsCutOffIsAnError) {
  EXPECT_THAT(ReadDicomPixels(ReadTestFile("X_truncated.dcm")),
              StatusIs(absl::StatusCode::kDataLoss,
                       "DICOM: Incomplete Pixel Data found, use file at own "
                       "risk"));
  for (const char* name :
       {"A_8bit_m2_implicitLE.dcm", "A_8bit_m2_jpeg_baseline50.dcm",
        "B_12bit_m1_rle.dcm", "B_12bit_m1_j2k90_lossless.dcm",
        "A_8bit_m2_jpegls80.dcm", "D_voilut_sequence.dcm"}) {
    const std::string bytes = ReadTestFile(name);
    EXPECT_THAT(ReadDicomPixels(bytes.substr(0, bytes.size() * 3 / 4)),
                StatusIs(absl::StatusCode::kDataLoss, StartsWith("DICOM: ")))
        << name;
  }
}

TEST(DicomPixelsTest, WhatIsNotDicomIsAnError) {
  for (const std::string bytes : {"", "\x89PNG", "x"}) {
    EXPECT_THAT(ReadDicomPixels(bytes),
                StatusIs(absl::StatusCode::kDataLoss, StartsWith("DICOM: ")));
    EXPECT_THAT(ReadDicomTags(bytes),
                StatusIs(absl::StatusCode::kDataLoss, StartsWith("DICOM: ")));
  }
}

// The end of the coded pixels is zero but for the mark of the end.
TEST(DicomPixelsTest, DamagedJpegThatDecodesCarriesAWarning) {
  std::string bytes = ReadTestFile("A_8bit_m2_jpeg_baseline50.dcm");
  bytes.replace(bytes.size() - 5000, 4900, std::string(4900, '\0'));
  ASSERT_OK_AND_ASSIGN(const DicomPixels pixels, ReadDicomPixels(bytes));
  EXPECT_THAT(pixels.warning, StartsWith("Corrupt JPEG data"));
}

TEST(DicomPixelsTest, SmallImageIsReadAsItWasMade) {
  ASSERT_OK_AND_ASSIGN(const DicomPixels pixels,
                       ReadDicomPixels(DicomFileOf(SmallImage())));
  EXPECT_EQ(pixels.image.width, 3);
  EXPECT_EQ(pixels.image.height, 2);
  EXPECT_THAT(pixels.image.words, ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_EQ(pixels.tags.transfer_syntax, "1.2.840.10008.1.2.1");
}

TEST(DicomPixelsTest, FirstOfSeveralFramesIsTaken) {
  DicomElements elements = SmallImage();
  SetElement(0x0028, 0x0008, "IS", "2 ", &elements);
  SetElement(0x0028, 0x0011, "US", DicomNumbers({1}), &elements);
  SetElement(0x7fe0, 0x0010, "OW", DicomNumbers({7, 8, 9, 10}), &elements);
  ASSERT_OK_AND_ASSIGN(const DicomPixels pixels,
                       ReadDicomPixels(DicomFileOf(elements)));
  EXPECT_EQ(pixels.tags.frames, 2);
  EXPECT_THAT(pixels.image.words, ElementsAre(7, 8));
}

TEST(DicomPixelsTest, NumbersOfFramesBeyondReasonAreCutOff) {
  DicomElements elements = SmallImage();
  for (const auto& [text, frames] :
       std::map<std::string, int>{{"-1e300", -1000000000},
                                  {"1e300 ", 1000000000},
                                  {"-2", -2},
                                  {"0 ", 0}}) {
    SCOPED_TRACE(text);
    SetElement(0x0028, 0x0008, "IS", text, &elements);
    ASSERT_OK_AND_ASSIGN(const DicomTags tags,
                         ReadDicomTags(DicomFileOf(elements)));
    EXPECT_EQ(tags.frames, frames);
    EXPECT_THAT(ReadDicomPixels(DicomFileOf(elements)),
                StatusIs(absl::StatusCode::kDataLoss, StartsWith("DICOM: ")));
  }
}

TEST(DicomPixelsTest, EightSignedBitsKeepTheirSign) {
  DicomElements elements = SmallImage();
  SetElement(0x0028, 0x0011, "US", DicomNumbers({2}), &elements);
  SetElement(0x0028, 0x0100, "US", DicomNumbers({8}), &elements);
  SetElement(0x0028, 0x0101, "US", DicomNumbers({8}), &elements);
  SetElement(0x0028, 0x0102, "US", DicomNumbers({7}), &elements);
  SetElement(0x0028, 0x0103, "US", DicomNumbers({1}), &elements);
  SetElement(0x7fe0, 0x0010, "OW", "\x01\xff\x7f\x80", &elements);
  ASSERT_OK_AND_ASSIGN(const DicomPixels pixels,
                       ReadDicomPixels(DicomFileOf(elements)));
  EXPECT_THAT(pixels.image.words, ElementsAre(1, 0xFFFF, 0x7F, 0xFF80));
}

TEST(DicomPixelsTest, RgbKeepsItsChannels) {
  DicomElements elements = SmallImage();
  SetElement(0x0028, 0x0002, "US", DicomNumbers({3}), &elements);
  SetElement(0x0028, 0x0004, "CS", "RGB ", &elements);
  SetElement(0x0028, 0x0006, "US", DicomNumbers({0}), &elements);
  SetElement(0x0028, 0x0010, "US", DicomNumbers({1}), &elements);
  SetElement(0x0028, 0x0011, "US", DicomNumbers({2}), &elements);
  ASSERT_OK_AND_ASSIGN(const DicomPixels pixels,
                       ReadDicomPixels(DicomFileOf(elements)));
  EXPECT_EQ(pixels.image.channels, 3);
  EXPECT_EQ(pixels.image.width, 2);
  EXPECT_THAT(pixels.image.words, ElementsAre(1, 2, 3, 4, 5, 6));
  SetElement(0x0028, 0x0006, "US", DicomNumbers({1}), &elements);
  EXPECT_THAT(ReadDicomPixels(DicomFileOf(elements)),
              StatusIs(absl::StatusCode::kUnimplemented,
                       HasSubstr("planar configuration 1")));
}

TEST(DicomPixelsTest, OtherKindsOfPixelsAreUnimplemented) {
  DicomElements colour = SmallImage();
  SetElement(0x0028, 0x0004, "CS", "YBR_FULL", &colour);
  EXPECT_THAT(ReadDicomPixels(DicomFileOf(colour)),
              StatusIs(absl::StatusCode::kUnimplemented,
                       AllOf(StartsWith("DICOM: "), HasSubstr("'YBR_FULL'"))));
  DicomElements wide = SmallImage();
  SetElement(0x0028, 0x0100, "US", DicomNumbers({32}), &wide);
  SetElement(0x7fe0, 0x0010, "OW", std::string(24, '\1'), &wide);
  EXPECT_THAT(ReadDicomPixels(DicomFileOf(wide)),
              StatusIs(absl::StatusCode::kUnimplemented,
                       HasSubstr("1 samples a pixel of 32 bits")));
}

TEST(DicomPixelsTest, ContradictoryHeadersAreErrors) {
  DicomElements few = SmallImage();
  SetElement(0x7fe0, 0x0010, "OW", DicomNumbers({1, 2, 3, 4, 5}), &few);
  EXPECT_THAT(ReadDicomPixels(DicomFileOf(few)),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found 10 bytes of pixels, expected 12")));
  DicomElements large = SmallImage();
  SetElement(0x0028, 0x0010, "US", DicomNumbers({60000}), &large);
  SetElement(0x0028, 0x0011, "US", DicomNumbers({60000}), &large);
  EXPECT_THAT(
      ReadDicomPixels(DicomFileOf(large)),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("60000 x 60000 pixels")));
  DicomElements center = SmallImage();
  SetElement(0x0028, 0x1050, "DS", "middle", &center);
  EXPECT_THAT(ReadDicomPixels(DicomFileOf(center)),
              StatusIs(absl::StatusCode::kDataLoss,
                       "DICOM: WindowCenter: found 'middle', expected a "
                       "number"));
}

// An item of VOILUTSequence with 3 entries, of which `entries` are there.
std::string LutItem(const std::vector<int>& entries) {
  const std::string elements =
      DicomElement(0x0028, 0x3002, "US", DicomNumbers({3, -5, 16})) +
      DicomElement(0x0028, 0x3006, "US", DicomNumbers(entries));
  const int length = static_cast<int>(elements.size());
  return DicomNumbers({0xfffe, 0xe000, length, 0}) + elements;
}

TEST(DicomPixelsTest, VoiLutIsReadToItsStatedLength) {
  DicomElements elements = SmallImage();
  SetElement(0x0028, 0x0103, "US", DicomNumbers({1}), &elements);
  SetElement(0x0028, 0x3010, "SQ", LutItem({7, 8, 9, 10}), &elements);
  ASSERT_OK_AND_ASSIGN(const DicomTags tags,
                       ReadDicomTags(DicomFileOf(elements)));
  const VoiLut expected{.first_value = -5, .entries = {7, 8, 9}};
  EXPECT_THAT(tags.voi_lut, Optional(expected));
  SetElement(0x0028, 0x3010, "SQ", LutItem({7, 8}), &elements);
  EXPECT_THAT(ReadDicomTags(DicomFileOf(elements)),
              StatusIs(absl::StatusCode::kDataLoss,
                       "DICOM: LUTData: found 2 entries, expected 3"));
}

}  // namespace
}  // namespace cxr
