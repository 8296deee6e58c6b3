// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/develop.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

constexpr int kSize = 64;

// A wedge: attenuation grows from left to right.
Exposure Wedge() {
  Exposure exposure{MakePlane(kSize, kSize), MakePlane(kSize, kSize)};
  for (int y = 0; y < kSize; ++y) {
    for (int x = 0; x < kSize; ++x) {
      exposure.attenuation.Row(y)[x] = 0.02f * static_cast<float>(x);
      exposure.body.Row(y)[x] = 1.0f;
    }
  }
  return exposure;
}

FilmRequest Quiet() {
  FilmRequest request = PlainRequest(kSize);
  request.style.noise = 0.0;
  return request;
}

TEST(DevelopTest, DenserIsBrighterFromBlackToWhite) {
  const Plane film = Develop(Quiet(), PlainFrame(kSize), Wedge());
  EXPECT_LT(film.Row(30)[0], 0.02f);
  EXPECT_GT(film.Row(30)[63], 0.98f);
  for (int x = 1; x < kSize; ++x) {
    EXPECT_GE(film.Row(30)[x], film.Row(30)[x - 1]);
  }
}

TEST(DevelopTest, ALowerGammaIsBrighter) {
  FilmRequest request = Quiet();
  request.style.gamma_low = request.style.gamma_high = 0.5;
  const double bright = MeanOf(Develop(request, PlainFrame(kSize), Wedge()));
  request.style.gamma_low = request.style.gamma_high = 2.0;
  EXPECT_GT(bright, MeanOf(Develop(request, PlainFrame(kSize), Wedge())) + 0.2);
}

TEST(DevelopTest, NoiseGrowsWithAttenuation) {
  FilmRequest request = Quiet();
  request.style.gamma_low = request.style.gamma_high = 1.0;
  const Plane quiet = Develop(request, PlainFrame(kSize), Wedge());
  request.style.noise = 1.0;
  const Plane noisy = Develop(request, PlainFrame(kSize), Wedge());
  const auto noise = [&](int left, int right) {
    double sum = 0.0;
    for (int y = 0; y < kSize; ++y) {
      for (int x = left; x < right; ++x) {
        const double step = noisy.Row(y)[x] - quiet.Row(y)[x];
        sum += step * step;
      }
    }
    return sum;
  };
  // exp(1.9 a) is twice as much 0.36 further on.
  EXPECT_GT(noise(40, 56), 1.5 * noise(8, 24));
}

TEST(DevelopTest, FilmsOfAStudyDifferInExposure) {
  FilmRequest request = Quiet();
  const Plane first = Develop(request, PlainFrame(kSize), Wedge());
  request.number = 1;
  const Plane second = Develop(request, PlainFrame(kSize), Wedge());
  EXPECT_NE(first.values, second.values);
}

TEST(DevelopTest, FreeAirIsDarkerThanTheDarkestLung) {
  Exposure exposure = Wedge();
  for (int y = 0; y < kSize; ++y) exposure.body.Row(y)[60] = 0.0f;
  const Plane film = Develop(Quiet(), PlainFrame(kSize), exposure);
  EXPECT_LT(film.Row(30)[60], 0.5f * film.Row(30)[59]);
}

}  // namespace
}  // namespace cxr::synth
