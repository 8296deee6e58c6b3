// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/vindr_label.h"

#include <gtest/gtest.h>

#include <set>

#include "cxr/data/source/vindr_labels.h"

namespace cxr::synth {
namespace {

int LabelCalled(absl::string_view name) {
  for (int i = 0; i < kVindrLabelCount; ++i) {
    if (VindrLabelName(i) == name) return i;
  }
  ADD_FAILURE() << "no label " << name;
  return 0;
}

double SeverityOf(const Study& study, absl::string_view name) {
  return VindrSeverities(study)[LabelCalled(name)];
}

TEST(VindrLabelTest, NamesAreThoseOfTheReaderInItsOrder) {
  ASSERT_EQ(kVindrLabels.size(), size_t{kVindrLabelCount});
  for (int i = 0; i < kVindrLabelCount; ++i) {
    EXPECT_EQ(VindrLabelName(i), kVindrLabels[i]);
  }
  EXPECT_EQ(VindrLabelName(kVindrNoFinding), "No finding");
}

TEST(VindrLabelTest, LabelsJoinFindings) {
  Study study;
  study.severity[Finding::kNodule] = 0.3;
  study.severity[Finding::kMass] = 0.5;
  study.severity[Finding::kInterstitialDisease] = 0.2;
  study.severity[Finding::kHernia] = 0.4;
  EXPECT_EQ(SeverityOf(study, "Nodule/Mass"), 0.5);
  EXPECT_EQ(SeverityOf(study, "ILD"), 0.2);
  EXPECT_EQ(SeverityOf(study, "Other lesion"), 0.4);
  EXPECT_EQ(SeverityOf(study, "Edema"), 0.0);
  EXPECT_EQ(SeverityOf(study, "No finding"), 0.0);
}

TEST(VindrLabelTest, DiseasesShowByFindingsIfTheyAreThere) {
  Study study;
  study.severity[Finding::kMass] = 0.5;
  study.severity[Finding::kEmphysema] = 0.6;
  EXPECT_EQ(SeverityOf(study, "Lung tumor"), 0.0);
  EXPECT_EQ(SeverityOf(study, "COPD"), 0.0);
  study.tumor = true;
  study.obstructive_disease = true;
  EXPECT_EQ(SeverityOf(study, "Lung tumor"), 0.5);
  EXPECT_EQ(SeverityOf(study, "COPD"), 0.6);
}

TEST(VindrLabelTest, EveryFindingButDevicesHasALabel) {
  std::set<int> labels;
  for (int i = 0; i < kFindings; ++i) {
    Study study;
    study.severity[FindingAt(i)] = 1.0;
    int count = 0;
    for (const double severity : VindrSeverities(study)) {
      count += severity > 0.0 ? 1 : 0;
    }
    EXPECT_EQ(count, FindingAt(i) == Finding::kSupportDevices ? 0 : 1)
        << FindingName(FindingAt(i));
    labels.insert(VindrBoxLabel(FindingAt(i)));
  }
  // None for diagnoses and devices, and 22 others.
  EXPECT_EQ(labels.size(), 23u);
  EXPECT_EQ(*labels.begin(), -1);
  EXPECT_EQ(*labels.rbegin(), LabelCalled("Other lesion"));
  EXPECT_EQ(VindrBoxLabel(Finding::kPneumonia), -1);
}

TEST(VindrLabelTest, OpinionsFollowThresholds) {
  Study study;
  study.severity[Finding::kEdema] = 0.2;
  study.severity[Finding::kMass] = 0.1;
  const auto severities = VindrSeverities(study);
  std::array<double, kVindrLabelCount> thresholds;
  thresholds.fill(0.05);
  EXPECT_TRUE(VindrOpinion(severities, thresholds)[LabelCalled("Edema")]);
  EXPECT_TRUE(VindrOpinion(severities, thresholds)[LabelCalled("Nodule/Mass")]);
  EXPECT_FALSE(VindrOpinion(severities, thresholds)[kVindrNoFinding]);
  thresholds.fill(0.5);
  EXPECT_FALSE(VindrOpinion(severities, thresholds)[LabelCalled("Edema")]);
  EXPECT_TRUE(VindrOpinion(severities, thresholds)[kVindrNoFinding]);
  EXPECT_TRUE(VindrConsensus(severities)[LabelCalled("Edema")]);
  EXPECT_FALSE(VindrConsensus(severities)[LabelCalled("Nodule/Mass")]);
}

TEST(VindrLabelTest, NobodySeesWhatIsNotThere) {
  std::array<double, kVindrLabelCount> thresholds;
  thresholds.fill(-1.0);
  const auto opinion = VindrOpinion(VindrSeverities(Study()), thresholds);
  for (int i = 0; i < kVindrNoFinding; ++i) {
    EXPECT_FALSE(opinion[i]) << VindrLabelName(i);
  }
  EXPECT_TRUE(opinion[kVindrNoFinding]);
}

}  // namespace
}  // namespace cxr::synth
