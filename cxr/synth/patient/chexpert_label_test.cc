// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/chexpert_label.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ChexpertLabelTest, PlacesAreFoundByName) {
  EXPECT_EQ(ChexpertLabelCalled("No Finding"), kNoFindingLabel);
  EXPECT_EQ(ChexpertLabelCalled("Support Devices"), kSupportDevicesLabel);
  EXPECT_EQ(ChexpertLabelCalled("Pneumothorax"), 9);
  EXPECT_EQ(ChexpertLabelCalled("pneumothorax"), -1);
  EXPECT_EQ(ChexpertLabelCalled(""), -1);
}

TEST(ChexpertLabelTest, LabelsJoinFindings) {
  const auto findings = [](absl::string_view name) {
    return FindingsOfLabel(ChexpertLabelCalled(name));
  };
  EXPECT_THAT(findings("No Finding"), IsEmpty());
  EXPECT_THAT(findings("Enlarged Cardiomediastinum"),
              ElementsAre(Finding::kEnlargedCardiomediastinum,
                          Finding::kAorticEnlargement,
                          Finding::kEnlargedPulmonaryArtery));
  EXPECT_THAT(findings("Lung Opacity"),
              ElementsAre(Finding::kLungOpacity, Finding::kInfiltration,
                          Finding::kInterstitialDisease, Finding::kFibrosis));
  EXPECT_THAT(findings("Lung Lesion"),
              ElementsAre(Finding::kNodule, Finding::kMass, Finding::kCavity));
  EXPECT_THAT(findings("Pneumonia"), ElementsAre(Finding::kPneumonia));
  EXPECT_THAT(findings("Consolidation"), ElementsAre(Finding::kConsolidation));
  EXPECT_THAT(findings("Pleural Other"),
              ElementsAre(Finding::kPleuralThickening));
  EXPECT_THAT(findings("Fracture"),
              ElementsAre(Finding::kRibFracture, Finding::kClavicleFracture));
  EXPECT_THAT(findings("Support Devices"),
              ElementsAre(Finding::kSupportDevices));
}

TEST(ChexpertLabelTest, EachFindingIsInOneLabelButForSix) {
  PerFinding<int> labels;
  for (int label = 0; label < 14; ++label) {
    for (const Finding finding : FindingsOfLabel(label)) ++labels[finding];
  }
  std::vector<Finding> unlabelled;
  for (int i = 0; i < kFindings; ++i) {
    EXPECT_LE(labels.values[i], 1) << FindingName(FindingAt(i));
    if (labels.values[i] == 0) unlabelled.push_back(FindingAt(i));
  }
  EXPECT_THAT(unlabelled,
              ElementsAre(Finding::kMediastinalShift, Finding::kCyst,
                          Finding::kCalcification, Finding::kTuberculosis,
                          Finding::kEmphysema, Finding::kHernia));
}

TEST(ChexpertLabelTest, SeverityIsTheLargestOfItsFindings) {
  PerFinding<double> severity;
  severity[Finding::kNodule] = 0.2;
  severity[Finding::kCavity] = 0.7;
  severity[Finding::kEdema] = 0.9;
  EXPECT_EQ(LabelSeverity(severity, ChexpertLabelCalled("Lung Lesion")), 0.7);
  EXPECT_EQ(LabelSeverity(severity, ChexpertLabelCalled("Edema")), 0.9);
  EXPECT_EQ(LabelSeverity(severity, ChexpertLabelCalled("Pneumonia")), 0.0);
  EXPECT_EQ(LabelSeverity(severity, kNoFindingLabel), 0.0);
}

TEST(ChexpertLabelDeathTest, OtherNumbersAreProgrammersErrors) {
  EXPECT_DEATH(FindingsOfLabel(14), "label 14");
  EXPECT_DEATH(FindingsOfLabel(ChexpertLabelCalled("Hernia")), "label -1");
}

}  // namespace
}  // namespace cxr::synth
