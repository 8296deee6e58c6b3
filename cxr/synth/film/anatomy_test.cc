// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/anatomy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "cxr/data/image.h"
#include "cxr/data/source/chexmask_landmarks.h"
#include "cxr/data/table/rle.h"
#include "cxr/synth/film/outline.h"
#include "cxr/synth/film/shape_prior.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

using ::testing::AllOf;
using ::testing::Contains;

constexpr int kPatients = 4000;
const RandomKey kSource = RandomKey(7);

Patient PatientAt(int number) { return MakePatient({}, kSource, number); }

Study StudyOf(const Patient& patient) {
  Study study;
  study.key = patient.key.Child("study");
  return study;
}

Study With(Study study, Finding finding, double severity, int side = 0) {
  study.severity[finding] = severity;
  study.side[finding] = side;
  return study;
}

// Half of them PA, half AP.
View ViewAt(int number) { return number % 2 == 0 ? View::kPa : View::kAp; }

std::vector<Point> AllPoints(const Landmarks& landmarks) {
  std::vector<Point> points(landmarks.right_lung.begin(),
                            landmarks.right_lung.end());
  points.insert(points.end(), landmarks.left_lung.begin(),
                landmarks.left_lung.end());
  points.insert(points.end(), landmarks.heart.begin(), landmarks.heart.end());
  return points;
}

// People without findings.
const std::vector<Anatomy>& Normal() {
  static const std::vector<Anatomy> normal = [] {
    std::vector<Anatomy> made;
    for (int i = 0; i < kPatients; ++i) {
      const Patient patient = PatientAt(i);
      made.push_back(MakeAnatomy(patient, StudyOf(patient), ViewAt(i)));
    }
    return made;
  }();
  return normal;
}

template <typename Value>
double MeanOf(const Value& value) {
  double sum = 0.0;
  for (const Anatomy& anatomy : Normal()) sum += value(anatomy);
  return sum / kPatients;
}

