// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/jpeg_lossless.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "cxr/synth/dicom/samples_testing.h"

namespace cxr::synth {
namespace {

std::vector<int> BytesOf(const std::string& text) {
  std::vector<int> bytes;
  for (const char c : text) {
    bytes.push_back(static_cast<uint8_t>(c));
  }
  return bytes;
}

// By hand. Predictions are 8 and then the samples before and above: 8 for 5,
// 5 for 5, 5 for 4 and 4 for 12. Differences -3, 0, -1, 8 are of the categories
// 2, 0, 1, 4, once each, so that these come first, in their own order, with the
// codes 0: 00, 1: 01, 2: 10, 4: 110. Bits: 10 00 | 00 | 01 0 | 110 1000, then
// ones.
TEST(JpegLosslessTest, FourPixelsAreWhatTheStandardSays) {
  const DicomSamples samples{
      .width = 2, .height = 2, .bits = 4, .values = {5, 5, 4, 12}};
  EXPECT_EQ(
      BytesOf(EncodeJpegLossless(samples)),
      (std::vector<int>{
          0xFF,       0xD8,                                                //
          0xFF,       0xC3,       0,  11, 4, 0, 2, 0, 2, 1, 1,  0x11, 0,   //
          0xFF,       0xC4,       0,  36, 0, 0, 3, 1, 1, 1, 1,  1,    1,   //
          1,          1,          1,  1,  1, 1, 1, 1,                      //
          0,          1,          2,  4,  3, 5, 6, 7, 8, 9, 10, 11,   12,  //
          13,         14,         15, 16,                                  //
          0xFF,       0xDA,       0,  8,  1, 1, 0, 1, 0, 0,                //
          0b10000001, 0b01101000,                                          //
          0xFF,       0xD9}));
}

TEST(JpegLosslessTest, ByteOfOnesIsFollowedByZero) {
  const std::string bytes = EncodeJpegLossless(NoiseSamples(64, 64, 16));
  const size_t start = bytes.find("\xFF\xDA") + 10;
  int stuffed = 0;
  for (size_t i = start; i + 2 < bytes.size(); ++i) {
    if (bytes[i] == '\xFF') {
      EXPECT_EQ(bytes[i + 1], '\0') << i;
      ++stuffed;
    }
  }
  EXPECT_GT(stuffed, 0);
}

// A radiograph's noise is a few levels: 4 of 12 bits here.
TEST(JpegLosslessTest, IsSmallerThanTheSamples) {
  DicomSamples samples = NoiseSamples(128, 128, 4);
  samples.bits = 12;
  const size_t plain = 2 * samples.values.size();
  EXPECT_LT(EncodeJpegLossless(samples).size(), plain / 2);
  samples.values.assign(samples.values.size(), 7);
  EXPECT_LT(EncodeJpegLossless(samples).size(), plain / 7);
}

TEST(JpegLosslessDeathTest, OneBitIsTooFew) {
  EXPECT_DEATH(EncodeJpegLossless(NoiseSamples(2, 2, 1)), "1 bits");
}

}  // namespace
}  // namespace cxr::synth
