// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/device_sentences.h"

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

// Words by which one knows a device.
struct DeviceName {
  Device device;
  const char* words;
};
constexpr DeviceName kNames[] = {
    {Device::kEndotrachealTube, "above the carina"},
    {Device::kJugularLine, "internal jugular"},
    {Device::kSubclavianLine, "subclavian"},
    {Device::kPicc, "PICC"},
    {Device::kPort, "port catheter"},
    {Device::kPacemaker, "pacemaker"},
    {Device::kNasogastricTube, "astric"},
    {Device::kNasogastricTube, "nteric"},
    {Device::kChestTube, "chest tube"},
    {Device::kChestTube, "pigtail"},
};

TEST(DeviceSentencesTest, NamesDevicesOfTheStudyAloneOnTheirSides) {
  int named = 0;
  for (int i = 0; i < 2000; ++i) {
    const Study study = SampleOf(i).study;
    if (!IsPresent(study, Finding::kSupportDevices)) continue;
    for (const std::string& sentence :
         DeviceSentences(Mention::kPositive, study, RandomKey(i))) {
      for (const DeviceName& name : kNames) {
        if (!absl::StrContains(sentence, name.words)) continue;
        ++named;
        ASSERT_TRUE(study.devices.Has(name.device)) << sentence;
        const int side = study.devices.SideOf(name.device);
        EXPECT_EQ(absl::StartsWith(sentence, "Left"), side > 0) << sentence;
        EXPECT_EQ(absl::StartsWith(sentence, "Right"), side < 0) << sentence;
      }
    }
  }
  EXPECT_GT(named, 500);
}

TEST(DeviceSentencesTest, NamesEachDeviceThatIsAlone) {
  for (const DeviceName& name : kNames) {
    Study study;
    study.devices.Add(name.device, 1);
    int named = 0;
    for (int i = 0; i < 100; ++i) {
      const std::vector<std::string> sentences =
          DeviceSentences(Mention::kPositive, study, RandomKey(i));
      ASSERT_THAT(sentences, SizeIs(1));
      named += absl::StrContains(sentences[0], name.words);
    }
    EXPECT_GT(named, 10) << name.words;
  }
}

TEST(DeviceSentencesTest, SaidInErrorHaveNoName) {
  for (int i = 0; i < 100; ++i) {
    const std::string text = absl::StrJoin(
        DeviceSentences(Mention::kPositive, Study(), RandomKey(i)), " ");
    for (const DeviceName& name : kNames) {
      EXPECT_FALSE(absl::StrContains(text, name.words)) << text;
    }
  }
}

TEST(DeviceSentencesDeathTest, HasNoSummaryOfNothing) {
  EXPECT_DEATH(DeviceSummary(Mention::kNone, RandomKey(1)), "no devices");
}

}  // namespace
}  // namespace cxr::synth
