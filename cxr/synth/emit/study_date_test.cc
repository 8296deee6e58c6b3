// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/study_date.h"

#include <gtest/gtest.h>

#include <set>

#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

Patient PatientOf(int number) { return MakePatient({}, RandomKey(3), number); }

TEST(StudyDateTest, LaterStudiesHaveLaterDates) {
  for (int i = 0; i < 200; ++i) {
    int before = 0;
    for (int number = 0; number < 4; ++number) {
      const int date = StudyDate(PatientOf(i), number, 2110, 90);
      EXPECT_GT(date, before);
      before = date;
    }
  }
}

TEST(StudyDateTest, FirstStudiesFillTheYears) {
  std::set<int> years;
  std::set<int> months;
  std::set<int> days;
  for (int i = 0; i < 500; ++i) {
    const int date = StudyDate(PatientOf(i), 0, 2010, 5);
    years.insert(date / 10'000);
    months.insert(date / 100 % 100);
    days.insert(date % 100);
  }
  EXPECT_EQ(years, std::set<int>({2010, 2011, 2012, 2013, 2014}));
  EXPECT_EQ(months.size(), 12u);
  EXPECT_EQ(*months.begin(), 1);
  EXPECT_EQ(*months.rbegin(), 12);
  EXPECT_EQ(days.size(), 28u);
  EXPECT_EQ(*days.begin(), 1);
  EXPECT_EQ(*days.rbegin(), 28);
}

TEST(StudyDateTest, EachStudyIsWithinTenMonthsOfTheOneBefore) {
  for (int i = 0; i < 500; ++i) {
    const auto month = [i](int number) {
      const int date = StudyDate(PatientOf(i), number, 2010, 5);
      return 12 * (date / 10'000) + date / 100 % 100;
    };
    EXPECT_LE(month(1) - month(0), 10) << i;
  }
}

}  // namespace
}  // namespace cxr::synth
