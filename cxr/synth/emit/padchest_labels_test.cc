// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/padchest_labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/data/table/list_literal.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

TEST(PadchestLabelsTest, EveryFindingHasALabelOfItsOwn) {
  std::set<absl::string_view> labels;
  for (int i = 0; i < kFindings; ++i) {
    const absl::string_view label = PadchestLabel(FindingAt(i));
    EXPECT_THAT(std::string(label), MatchesRegex("[a-z ]+"));
    labels.insert(label);
  }
  EXPECT_EQ(labels.size(), kFindings);
}

TEST(PadchestLabelsTest, DevicesAreThoseOfTheStudyOnTheirSides) {
  Mentions mentions;
  mentions[Finding::kSupportDevices] = Mention::kPositive;
  Study study;
  study.devices.Add(Device::kEndotrachealTube, 0);
  study.devices.Add(Device::kPicc, -1);
  study.devices.Add(Device::kElectrodes, 0);
  const PadchestAnnotation annotation = AnnotationOf(study, mentions);
  EXPECT_THAT(annotation.sentences,
              ElementsAre(ElementsAre("endotracheal tube"),
                          ElementsAre("central venous catheter", "loc right")));
  EXPECT_THAT(annotation.labels,
              ElementsAre("endotracheal tube", "central venous catheter"));
  // Said in error.
  EXPECT_THAT(AnnotationOf(Study(), mentions).labels, ElementsAre("pacemaker"));
}

TEST(PadchestLabelsTest, WhatIsAffirmedOrDoubtedIsALabelWithItsPlace) {
  Study study;
  study.severity[Finding::kPleuralEffusion] = 0.5;
  study.side[Finding::kPleuralEffusion] = -1;
  study.severity[Finding::kNodule] = 0.5;
  study.side[Finding::kNodule] = 1;
  study.severity[Finding::kRibFracture] = 0.5;
  Mentions mentions;
  mentions[Finding::kCardiomegaly] = Mention::kPositive;
  mentions[Finding::kPleuralEffusion] = Mention::kUncertain;
  mentions[Finding::kNodule] = Mention::kNegative;
  mentions[Finding::kRibFracture] = Mention::kPositive;
  const PadchestAnnotation annotation = AnnotationOf(study, mentions);
  EXPECT_THAT(annotation.labels,
              ElementsAre("cardiomegaly", "pleural effusion", "rib fracture"));
  EXPECT_THAT(annotation.locations,
              ElementsAre("loc cardiac", "loc costophrenic angle", "loc right",
                          "loc rib", "loc bilateral"));
  EXPECT_THAT(
      annotation.sentences,
      ElementsAre(ElementsAre("cardiomegaly", "loc cardiac"),
                  ElementsAre("pleural effusion", "loc costophrenic angle",
                              "loc right"),
                  ElementsAre("rib fracture", "loc rib", "loc bilateral")));
  EXPECT_THAT(annotation.label_concepts,
              ElementsAre("C0018800", "C2073625", "C0035522"));
  EXPECT_THAT(
      annotation.location_concepts,
      ElementsAre("C1522601", "C0230151", "C0444532", "C0035561", "C0238767"));
}

TEST(PadchestLabelsTest, NothingSaidIsNormal) {
  Mentions mentions;
  mentions[Finding::kPneumothorax] = Mention::kNegative;
  const PadchestAnnotation annotation = AnnotationOf(Study(), mentions);
  EXPECT_THAT(annotation.labels, ElementsAre("normal"));
  EXPECT_THAT(annotation.sentences, ElementsAre(ElementsAre("normal")));
  EXPECT_THAT(annotation.locations, IsEmpty());
  EXPECT_THAT(annotation.label_concepts, ElementsAre("C0205307"));
}

TEST(PadchestLabelsTest, NetworkMissesSomeAndAddsFew) {
  Mentions mentions;
  mentions[Finding::kEdema] = Mention::kPositive;
  mentions[Finding::kMass] = Mention::kUncertain;
  mentions[Finding::kHernia] = Mention::kNegative;
  int missed = 0;
  int added = 0;
  constexpr int kReports = 4000;
  for (int i = 0; i < kReports; ++i) {
    const Mentions read = ReadByNetwork(mentions, RandomKey(i));
    for (int f = 0; f < kFindings; ++f) {
      const Mention before = mentions[FindingAt(f)];
      const Mention after = read[FindingAt(f)];
      missed += after == Mention::kNone && before != Mention::kNone ? 1 : 0;
      added += after == Mention::kPositive && before != Mention::kPositive;
    }
  }
  EXPECT_NEAR(missed / (2.0 * kReports), 0.06, 0.01);
  EXPECT_NEAR(added / (1.0 * kReports), 0.03, 0.01);
}

TEST(PadchestLabelsTest, ListsAreReadBackWhateverTheirSpaces) {
  const std::vector<std::string> items = {"loc cardiac", "pleural effusion"};
  std::set<std::string> forms;
  for (int i = 0; i < 200; ++i) {
    const std::string cell = ListCell(items, RandomKey(i));
    forms.insert(cell);
    EXPECT_THAT(*ParseListLiteral(cell), items);
    const std::string nested = NestedListCell({items, items}, RandomKey(i));
    EXPECT_THAT(*ParseNestedListLiteral(nested), ElementsAre(items, items));
  }
  EXPECT_EQ(forms.count("['loc cardiac', 'pleural effusion']"), 1u);
  EXPECT_EQ(forms.count("['loc  cardiac', 'pleural effusion']"), 1u);
  EXPECT_EQ(forms.count("[' loc cardiac', 'pleural effusion']"), 1u);
  EXPECT_EQ(ListCell({}, RandomKey(0)), "[]");
}

TEST(PadchestLabelsTest, ConceptsArePrintedAsNumpyDoes) {
  EXPECT_EQ(ConceptsCell({"C0018800", "C0034079"}), "['C0018800' 'C0034079']");
  EXPECT_EQ(ConceptsCell({}), "[]");
}

}  // namespace
}  // namespace cxr::synth
