// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/mention.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>

#include "absl/strings/string_view.h"

namespace cxr::synth {
namespace {

constexpr int kMany = 20000;

void ExpectShare(int hits, int all, double share) {
  EXPECT_NEAR(hits / static_cast<double>(all), share,
              5.0 * std::sqrt(share * (1.0 - share) / all));
}

// How often each mention of `finding` is made of `study`.
struct Counts {
  int none = 0;
  int negative = 0;
  int uncertain = 0;
  int positive = 0;
};

void Count(Mention mention, Counts* counts) {
  counts->none += mention == Mention::kNone;
  counts->negative += mention == Mention::kNegative;
  counts->uncertain += mention == Mention::kUncertain;
  counts->positive += mention == Mention::kPositive;
}

Counts CountMentions(const Study& study, Finding finding) {
  Counts counts;
  for (int i = 0; i < kMany; ++i) {
    Count(MakeMentions(study, RandomKey(i))[finding], &counts);
  }
  return counts;
}

Study StudyWith(Finding finding, double severity) {
  Study study;
  study.severity[finding] = severity;
  return study;
}

TEST(MentionTest, SevereFindingsAreAlwaysReported) {
  for (const double severity : {0.3501, 0.6, 1.0}) {
    EXPECT_EQ(
        CountMentions(StudyWith(Finding::kEdema, severity), Finding::kEdema)
            .positive,
        kMany);
  }
}

TEST(MentionTest, MildFindingsAreReportedDoubtedOrPassedOver) {
  for (const double severity : {0.12, 0.2, 0.35}) {
    SCOPED_TRACE(severity);
    const Counts counts =
        CountMentions(StudyWith(Finding::kEdema, severity), Finding::kEdema);
    ExpectShare(counts.positive, kMany, 0.65);
    ExpectShare(counts.uncertain, kMany, 0.30);
    ExpectShare(counts.none, kMany, 0.05);
    EXPECT_EQ(counts.negative, 0);
  }
}

TEST(MentionTest, WhatIsTooFaintCountsAsAbsent) {
  for (const double severity : {0.0, 0.03, 0.119}) {
    SCOPED_TRACE(severity);
    const Counts counts = CountMentions(
        StudyWith(Finding::kPneumothorax, severity), Finding::kPneumothorax);
    ExpectShare(counts.negative, kMany, 0.264);
    EXPECT_EQ(counts.negative + counts.none, kMany);
  }
}

TEST(MentionTest, DevicesAreNeverInDoubt) {
  const Counts counts = CountMentions(StudyWith(Finding::kSupportDevices, 0.2),
                                      Finding::kSupportDevices);
  ExpectShare(counts.positive, kMany, 0.95);
  EXPECT_EQ(counts.uncertain, 0);
}

TEST(MentionTest, NobodyDeniesACyst) {
  for (const Finding finding :
       {Finding::kCyst, Finding::kCavity, Finding::kCalcification,
        Finding::kTuberculosis, Finding::kFibrosis, Finding::kEmphysema,
        Finding::kInterstitialDisease, Finding::kHernia,
        Finding::kMediastinalShift, Finding::kAorticEnlargement,
        Finding::kEnlargedPulmonaryArtery}) {
    EXPECT_EQ(CountMentions(Study(), finding).none, kMany)
        << FindingName(finding);
  }
}

TEST(MentionTest, WhatBelongsTogetherIsDeniedTogether) {
  int denied = 0;
  for (int i = 0; i < kMany; ++i) {
    const Mentions mentions = MakeMentions(Study(), RandomKey(i));
    EXPECT_EQ(mentions[Finding::kNodule], mentions[Finding::kMass]);
    EXPECT_EQ(mentions[Finding::kRibFracture],
              mentions[Finding::kClavicleFracture]);
    EXPECT_EQ(mentions[Finding::kLungOpacity],
              mentions[Finding::kInfiltration]);
    denied += mentions[Finding::kRibFracture] == Mention::kNegative;
  }
  ExpectShare(denied, kMany, 0.0117);
}

TEST(MentionTest, NoMassIsDeniedBesideANodule) {
  EXPECT_EQ(
      CountMentions(StudyWith(Finding::kNodule, 0.5), Finding::kMass).none,
      kMany);
  EXPECT_EQ(CountMentions(StudyWith(Finding::kRibFracture, 0.5),
                          Finding::kClavicleFracture)
                .none,
            kMany);
}

TEST(MentionTest, OneFindingMoreChangesNoOtherMention) {
  for (int i = 0; i < 2000; ++i) {
    Mentions healthy = MakeMentions(Study(), RandomKey(i));
    Mentions ill = MakeMentions(StudyWith(Finding::kEdema, 0.2), RandomKey(i));
    healthy[Finding::kEdema] = Mention::kNone;
    ill[Finding::kEdema] = Mention::kNone;
    EXPECT_EQ(healthy.values, ill.values);
  }
}

ChexpertStates StatesWith(Finding finding, Mention mention) {
  Mentions mentions;
  mentions[finding] = mention;
  return StatesOf(mentions);
}

Mention StateOf(const ChexpertStates& states, absl::string_view label) {
  return states.values[ChexpertLabelCalled(label)];
}

TEST(MentionTest, TheStrongestMentionOfALabelsFindingsWins) {
  Mentions mentions;
  mentions[Finding::kNodule] = Mention::kNegative;
  EXPECT_EQ(StateOf(StatesOf(mentions), "Lung Lesion"), Mention::kNegative);
  mentions[Finding::kCavity] = Mention::kUncertain;
  EXPECT_EQ(StateOf(StatesOf(mentions), "Lung Lesion"), Mention::kUncertain);
  mentions[Finding::kMass] = Mention::kPositive;
  EXPECT_EQ(StateOf(StatesOf(mentions), "Lung Lesion"), Mention::kPositive);
  EXPECT_EQ(StateOf(StatesOf(mentions), "Lung Opacity"), Mention::kNone);
}

TEST(MentionTest, PneumoniaAndConsolidationAreLabelsOfTheirOwn) {
  const ChexpertStates states =
      StatesWith(Finding::kPneumonia, Mention::kPositive);
  EXPECT_EQ(StateOf(states, "Pneumonia"), Mention::kPositive);
  EXPECT_EQ(StateOf(states, "Consolidation"), Mention::kNone);
  EXPECT_EQ(StateOf(states, "Lung Opacity"), Mention::kNone);
}

TEST(MentionTest, NoFindingMeansNothingAffirmedButDevices) {
  const auto no_finding = [](Finding finding, Mention mention) {
    return StateOf(StatesWith(finding, mention), "No Finding");
  };
  EXPECT_EQ(StateOf(StatesOf(Mentions()), "No Finding"), Mention::kPositive);
  EXPECT_EQ(no_finding(Finding::kEdema, Mention::kNegative),
            Mention::kPositive);
  EXPECT_EQ(no_finding(Finding::kSupportDevices, Mention::kPositive),
            Mention::kPositive);
  EXPECT_EQ(no_finding(Finding::kEdema, Mention::kUncertain), Mention::kNone);
  EXPECT_EQ(no_finding(Finding::kRibFracture, Mention::kPositive),
            Mention::kNone);
}

TEST(MentionTest, NoiseLosesAndInventsAsOftenAsStated) {
  ChexpertStates states;
  const int edema = ChexpertLabelCalled("Edema");
  const int mass = ChexpertLabelCalled("Lung Lesion");
  const int denied = ChexpertLabelCalled("Pneumothorax");
  states.values[edema] = Mention::kPositive;
  states.values[mass] = Mention::kUncertain;
  states.values[denied] = Mention::kNegative;
  Counts edema_counts, mass_counts, blank_counts, device_counts;
  for (int i = 0; i < kMany; ++i) {
    const ChexpertStates noisy = WithNoise(states, 0.06, 0.03, RandomKey(i));
    Count(noisy.values[edema], &edema_counts);
    Count(noisy.values[mass], &mass_counts);
    Count(StateOf(noisy, "Fracture"), &blank_counts);
    Count(noisy.values[kSupportDevicesLabel], &device_counts);
    EXPECT_EQ(noisy.values[denied], Mention::kNegative);
  }
  ExpectShare(edema_counts.none, kMany, 0.06);
  ExpectShare(edema_counts.positive, kMany, 0.94);
  ExpectShare(mass_counts.none, kMany, 0.06);
  ExpectShare(mass_counts.uncertain, kMany, 0.94);
  ExpectShare(blank_counts.positive, kMany, 0.03);
  ExpectShare(device_counts.positive, kMany, 0.03);
}

TEST(MentionTest, NoFindingFollowsTheNoise) {
  ChexpertStates ill;
  ill.values[ChexpertLabelCalled("Edema")] = Mention::kPositive;
  ChexpertStates healthy;
  healthy.values[kNoFindingLabel] = Mention::kPositive;
  EXPECT_EQ(StateOf(WithNoise(ill, 1.0, 0.0, RandomKey(1)), "No Finding"),
            Mention::kPositive);
  EXPECT_EQ(StateOf(WithNoise(healthy, 0.0, 1.0, RandomKey(1)), "No Finding"),
            Mention::kNone);
  EXPECT_EQ(WithNoise(healthy, 0.0, 0.0, RandomKey(1)).values, healthy.values);
}

// CheXpert's train.csv: of 223,414 rows so many are 0 (published counts).
TEST(MentionTest, NegativeCellsAreAsFrequentAsInChexpert) {
  constexpr int kRows = 223414;
  constexpr int kNegatives[14] = {0,    21638, 11116, 6599,  1270, 20726, 28097,
                                  2799, 1328,  56341, 35396, 316,  2512,  6137};
  std::array<Counts, 14> counts = {};
  for (int i = 0; i < 2 * kMany; ++i) {
    const Study study =
        MakeStudy({}, MakePatient({}, RandomKey(5), i), /*number=*/0);
    const ChexpertStates states = StatesOf(MakeMentions(study, study.key));
    for (int label = 0; label < 14; ++label) {
      Count(states.values[label], &counts[label]);
    }
  }
  for (int label = 0; label < 14; ++label) {
    SCOPED_TRACE(std::string(kChexpertLabels[label]));
    const double expected = kNegatives[label] / double{kRows};
    EXPECT_NEAR(counts[label].negative / (2.0 * kMany), expected,
                0.05 * expected + 0.002);
    // Its blank cells are 40 to 97 %, but for those of No Finding.
    EXPECT_GT(counts[label].none, 0.4 * 2 * kMany);
    EXPECT_LT(counts[label].none, 0.97 * 2 * kMany);
  }
}

}  // namespace
}  // namespace cxr::synth
