// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/front_matter.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/report/report_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

TEST(FrontMatterTest, DescribesTheViewTheSameWayTwice) {
  std::set<std::string> examinations;
  for (int i = 0; i < 400; ++i) {
    Study study;
    study.view = i % 2 == 0 ? View::kPa : View::kAp;
    const bool has_lateral = i % 3 == 0;
    const Procedure procedure = ProcedureOf(study, has_lateral, RandomKey(i));
    const std::string& technique = procedure.technique;
    examinations.insert(procedure.examination);
    EXPECT_TRUE(absl::StrContains(procedure.examination,
                                  study.view == View::kPa ? "PA" : "AP"));
    EXPECT_EQ(absl::StrContains(procedure.examination, "AND LAT"), has_lateral);
    EXPECT_EQ(absl::StrContains(technique, "lateral"), has_lateral)
        << technique;
    EXPECT_EQ(absl::StrContains(technique, "ortable"),
              procedure.examination == "CHEST (PORTABLE AP)")
        << technique;
  }
  EXPECT_THAT(examinations, ElementsAre("CHEST (AP AND LAT)", "CHEST (AP)",
                                        "CHEST (PA AND LAT)", "CHEST (PA)",
                                        "CHEST (PORTABLE AP)"));
}

std::set<std::string> Indications(const Patient& patient, const Study& study) {
  std::set<std::string> indications;
  for (int i = 0; i < 200; ++i) {
    indications.insert(IndicationOf(patient, study, RandomKey(i)));
  }
  return indications;
}

TEST(FrontMatterTest, NamesNoAgeAndNoFinding) {
  for (int i = 0; i < 500; ++i) {
    const ReportSample sample = SampleOf(i);
    const std::string indication =
        IndicationOf(sample.patient, sample.study, RandomKey(i));
    EXPECT_THAT(indication,
                MatchesRegex("___ year old "
                             "(man|male|woman|female|boy|girl|patient) with "
                             "[a-z ]+\\."));
    const ChexpertStates states = StatesSaid({indication});
    for (int label = 1; label < 14; ++label) {
      EXPECT_EQ(states.values[label], Mention::kNone) << indication;
    }
  }
}

TEST(FrontMatterTest, NamesPeopleByAgeAndSex) {
  const auto one = [](Sex sex, int age) {
    return *Indications({.sex = sex, .age_years = age}, {}).begin();
  };
  EXPECT_THAT(one(Sex::kFemale, 50), HasSubstr("old female"));
  EXPECT_THAT(one(Sex::kMale, 17), HasSubstr("old boy"));
  EXPECT_THAT(one(Sex::kFemale, 3), HasSubstr("old girl"));
  EXPECT_THAT(one(Sex::kUnknown, 50), HasSubstr("old patient"));
}

TEST(FrontMatterTest, ComplainsOfWhatIsWrong) {
  Patient patient = {.sex = Sex::kMale, .age_years = 50};
  Study study;
  study.pneumonia = true;
  EXPECT_THAT(Indications(patient, study),
              Contains("___ year old man with fever and productive cough."));
  study.pneumonia = false;
  study.heart_failure = true;
  EXPECT_THAT(Indications(patient, study),
              Contains("___ year old man with orthopnea."));
  study.heart_failure = false;
  EXPECT_THAT(Indications(patient, study),
              Contains("___ year old man with chest pain."));
}

TEST(FrontMatterTest, ComparesWithWhatThereIs) {
  std::set<std::string> with;
  std::set<std::string> without;
  for (int i = 0; i < 200; ++i) {
    with.insert(ComparisonOf(true, RandomKey(i)));
    without.insert(ComparisonOf(false, RandomKey(i)));
  }
  for (const std::string& comparison : with) {
    EXPECT_THAT(comparison, HasSubstr("___."));
  }
  EXPECT_THAT(with, SizeIs(10));
  EXPECT_THAT(without, ElementsAre("None available.", "None."));
}

}  // namespace
}  // namespace cxr::synth
