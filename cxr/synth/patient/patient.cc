// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/patient.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/string_view.h"

namespace cxr::synth {
namespace {

constexpr int kOldest = 90;  // tables write 90 for all who are older
constexpr int kOldestChild = 17;
constexpr double kFarthestShape = 2.5;

int AgeOf(const PatientModel& model, RandomKey key) {
  RandomStream stream(key);
  if (stream.Chance(model.children)) return 1 + stream.Below(kOldestChild);
  const int age = static_cast<int>(std::rint(stream.Normal(58.0, 17.0)));
  return std::clamp(age, model.youngest, kOldest);
}

}  // namespace

// Each figure has a key of its own, so that another age leaves the ribs alone.
// Means and deviations are the prototype's.
Patient MakePatient(const PatientModel& model, RandomKey source_key,
                    int number) {
  const RandomKey key = source_key.Child("patient", number);
  const auto normal = [key](absl::string_view purpose, double mean,
                            double deviation) {
    return RandomStream(key.Child(purpose)).Normal(mean, deviation);
  };
  Patient patient{.number = number, .key = key};
  const bool is_male = RandomStream(key.Child("sex")).Chance(0.5);
  patient.sex = is_male ? Sex::kMale : Sex::kFemale;
  patient.age_years = AgeOf(model, key.Child("age"));
  RandomStream shape(key.Child("shape"));
  for (double& weight : patient.shape) {
    weight =
        std::clamp(shape.Normal(0.0, 1.0), -kFarthestShape, kFarthestShape);
  }
  patient.fat = std::clamp(normal("fat", 0.5, 0.2), 0.0, 1.0);
  patient.thorax_width = normal("thorax width", 1.0, 0.06);
  patient.thorax_height = normal("thorax height", 1.0, 0.05);
  patient.scoliosis = normal("scoliosis", 0.0, 0.012);
  patient.rib_tilt = normal("rib tilt", 0.20, 0.03);
  patient.cardiothoracic_ratio =
      std::clamp(normal("heart size", 0.455, 0.03), 0.38, 0.52);
  return patient;
}

}  // namespace cxr::synth