// Twice the area of a triangle, by the sense of its turn.
double Turn(const Point& a, const Point& b, const Point& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// Whether no two sides of the closed polygon cross or touch.
bool IsSimple(Outline outline) {
  const int n = static_cast<int>(outline.size());
  for (int i = 0; i < n; ++i) {
    const Point& a = outline[i];
    const Point& b = outline[(i + 1) % n];
    for (int j = i + 2; j < std::min(n, i + n - 1); ++j) {
      const Point& c = outline[j];
      const Point& d = outline[(j + 1) % n];
      if (Turn(a, b, c) * Turn(a, b, d) <= 0.0 &&
          Turn(c, d, a) * Turn(c, d, b) <= 0.0) {
        return false;
      }
    }
  }
  return true;
}

bool IsSound(const Landmarks& landmarks) {
  const std::vector<Point> points = AllPoints(landmarks);
  return IsSimple(landmarks.right_lung) && IsSimple(landmarks.left_lung) &&
         IsSimple(landmarks.heart) &&
         std::all_of(points.begin(), points.end(), [](const Point& point) {
           return point.x >= -0.05 && point.x <= 1.05 && point.y >= -0.05 &&
                  point.y <= 1.05;
         });
}

TEST(AnatomyTest, NormalHeartsAreAsWideAsRealOnes) {
  std::vector<double> ratios;
  for (const Anatomy& anatomy : Normal()) {
    EXPECT_EQ(anatomy.cardiothoracic_ratio,
              CardiothoracicRatio(anatomy.landmarks));
    ratios.push_back(anatomy.cardiothoracic_ratio);
  }
  const double mean =
      MeanOf([](const Anatomy& a) { return a.cardiothoracic_ratio; });
  EXPECT_GE(mean, 0.45);
  EXPECT_LE(mean, 0.52);
  std::sort(ratios.begin(), ratios.end());
  EXPECT_GE(ratios[kPatients / 20], 0.38);
  EXPECT_LE(ratios[kPatients * 19 / 20], 0.60);
}

TEST(AnatomyTest, LungsLieWhereRealOnesDo) {
  EXPECT_NEAR(MeanOf([](const Anatomy& a) { return a.apex_y; }), 0.147, 0.005);
  EXPECT_NEAR(MeanOf([](const Anatomy& a) { return a.costophrenic_y[0]; }),
              0.780, 0.005);
  EXPECT_NEAR(MeanOf([](const Anatomy& a) { return a.costophrenic_y[1]; }),
              0.792, 0.005);
  EXPECT_NEAR(MeanOf([](const Anatomy& a) { return 2 * a.half_width; }), 0.73,
              0.01);
}

// Mean and deviation of every coordinate. Hearts get widths of their own.
TEST(AnatomyTest, LandmarksVaryAsThePriorDoes) {
  const auto mean = ShapeOf({});
  std::array<Point, kShapePoints> variance = {};
  for (int k = 0; k < kShapeModes; ++k) {
    ShapeWeights weights = {};
    weights[k] = 1.0;
    const auto moved = ShapeOf(weights);
    for (int i = 0; i < kShapePoints; ++i) {
      variance[i].x += std::pow(moved[i].x - mean[i].x, 2);
      variance[i].y += std::pow(moved[i].y - mean[i].y, 2);
    }
  }
  std::array<Point, kShapePoints> sum = {};
  std::array<Point, kShapePoints> squares = {};
  for (const Anatomy& anatomy : Normal()) {
    const std::vector<Point> points = AllPoints(anatomy.landmarks);
    for (int i = 0; i < kShapePoints; ++i) {
      sum[i].x += points[i].x - mean[i].x;
      sum[i].y += points[i].y - mean[i].y;
      squares[i].x += std::pow(points[i].x - mean[i].x, 2);
      squares[i].y += std::pow(points[i].y - mean[i].y, 2);
    }
  }
  for (int i = 0; i < kShapePoints; ++i) {
    const bool is_heart = i >= kRightLungPoints + kLeftLungPoints;
    for (double Point::*axis : {&Point::x, &Point::y}) {
      const double off = sum[i].*axis / kPatients;
      const double deviation =
          std::sqrt(squares[i].*axis / kPatients - off * off);
      if (!is_heart || axis == &Point::y) {
        EXPECT_NEAR(off, 0.0, 0.02) << "point " << i;
      }
      EXPECT_GT(deviation, 0.7 * std::sqrt(variance[i].*axis)) << i;
      EXPECT_LT(deviation, 1.4 * std::sqrt(variance[i].*axis)) << i;
    }
  }
}

TEST(AnatomyTest, OutlinesNeverCrossThemselves) {
  for (int i = 0; i < kPatients; ++i) {
    ASSERT_TRUE(IsSound(Normal()[i].landmarks)) << "patient " << i;
  }
}

// Every second finding there is, many at their worst, children among them.
TEST(AnatomyTest, OutlinesOfTheSickNeverCrossThemselvesEither) {
  for (int i = 0; i < 5 * kPatients; ++i) {
    const Patient patient = MakePatient({.children = 0.1}, kSource, i);
    Study study = StudyOf(patient);
    RandomStream stream(patient.key.Child("findings"));
    for (int k = 0; k < kFindings; ++k) {
      if (stream.Chance(0.5)) continue;
      study.severity[FindingAt(k)] =
          stream.Chance(0.4) ? 1.0 : stream.Uniform();
      study.side[FindingAt(k)] = stream.Below(3) - 1;
    }
    ASSERT_TRUE(IsSound(MakeAnatomy(patient, study, ViewAt(i)).landmarks))
        << "patient " << i;
  }
}

TEST(AnatomyTest, PatientsRatioIsThatOfPa) {
  for (int i = 0; i < 100; ++i) {
    const Patient patient = PatientAt(i);
    const Study study = StudyOf(patient);
    const double pa =
        MakeAnatomy(patient, study, View::kPa).cardiothoracic_ratio;
    EXPECT_NEAR(pa, patient.cardiothoracic_ratio, 1e-9);
    for (const View view : {View::kAp, View::kApSupine}) {
      EXPECT_NEAR(MakeAnatomy(patient, study, view).cardiothoracic_ratio,
                  pa + 0.03, 1e-9);
    }
    EXPECT_NEAR(MakeAnatomy(patient, With(study, Finding::kCardiomegaly, 1.0),
                            View::kPa)
                    .cardiothoracic_ratio,
                pa + 0.13, 0.005);
  }
}

// A patient in the middle of all, whose lungs the film holds with room.
class MeanPatientTest : public ::testing::Test {
 protected:
  MeanPatientTest() {
    patient_.age_years = 50;
    patient_.cardiothoracic_ratio = 0.455;
  }

  Anatomy Make(const Study& study, View view = View::kPa) const {
    return MakeAnatomy(patient_, study, view);
  }
  Anatomy MakeWith(Finding finding, double severity, int side = 0) const {
    return Make(With({}, finding, severity, side));
  }

  Patient patient_;
};

TEST_F(MeanPatientTest, ApLowersInspiration) {
  const Anatomy pa = Make({}, View::kPa);
  const Anatomy ap = Make({}, View::kAp);
  EXPECT_NEAR(pa.costophrenic_y[0] - ap.costophrenic_y[0], 0.035, 0.002);
  EXPECT_NEAR(pa.costophrenic_y[1] - ap.costophrenic_y[1], 0.035, 0.002);
  EXPECT_LT(ap.dome_y[0], pa.dome_y[0] - 0.02);
  EXPECT_NEAR(ap.apex_y, pa.apex_y, 1e-9);
}

TEST_F(MeanPatientTest, EmphysemaLowersAndFlattensTheDiaphragm) {
  const Anatomy normal = Make({});
  const Anatomy sick = MakeWith(Finding::kEmphysema, 1.0);
  for (int side = 0; side < 2; ++side) {
    EXPECT_GT(sick.dome_y[side], normal.dome_y[side] + 0.05);
    EXPECT_LT(sick.costophrenic_y[side] - sick.dome_y[side],
              0.5 * (normal.costophrenic_y[side] - normal.dome_y[side]));
  }
  EXPECT_LT(sick.cardiothoracic_ratio, normal.cardiothoracic_ratio - 0.02);
}

TEST_F(MeanPatientTest, AtelectasisRaisesTheDiaphragmOfItsSide) {
  const Anatomy normal = Make({});
  for (const double severity : {0.4, 1.0}) {
    const Anatomy right = MakeWith(Finding::kAtelectasis, severity, -1);
    EXPECT_NEAR(normal.dome_y[0] - right.dome_y[0], 0.05 * severity, 1e-9);
    EXPECT_EQ(normal.dome_y[1], right.dome_y[1]);
    const Anatomy left = MakeWith(Finding::kAtelectasis, severity, 1);
    EXPECT_EQ(normal.dome_y[0], left.dome_y[0]);
    EXPECT_NEAR(normal.dome_y[1] - left.dome_y[1], 0.05 * severity, 1e-9);
    const Anatomy both = MakeWith(Finding::kAtelectasis, severity, 0);
    EXPECT_EQ(both.dome_y[0], right.dome_y[0]);
    EXPECT_EQ(both.dome_y[1], left.dome_y[1]);
  }
}

TEST_F(MeanPatientTest, ScarsTakeVolume) {
  const Anatomy normal = Make({});
  const Anatomy fibrosis = MakeWith(Finding::kFibrosis, 1.0);
  EXPECT_LT(fibrosis.costophrenic_y[0], normal.costophrenic_y[0] - 0.01);
  EXPECT_LT(fibrosis.costophrenic_y[1], normal.costophrenic_y[1] - 0.01);
  const Anatomy tuberculosis = MakeWith(Finding::kTuberculosis, 1.0, 1);
  EXPECT_EQ(tuberculosis.dome_y[0], normal.dome_y[0]);
  EXPECT_LT(tuberculosis.dome_y[1], normal.dome_y[1] - 0.01);
}

TEST_F(MeanPatientTest, SpineStaysWhereTheMediastinumIsShifted) {
  const Anatomy normal = Make({});
  const Anatomy shifted = MakeWith(Finding::kMediastinalShift, 1.0, -1);
  EXPECT_EQ(shifted.midline_x, normal.midline_x);
  EXPECT_LT(shifted.landmarks.heart[8].x, normal.landmarks.heart[8].x - 0.04);
  EXPECT_LT(shifted.hilum[0].x, normal.hilum[0].x - 0.02);
  EXPECT_LT(shifted.hilum[1].x, normal.hilum[1].x - 0.02);
}

TEST_F(MeanPatientTest, OrgansHangWhereTheyShould) {
  const Anatomy anatomy = Make({});
  const Landmarks& landmarks = anatomy.landmarks;
  EXPECT_NEAR(anatomy.midline_x, 0.505, 0.02);
  EXPECT_NEAR(anatomy.mediastinum_half_width, 0.048, 0.01);
  for (int side = 0; side < 2; ++side) {
    EXPECT_LT(anatomy.dome_y[side], anatomy.costophrenic_y[side]);
    const Point& hilum = anatomy.hilum[side];
    const Outline lung = LungOf(landmarks, side);
    EXPECT_GT(hilum.x, EdgeAt(lung, hilum.y, -1));
    EXPECT_LT(hilum.x, EdgeAt(lung, hilum.y, 1));
  }
  EXPECT_LT(anatomy.hilum[1].y, anatomy.hilum[0].y);
  EXPECT_LT(anatomy.hilum[0].x, anatomy.midline_x);
  EXPECT_GT(anatomy.hilum[1].x, anatomy.midline_x);
}

TEST_F(MeanPatientTest, ChildrenAreSmaller) {
  const Anatomy grown_up = Make({});
  patient_.age_years = 6;
  const Anatomy child = Make({});
  EXPECT_NEAR(child.half_width / grown_up.half_width, 0.92, 1e-9);
  EXPECT_NEAR(child.cardiothoracic_ratio, grown_up.cardiothoracic_ratio, 1e-9);
}

TEST_F(MeanPatientTest, FollowUpDiffersALittle) {
  Study later;
  later.key = RandomKey(1);
  const std::vector<Point> a = AllPoints(Make({}).landmarks);
  const std::vector<Point> b = AllPoints(Make(later).landmarks);
  EXPECT_NE(a[0].y, b[0].y);
  for (int i = 0; i < kShapePoints; ++i) {
    EXPECT_NEAR(a[i].x, b[i].x, 0.06);
    EXPECT_NEAR(a[i].y, b[i].y, 0.10);
  }
}

TEST(AnatomyTest, MaskOfEveryoneHasAllOrgans) {
  constexpr int kSide = 96;
  for (int i = 0; i < 200; ++i) {
    const PixelLandmarks pixels =
        InPixels(Normal()[i].landmarks, {.width = kSide, .height = kSide});
    std::vector<PolygonPoint> points = pixels.right_lung;
    for (const auto* part : {&pixels.left_lung, &pixels.heart}) {
      points.insert(points.end(), part->begin(), part->end());
    }
    GrayImage mask{.width = kSide,
                   .height = kSide,
                   .pixels = std::vector<uint8_t>(kSide * kSide)};
    DrawChexmaskLandmarks(points, &mask);
    EXPECT_THAT(mask.pixels, AllOf(Contains(1), Contains(2), Contains(3)))
        << "patient " << i;
  }
}

TEST(AnatomyDeathTest, LateralFilmHasNone) {
  EXPECT_DEATH(MakeAnatomy({}, {}, View::kLateral), "kLateral");
}

}  // namespace
}  // namespace cxr::synth
