// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

using ::testing::SizeIs;

Body BodyOf(const FilmRequest& request) {
  return LayOutBody(PlainAnatomy(), FindingView(request));
}

double HalfWidthAt(const Body& body, double y) {
  return body.girths[static_cast<size_t>((y - kGirthTop) / kGirthStep)]
      .half_width;
}

TEST(LayoutBodyTest, TheNeckIsNarrowAndTheChestWiderThanTheLungs) {
  const Body body = BodyOf(PlainRequest(64));
  EXPECT_THAT(body.girths, SizeIs(kGirths));
  EXPECT_LT(HalfWidthAt(body, -0.2), 0.15);
  EXPECT_GT(HalfWidthAt(body, 0.5), PlainAnatomy().half_width + 0.05);
}

TEST(LayoutBodyTest, FatWidensAndThickens) {
  FilmRequest request = PlainRequest(64);
  request.patient.fat = 0.1;
  const Body slim = BodyOf(request);
  request.patient.fat = 0.9;
  const Body stout = BodyOf(request);
  EXPECT_GT(HalfWidthAt(stout, 0.6), HalfWidthAt(slim, 0.6) + 0.03);
  EXPECT_GT(stout.girths[150].depth, slim.girths[150].depth);
}

TEST(LayoutBodyTest, OnlyWomenHaveFoldsBelowTheirBreasts) {
  FilmRequest request = PlainRequest(64);
  request.patient.sex = Sex::kFemale;
  EXPECT_THAT(BodyOf(request).folds, SizeIs(2));
  request.patient.sex = Sex::kMale;
  EXPECT_THAT(BodyOf(request).folds, SizeIs(0));
}

TEST(LayoutBodyTest, TheAbdomenBeginsAtTheDomes) {
  const Anatomy anatomy = PlainAnatomy();
  const Body body = BodyOf(PlainRequest(64));
  const double x = anatomy.midline_x - 0.16;
  EXPECT_EQ(AbdomenAt(body, {x, anatomy.dome_y[0] - 0.05}), 0.0);
  EXPECT_EQ(AbdomenAt(body, {x, anatomy.dome_y[0] + 0.09}), 1.0);
}

TEST(LayoutBodyTest, BesideTheLungsTheAbdomenBeginsSlowly) {
  const Anatomy anatomy = PlainAnatomy();
  const Body body = BodyOf(PlainRequest(64));
  const double x = anatomy.landmarks.left_lung[21].x + 0.05;
  const double y = anatomy.costophrenic_y[1] + 0.05;
  EXPECT_GT(AbdomenAt(body, {x, y}), 0.0);
  EXPECT_LT(AbdomenAt(body, {x, y}), 0.9);
}

TEST(LayoutBodyTest, GasIsLessDenseThanTissue) {
  for (const Blob& gas : BodyOf(PlainRequest(64)).gas) {
    EXPECT_LT(gas.amplitude, 0.0);
    EXPECT_GT(gas.center.y, PlainAnatomy().dome_y[1]);
  }
}

}  // namespace
}  // namespace cxr::synth
