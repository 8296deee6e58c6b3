// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout.h"

#include <gtest/gtest.h>

#include <vector>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

TEST(LayoutTest, AFindingMoreMovesNeitherVesselsNorBones) {
  const FilmRequest plain = PlainRequest(64);
  FilmRequest ill = With({Finding::kConsolidation, 0.9, 1}, plain);
  ill = With({Finding::kPleuralEffusion, 0.9, 0}, ill);
  ill = With({Finding::kSupportDevices, 0.9, 0}, ill);
  const Layout a = MakeLayout(plain);
  const Layout b = MakeLayout(ill);
  ASSERT_EQ(a.vessels.size(), b.vessels.size());
  for (size_t i = 0; i < a.vessels.size(); ++i) {
    EXPECT_EQ(a.vessels[i].points.back().y, b.vessels[i].points.back().y);
  }
  ASSERT_EQ(a.bones.strokes.size(), b.bones.strokes.size());
  for (size_t i = 0; i < a.bones.strokes.size(); ++i) {
    EXPECT_EQ(a.bones.strokes[i].points.back().y,
              b.bones.strokes[i].points.back().y);
  }
}

TEST(LayoutTest, AFindingMoreLeavesTheOthersWhereTheyAre) {
  const FilmRequest one =
      With({Finding::kConsolidation, 0.9, 1}, PlainRequest(64));
  const FilmRequest two = With({Finding::kLungOpacity, 0.4, -1}, one);
  const std::vector<Place> before =
      PlacesOf(Finding::kConsolidation, PlacesOf(one));
  const std::vector<Place> after =
      PlacesOf(Finding::kConsolidation, PlacesOf(two));
  ASSERT_EQ(before.size(), after.size());
  ASSERT_FALSE(before.empty());
  for (size_t i = 0; i < before.size(); ++i) {
    ASSERT_EQ(before[i].points.size(), after[i].points.size());
    EXPECT_EQ(before[i].points[0].x, after[i].points[0].x);
  }
}

TEST(LayoutTest, PlacesAreThoseOfTheLayoutPartByPart) {
  FilmRequest request = PlainRequest(64);
  for (int i = 0; i < kFindings; ++i) {
    request = With({FindingAt(i), 0.6, i % 2 == 0 ? 1 : -1}, request);
  }
  const Layout layout = MakeLayout(request);
  std::vector<Place> expected;
  for (const std::vector<Place>* part :
       {&layout.mediastinum.places, &layout.lungs.places, &layout.pleura.places,
        &layout.bones.places}) {
    EXPECT_FALSE(part->empty());
    expected.insert(expected.end(), part->begin(), part->end());
  }
  const std::vector<Place> places = PlacesOf(request);
  ASSERT_EQ(places.size(), expected.size());
  for (size_t i = 0; i < places.size(); ++i) {
    EXPECT_EQ(places[i].finding, expected[i].finding);
    ASSERT_EQ(places[i].points.size(), expected[i].points.size());
    for (size_t j = 0; j < places[i].points.size(); ++j) {
      EXPECT_EQ(places[i].points[j].x, expected[i].points[j].x);
      EXPECT_EQ(places[i].points[j].y, expected[i].points[j].y);
    }
  }
}

TEST(LayoutTest, DifficultyLeavesTheAnatomyToItsMasks) {
  const FilmRequest request =
      With({Finding::kCardiomegaly, 0.9, 0}, PlainRequest(64));
  FilmRequest hard = request;
  hard.style.difficulty = 0.3;
  EXPECT_EQ(MakeLayout(request).anatomy.cardiothoracic_ratio,
            MakeLayout(hard).anatomy.cardiothoracic_ratio);
}

TEST(LayoutTest, EveryFindingButDevicesAndShiftHasAPlace) {
  for (int i = 0; i < kFindings; ++i) {
    const Finding finding = FindingAt(i);
    const FilmRequest request = With({finding, 0.8, 1}, PlainRequest(64));
    const bool placed = !PlacesOf(finding, PlacesOf(request)).empty();
    EXPECT_EQ(placed, finding != Finding::kSupportDevices &&
                          finding != Finding::kMediastinalShift)
        << FindingName(finding);
  }
}

}  // namespace
}  // namespace cxr::synth
