// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/film_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decode_image.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/image.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

FilmRequest Film() {
  const Patient patient = MakePatient({}, RandomKey(3), /*number=*/0);
  return {.patient = patient,
          .study = MakeStudy({}, patient, /*number=*/0),
          .width = 40,
          .height = 48};
}

absl::StatusOr<DecodedImage> Decode(const PlannedFile& file) {
  return DecodeImage(*file.make(), file.path,
                     {.sixteen_bit = SixteenBitRule::kShift8});
}

TEST(FilmFileTest, EightBitPngHoldsTheFilmItself) {
  const PlannedFile file = PngFilm("a/b.png", Film());
  EXPECT_EQ(file.path, "a/b.png");
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded, Decode(file));
  EXPECT_EQ(decoded.facts.channels, 1);
  EXPECT_EQ(decoded.facts.bits, 8);
  EXPECT_EQ(decoded.image, ToGray(DrawFilm(Film())));
}

TEST(FilmFileTest, RgbaPngHoldsTheFilmInThreeColours) {
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       Decode(RgbaPngFilm("a.png", Film())));
  EXPECT_EQ(decoded.facts.channels, 4);
  EXPECT_TRUE(decoded.facts.has_alpha);
  EXPECT_EQ(decoded.image, ToGray(DrawFilm(Film())));
}

TEST(FilmFileTest, SixteenBitPngSpreadsTwelveBits) {
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       Decode(Png16Film("a.png", Film())));
  EXPECT_EQ(decoded.facts.bits, 16);
  const std::vector<uint16_t> samples = ToSamples(DrawFilm(Film()), 12);
  const auto [smallest, largest] =
      std::minmax_element(samples.begin(), samples.end());
  EXPECT_NEAR(decoded.facts.smallest, *smallest * 65535.0 / 4095.0, 0.5);
  EXPECT_NEAR(decoded.facts.largest, *largest * 65535.0 / 4095.0, 0.5);
  ASSERT_EQ(decoded.image.pixels.size(), samples.size());
  for (size_t i = 0; i < samples.size(); ++i) {
    // 255 levels of 16: the high byte of the 12 bits, or the next one.
    EXPECT_NEAR(decoded.image.pixels[i], samples[i] / 16.0, 1.0);
  }
}

TEST(FilmFileTest, JpegIsCloseAndCloserAtBetterQuality) {
  const GrayImage film = ToGray(DrawFilm(Film()));
  double errors[2] = {};
  for (int i = 0; i < 2; ++i) {
    ASSERT_OK_AND_ASSIGN(
        const DecodedImage decoded,
        Decode(JpegFilm("a.jpg", Film(), /*quality=*/i == 0 ? 50 : 95)));
    ASSERT_EQ(decoded.image.pixels.size(), film.pixels.size());
    for (size_t p = 0; p < film.pixels.size(); ++p) {
      const double error = decoded.image.pixels[p] - film.pixels[p];
      errors[i] += error * error / film.pixels.size();
    }
  }
  EXPECT_LT(errors[1], errors[0]);
  EXPECT_LT(errors[1], 10.0);
}

TEST(FilmFileTest, TruncatedFileIsTheFirstHalfAndDoesNotDecode) {
  const PlannedFile whole = PngFilm("a.png", Film());
  const PlannedFile file = Truncated(whole);
  EXPECT_EQ(file.path, whole.path);
  EXPECT_EQ(*file.make(), whole.make()->substr(0, whole.make()->size() / 2));
  EXPECT_THAT(Decode(file),
              StatusIs(absl::StatusCode::kDataLoss, ::testing::_));
}

}  // namespace
}  // namespace cxr::synth
