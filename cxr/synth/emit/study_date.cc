// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/study_date.h"

#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

// Days that every month has.
constexpr int kDaysOfMonth = 28;
constexpr int kDaysOfYear = 12 * kDaysOfMonth;
constexpr int kLongestGap = 10 * kDaysOfMonth;

}  // namespace

int StudyDate(const Patient& patient, int number, int first_year, int years) {
  RandomStream stream(patient.key.Child("study dates"));
  int day = stream.Below(years * kDaysOfYear);
  for (int i = 0; i < number; ++i) {
    day += 1 + stream.Below(kLongestGap);
  }
  const int year = first_year + day / kDaysOfYear;
  const int month = 1 + day % kDaysOfYear / kDaysOfMonth;
  return 10'000 * year + 100 * month + 1 + day % kDaysOfMonth;
}

}  // namespace cxr::synth
