// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/report_testing.h"

#include <string>

#include "cxr/synth/patient/chexpert_label.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

Mention StateOf(const char* label, const std::string& sentence) {
  return StatesSaid({sentence}).values[ChexpertLabelCalled(label)];
}

TEST(ReportTestingTest, ReadsCuesOfTheSameSentence) {
  EXPECT_EQ(StateOf("Edema", "Mild edema."), Mention::kPositive);
  EXPECT_EQ(StateOf("Edema", "No effusion, edema."), Mention::kNegative);
  EXPECT_EQ(StateOf("Edema", "May reflect edema."), Mention::kUncertain);
  EXPECT_EQ(StateOf("Edema", "Edema is not excluded."), Mention::kUncertain);
  EXPECT_EQ(StateOf("Pneumonia", "Possible edema versus pneumonia."),
            Mention::kUncertain);
  EXPECT_EQ(StateOf("Cardiomegaly", "Heart size is normal."),
            Mention::kNegative);
  // Neither doubt nor denial reaches back.
  EXPECT_EQ(StateOf("Cardiomegaly", "The heart may be large."),
            Mention::kPositive);
  EXPECT_EQ(StateOf("Edema", "Lungs are clear."), Mention::kNone);
}

TEST(ReportTestingTest, SeesWordsInsideOfWords) {
  EXPECT_EQ(StateOf("Lung Lesion", "Mass effect."), Mention::kPositive);
  EXPECT_EQ(StateOf("Support Devices", "Kerley lines."), Mention::kPositive);
  EXPECT_EQ(StateOf("Support Devices", "Midline structures."), Mention::kNone);
  EXPECT_EQ(StateOf("Support Devices", "Tuberculosis."), Mention::kPositive);
}

TEST(ReportTestingTest, LetsTheStrongestMentionWin) {
  const ChexpertStates states =
      StatesSaid({"No edema.", "Possible edema.", "Mild edema.", "No mass."});
  EXPECT_EQ(states.values[ChexpertLabelCalled("Edema")], Mention::kPositive);
  EXPECT_EQ(states.values[ChexpertLabelCalled("Lung Lesion")],
            Mention::kNegative);
}

TEST(ReportTestingTest, HasNoFindingUnlessSomethingIsTold) {
  EXPECT_EQ(StateOf("No Finding", "No edema."), Mention::kPositive);
  EXPECT_EQ(StateOf("No Finding", "A tube."), Mention::kPositive);
  EXPECT_EQ(StateOf("No Finding", "Possible edema."), Mention::kNone);
  EXPECT_EQ(StateOf("No Finding", "A hiatal hernia."), Mention::kNone);
}

}  // namespace
}  // namespace cxr::synth
