// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/dicom_file.h"

#include <gdcmImage.h>
#include <gdcmImageReader.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <sstream>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/synth/dicom/dicom_uid.h"
#include "cxr/synth/dicom/samples_testing.h"

namespace cxr::synth {
namespace {

using ::testing::HasSubstr;

std::unique_ptr<DicomDecoder> MakeDecoder() {
  return *DicomDecoder::Create(
      {.worker = TestData("cxr/data/codec/dicom_worker")});
}

DicomHeader Header() {
  return {.sop_instance = DicomUid(1, 1),
          .study_instance = DicomUid(1, 2),
          .series_instance = DicomUid(1, 3),
          .modality = "CR",
          .conversion_type = "WSD",
          .manufacturer = "cxr synth",
          .series_description = "view: PA",
          .patient_name = "a^b",
          .patient_id = "a-b",
          .patient_sex = "F",
          .patient_age = "62",
          .body_part = "CHEST",
          .view_position = "PA",
          .pixel_spacing = 0.139};
}

// The samples in `file` as they are, decoded by GDCM.
std::vector<uint16_t> DecodedByGdcm(const std::string& file) {
  std::istringstream stream(file);
  gdcm::ImageReader reader;
  reader.SetStream(stream);
  EXPECT_TRUE(reader.Read());
  const gdcm::Image& image = reader.GetImage();
  std::string bytes(image.GetBufferLength(), '\0');
  EXPECT_TRUE(image.GetBuffer(bytes.data()));
  const bool is_wide = image.GetPixelFormat().GetBitsAllocated() == 16;
  std::vector<uint16_t> values(bytes.size() / (is_wide ? 2 : 1));
  for (size_t i = 0; i < values.size(); ++i) {
    const auto byte = [&](size_t at) { return uint8_t(bytes[at]); };
    values[i] = is_wide ? byte(2 * i) | byte(2 * i + 1) << 8 : byte(i);
  }
  return values;
}

class CodingTest : public ::testing::TestWithParam<DicomCoding> {};

TEST_P(CodingTest, SamplesComeBackExactly) {
  for (const int bits : {8, 9, 10, 12, 14, 15, 16}) {
    int number = 0;
    for (const DicomSamples& samples : TryingSamples(bits)) {
      SCOPED_TRACE(absl::StrCat(bits, " bits, image ", number++));
      ASSERT_OK_AND_ASSIGN(const std::string file,
                           DicomFile(Header(), samples, GetParam()));
      EXPECT_EQ(DecodedByGdcm(file), samples.values);
      EXPECT_EQ(file.size() % 2, 0u);
    }
  }
}

TEST_P(CodingTest, OurReaderTakesItForWhatItIs) {
  const std::unique_ptr<DicomDecoder> decoder = MakeDecoder();
  for (const int bits : {8, 12, 16}) {
    const DicomSamples samples = NoiseSamples(43, 21, bits);
    ASSERT_OK_AND_ASSIGN(const std::string file,
                         DicomFile(Header(), samples, GetParam()));
    ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                         decoder->Decode(file, "a.dcm"));
    EXPECT_EQ(decoded.facts.width, 43);
    EXPECT_EQ(decoded.facts.height, 21);
    EXPECT_EQ(decoded.facts.bits, bits);
    EXPECT_EQ(decoded.facts.warning, "");
    const auto [least, most] =
        std::minmax_element(samples.values.begin(), samples.values.end());
    EXPECT_EQ(decoded.facts.smallest, *least);
    EXPECT_EQ(decoded.facts.largest, *most);
  }
}

INSTANTIATE_TEST_SUITE_P(Lossless, CodingTest,
                         ::testing::Values(DicomCoding::kPlain,
                                           DicomCoding::kJpegLossless,
                                           DicomCoding::kJpeg2000));

// Of a ramp JPEG loses a gray level or two.
TEST(DicomFileTest, JpegBaselineComesBackNearly) {
  DicomSamples ramp{.width = 41, .height = 32, .bits = 8};
  for (int i = 0; i < ramp.width * ramp.height; ++i) {
    ramp.values.push_back(static_cast<uint16_t>(4 * (i % 41) + 2 * (i / 41)));
  }
  ASSERT_OK_AND_ASSIGN(const std::string file,
                       DicomFile(Header(), ramp, DicomCoding::kJpegBaseline));
  const std::vector<uint16_t> decoded = DecodedByGdcm(file);
  ASSERT_EQ(decoded.size(), ramp.values.size());
  for (size_t i = 0; i < decoded.size(); ++i) {
    EXPECT_NEAR(decoded[i], ramp.values[i], 3) << i;
  }
  EXPECT_THAT(file, HasSubstr("ISO_10918_1"));
  EXPECT_OK(MakeDecoder()->Decode(file, "a.dcm"));
}

TEST(DicomFileTest, HeaderIsReadBack) {
  const std::unique_ptr<DicomDecoder> decoder = MakeDecoder();
  DicomHeader header = Header();
  header.is_inverted = true;
  header.window_center = 2047;
  header.window_width = 4001;
  ASSERT_OK_AND_ASSIGN(
      const std::string file,
      DicomFile(header, NoiseSamples(4, 3, 12), DicomCoding::kJpegLossless));
  ASSERT_OK_AND_ASSIGN(const DicomTags tags, decoder->ReadTags(file, "a.dcm"));
  EXPECT_EQ(tags.transfer_syntax, "1.2.840.10008.1.2.4.70");
  EXPECT_EQ(tags.modality, "CR");
  EXPECT_EQ(tags.view_position, "PA");
  EXPECT_EQ(tags.patient_id, "a-b");
  EXPECT_EQ(tags.patient_sex, "F");
  EXPECT_EQ(tags.patient_age, "62");
  EXPECT_EQ(tags.columns, 4);
  EXPECT_EQ(tags.rows, 3);
  EXPECT_EQ(tags.bits_allocated, 16);
  EXPECT_EQ(tags.bits_stored, 12);
  EXPECT_EQ(tags.high_bit, 11);
  EXPECT_FALSE(tags.is_signed);
  EXPECT_EQ(tags.photometric, "MONOCHROME1");
  EXPECT_EQ(tags.window_center, 2047.0);
  EXPECT_EQ(tags.window_width, 4001.0);
}

TEST(DicomFileTest, WhatIsNotStatedIsNotThere) {
  ASSERT_OK_AND_ASSIGN(const std::string file,
                       DicomFile({.sop_instance = DicomUid(1, 1)},
                                 NoiseSamples(4, 3, 8), DicomCoding::kPlain));
  ASSERT_OK_AND_ASSIGN(const DicomTags tags,
                       MakeDecoder()->ReadTags(file, "a.dcm"));
  EXPECT_EQ(tags.patient_id, "");
  EXPECT_EQ(tags.bits_allocated, 8);
  EXPECT_EQ(tags.photometric, "MONOCHROME2");
  EXPECT_EQ(tags.window_center, std::nullopt);
  EXPECT_EQ(file.find("CHEST"), std::string::npos);
}

// As archives have them; our reader believes the samples.
TEST(DicomFileTest, BitsStoredMayBeWrong) {
  DicomHeader header = Header();
  header.bits_stored = 12;
  ASSERT_OK_AND_ASSIGN(
      const std::string file,
      DicomFile(header, NoiseSamples(40, 30, 14), DicomCoding::kPlain));
  const std::unique_ptr<DicomDecoder> decoder = MakeDecoder();
  ASSERT_OK_AND_ASSIGN(const DicomTags tags, decoder->ReadTags(file, "a.dcm"));
  EXPECT_EQ(tags.bits_stored, 12);
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       decoder->Decode(file, "a.dcm"));
  EXPECT_EQ(decoded.facts.bits, 14);
}

TEST(DicomFileTest, TooLargeASideIsAnError) {
  const DicomSamples wide{.width = 65535,
                          .height = 1,
                          .bits = 8,
                          .values = std::vector<uint16_t>(65535)};
  EXPECT_THAT(DicomFile(Header(), wide, DicomCoding::kJpegBaseline),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("65535")));
}

TEST(DicomFileDeathTest, SamplesThatContradictThemselvesAreABug) {
  DicomSamples samples = NoiseSamples(4, 3, 8);
  samples.values[5] = 256;
  EXPECT_DEATH(
      static_cast<void>(DicomFile(Header(), samples, DicomCoding::kPlain)),
      "a sample above 8 bits");
  samples.values.pop_back();
  EXPECT_DEATH(
      static_cast<void>(DicomFile(Header(), samples, DicomCoding::kPlain)),
      "11 samples of 4 x 3");
}

}  // namespace
}  // namespace cxr::synth
