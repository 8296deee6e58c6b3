// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/device_sentences.h"

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/report/report_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

Mention DeviceState(const std::vector<std::string>& sentences) {
  return StatesSaid(sentences).values[kSupportDevicesLabel];
}

int CountOthers(const std::vector<std::string>& sentences) {
  const ChexpertStates states = StatesSaid(sentences);
  int others = 0;
  for (int label = 1; label < kSupportDevicesLabel; ++label) {
    others += states.values[label] != Mention::kNone;
  }
  return others;
}

TEST(DeviceSentencesTest, HasTheStateMentionedAndNoOther) {
  for (const Mention mention :
       {Mention::kNegative, Mention::kUncertain, Mention::kPositive}) {
    for (int i = 0; i < 300; ++i) {
      const RandomKey key = RandomKey(8).Child("devices", i);
      const std::vector<std::string> sentences =
          DeviceSentences(mention, SampleOf(i).study, key);
      const std::string summary = DeviceSummary(mention, key);
      EXPECT_EQ(DeviceState(sentences), mention)
          << absl::StrJoin(sentences, " ");
      EXPECT_EQ(CountOthers(sentences), 0) << absl::StrJoin(sentences, " ");
      EXPECT_EQ(DeviceState({summary}), mention) << summary;
      EXPECT_EQ(CountOthers({summary}), 0) << summary;
      EXPECT_THAT(sentences, SizeIs(AllOf(Ge(1u), Le(3u))));
    }
  }
  EXPECT_THAT(DeviceSentences(Mention::kNone, Study{}, RandomKey(1)),
              IsEmpty());
}

TEST(DeviceSentencesTest, NamesTrachealTubesInIntensiveCareAlone) {
  int tubes[2] = {0, 0};
  for (const bool intensive : {false, true}) {
    Study study;
    study.setting = intensive ? Setting::kIntensiveCare : Setting::kOutpatient;
    for (int i = 0; i < 500; ++i) {
      const std::string text = absl::StrJoin(
          DeviceSentences(Mention::kPositive, study, RandomKey(i)), " ");
      tubes[intensive] += absl::StrContains(text, "above the carina");
    }
  }
  EXPECT_EQ(tubes[false], 0);
  EXPECT_NEAR(tubes[true], 300, 50);
}

TEST(DeviceSentencesTest, DrainsThePneumothorax) {
  Study study;
  study.severity[Finding::kPneumothorax] = 0.5;
  study.side[Finding::kPneumothorax] = -1;
  int drains = 0;
  for (int i = 0; i < 500; ++i) {
    const std::string text = absl::StrJoin(
        DeviceSentences(Mention::kPositive, study, RandomKey(i)), " ");
    drains += absl::StrContains(text, "Right chest tube") ||
              absl::StrContains(text, "Right pigtail");
    EXPECT_FALSE(absl::StrContains(text, "Left chest tube")) << text;
    EXPECT_FALSE(absl::StrContains(text, "Left pigtail")) << text;
  }
  EXPECT_NEAR(drains, 200, 50);
}

TEST(DeviceSentencesDeathTest, HasNoSummaryOfNothing) {
  EXPECT_DEATH(DeviceSummary(Mention::kNone, RandomKey(1)), "no devices");
}

}  // namespace
}  // namespace cxr::synth
