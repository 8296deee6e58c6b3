// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_mediastinum.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Mediastinum MediastinumOf(const FilmRequest& request) {
  return LayOutMediastinum(PlainAnatomy(), FindingView(request));
}

TEST(LayoutMediastinumTest, HasAirwaysWithAirAndNoPlaceWithoutFindings) {
  const Mediastinum mediastinum = MediastinumOf(PlainRequest(64));
  EXPECT_THAT(mediastinum.airways, SizeIs(3));
  for (const Stroke& airway : mediastinum.airways) {
    EXPECT_LT(airway.amplitude, 0.0);
  }
  EXPECT_THAT(mediastinum.places, IsEmpty());
}

TEST(LayoutMediastinumTest, TheAorticKnobGrowsWithAgeAndDisease) {
  FilmRequest request = PlainRequest(64);
  request.patient.age_years = 40;
  const double young = MediastinumOf(request).bulges[0].radius_x;
  request.patient.age_years = 85;
  const double old = MediastinumOf(request).bulges[0].radius_x;
  const double ill =
      MediastinumOf(With({Finding::kAorticEnlargement, 0.8, 0}, request))
          .bulges[0]
          .radius_x;
  EXPECT_GT(old, young);
  EXPECT_GT(ill, old);
}

TEST(LayoutMediastinumTest, ThePulmonaryArteryBulgesOnTheLeft) {
  const Mediastinum mediastinum = MediastinumOf(
      With({Finding::kEnlargedPulmonaryArtery, 0.8, 0}, PlainRequest(64)));
  const std::vector<Place> places =
      PlacesOf(Finding::kEnlargedPulmonaryArtery, mediastinum.places);
  ASSERT_THAT(places, SizeIs(1));
  EXPECT_GT(places[0].points[1].x, 0.55);
}

TEST(LayoutMediastinumTest, AHerniaIsRoundBehindTheHeart) {
  const Mediastinum mediastinum =
      MediastinumOf(With({Finding::kHernia, 0.8, 0}, PlainRequest(64)));
  ASSERT_THAT(mediastinum.hernias, SizeIs(1));
  EXPECT_NEAR(mediastinum.hernias[0].center.x, 0.52, 0.08);
  EXPECT_THAT(PlacesOf(Finding::kHernia, mediastinum.places), SizeIs(1));
}

TEST(LayoutMediastinumTest, ALargeHeartIsDenserAndHasTheHeartAsItsPlace) {
  const FilmRequest plain = PlainRequest(64);
  const Mediastinum large =
      MediastinumOf(With({Finding::kCardiomegaly, 0.8, 0}, plain));
  EXPECT_GT(large.heart, MediastinumOf(plain).heart);
  const std::vector<Place> places =
      PlacesOf(Finding::kCardiomegaly, large.places);
  ASSERT_THAT(places, SizeIs(1));
  EXPECT_THAT(places[0].points, SizeIs(kHeartPoints));
}

}  // namespace
}  // namespace cxr::synth
