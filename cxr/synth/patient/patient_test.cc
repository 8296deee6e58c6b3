// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/patient.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace cxr::synth {
namespace {

constexpr int kMany = 20000;

std::vector<Patient> MakePatients(const PatientModel& model, int count) {
  std::vector<Patient> patients;
  for (int i = 0; i < count; ++i) {
    patients.push_back(MakePatient(model, RandomKey(3), i));
  }
  return patients;
}

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
  double smallest = 0.0;
  double largest = 0.0;
};

Moments MomentsOf(const std::vector<Patient>& patients,
                  const std::function<double(const Patient&)>& figure) {
  double sum = 0.0;
  double squares = 0.0;
  Moments moments{.smallest = 1e9, .largest = -1e9};
  for (const Patient& patient : patients) {
    const double value = figure(patient);
    sum += value;
    squares += value * value;
    moments.smallest = std::min(moments.smallest, value);
    moments.largest = std::max(moments.largest, value);
  }
  moments.mean = sum / patients.size();
  moments.deviation =
      std::sqrt(squares / patients.size() - moments.mean * moments.mean);
  return moments;
}

void ExpectMoments(const Moments& moments, double mean, double deviation) {
  EXPECT_NEAR(moments.mean, mean, 5.0 * deviation / std::sqrt(kMany));
  EXPECT_NEAR(moments.deviation, deviation, 0.03 * deviation);
}

TEST(PatientTest, BodiesVaryAsStated) {
  const std::vector<Patient> patients = MakePatients({}, kMany);
  ExpectMoments(
      MomentsOf(patients, [](const Patient& p) { return p.thorax_width; }), 1.0,
      0.06);
  ExpectMoments(
      MomentsOf(patients, [](const Patient& p) { return p.thorax_height; }),
      1.0, 0.05);
  ExpectMoments(
      MomentsOf(patients, [](const Patient& p) { return p.rib_tilt; }), 0.20,
      0.03);
  ExpectMoments(
      MomentsOf(patients, [](const Patient& p) { return p.scoliosis; }), 0.0,
      0.012);
}

TEST(PatientTest, HeartsLieWithinTheirBounds) {
  const Moments heart =
      MomentsOf(MakePatients({}, kMany),
                [](const Patient& p) { return p.cardiothoracic_ratio; });
  EXPECT_NEAR(heart.mean, 0.455, 0.001);
  EXPECT_NEAR(heart.deviation, 0.029, 0.001);  // the bounds take a little
  EXPECT_DOUBLE_EQ(heart.smallest, 0.38);
  EXPECT_DOUBLE_EQ(heart.largest, 0.52);
}

TEST(PatientTest, FatIsAShare) {
  const Moments fat = MomentsOf(MakePatients({}, kMany),
                                [](const Patient& p) { return p.fat; });
  EXPECT_NEAR(fat.mean, 0.5, 0.01);
  EXPECT_NEAR(fat.deviation, 0.2, 0.01);
  EXPECT_DOUBLE_EQ(fat.smallest, 0.0);
  EXPECT_DOUBLE_EQ(fat.largest, 1.0);
}

TEST(PatientTest, WeightsOfShapeModesAreStandardNormalWithinBounds) {
  const std::vector<Patient> patients = MakePatients({}, kMany);
  for (int mode = 0; mode < kShapeModes; ++mode) {
    SCOPED_TRACE(mode);
    const Moments weight =
        MomentsOf(patients, [mode](const Patient& p) { return p.shape[mode]; });
    EXPECT_NEAR(weight.mean, 0.0, 0.035);
    EXPECT_NEAR(weight.deviation, 0.99, 0.025);
    EXPECT_DOUBLE_EQ(weight.smallest, -2.5);
    EXPECT_DOUBLE_EQ(weight.largest, 2.5);
  }
}

TEST(PatientTest, AdultsAreBetweenYoungestAndNinety) {
  const auto age = [](const Patient& p) -> double { return p.age_years; };
  const Moments adults = MomentsOf(MakePatients({}, kMany), age);
  EXPECT_NEAR(adults.mean, 58.0, 0.5);
  EXPECT_NEAR(adults.deviation, 16.6, 0.4);  // the bounds take a little
  EXPECT_EQ(adults.smallest, 18);
  EXPECT_EQ(adults.largest, 90);
  EXPECT_EQ(MomentsOf(MakePatients({.youngest = 40}, kMany), age).smallest, 40);
}

TEST(PatientTest, ChildrenHaveTheirShare) {
  const std::vector<Patient> patients =
      MakePatients({.children = 0.2, .youngest = 30}, kMany);
  int children = 0;
  for (const Patient& patient : patients) {
    const bool is_child = patient.age_years < 18;
    children += is_child;
    EXPECT_GE(patient.age_years, is_child ? 1 : 30);
  }
  EXPECT_NEAR(children, 0.2 * kMany, 5 * std::sqrt(0.16 * kMany));
}

TEST(PatientTest, HalfOfThemAreWomen) {
  const std::vector<Patient> patients = MakePatients({}, kMany);
  const auto women =
      std::count_if(patients.begin(), patients.end(),
                    [](const Patient& p) { return p.sex == Sex::kFemale; });
  EXPECT_NEAR(women, 0.5 * kMany, 5 * std::sqrt(0.25 * kMany));
  for (const Patient& patient : patients) {
    EXPECT_NE(patient.sex, Sex::kUnknown);
  }
}

TEST(PatientTest, AnotherShareOfChildrenChangesNothingButAges) {
  for (int i = 0; i < 200; ++i) {
    const Patient adult = MakePatient({}, RandomKey(3), i);
    const Patient child = MakePatient({.children = 1.0}, RandomKey(3), i);
    EXPECT_EQ(child.key.bits(), adult.key.bits());
    EXPECT_EQ(child.sex, adult.sex);
    EXPECT_EQ(child.shape, adult.shape);
    EXPECT_EQ(child.thorax_width, adult.thorax_width);
    EXPECT_EQ(child.cardiothoracic_ratio, adult.cardiothoracic_ratio);
    EXPECT_LT(child.age_years, 18);
  }
}

TEST(PatientTest, PatientsOfTwoSourcesDiffer) {
  const Patient a = MakePatient({}, RandomKey(3), 5);
  const Patient b = MakePatient({}, RandomKey(4), 5);
  EXPECT_EQ(a.number, 5);
  EXPECT_EQ(b.number, 5);
  EXPECT_NE(a.shape, b.shape);
  EXPECT_NE(a.shape, MakePatient({}, RandomKey(3), 6).shape);
}

}  // namespace
}  // namespace cxr::synth
