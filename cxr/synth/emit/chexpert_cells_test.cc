// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/chexpert_cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/patient/study.h"

namespace cxr::synth {
namespace {

using ::testing::Pair;
using ::testing::UnorderedElementsAre;

int Label(absl::string_view name) { return ChexpertLabelCalled(name); }

TEST(ChexpertCellsTest, StatesAreWrittenAsPandasWritesThem) {
  EXPECT_EQ(StateCell(Mention::kPositive), "1.0");
  EXPECT_EQ(StateCell(Mention::kNegative), "0.0");
  EXPECT_EQ(StateCell(Mention::kUncertain), "-1.0");
  EXPECT_EQ(StateCell(Mention::kNone), "");
}

TEST(ChexpertCellsTest, WhatIsNotSaidIsNoLabel) {
  ChexpertStates states;
  states.values[Label("Edema")] = Mention::kPositive;
  states.values[Label("Fracture")] = Mention::kNegative;
  states.values[Label("Pneumonia")] = Mention::kUncertain;
  ImageTruth image;
  AddLabels(states, &image);
  EXPECT_THAT(image.labels(),
              UnorderedElementsAre(Pair("Edema", 1.0), Pair("Fracture", 0.0),
                                   Pair("Pneumonia", -1.0)));
}

TEST(ChexpertCellsTest, WhatIsSeenIsWhatIsSevereEnough) {
  Study study;
  study.severity[Finding::kEdema] = kPresentFrom - 0.01;
  study.severity[Finding::kSupportDevices] = 0.5;
  ChexpertStates states = StatesSeen(study);
  EXPECT_EQ(states.values[Label("Edema")], Mention::kNegative);
  EXPECT_EQ(states.values[Label("Support Devices")], Mention::kPositive);
  EXPECT_EQ(states.values[Label("No Finding")], Mention::kPositive);
  study.severity[Finding::kRibFracture] = kPresentFrom;
  states = StatesSeen(study);
  EXPECT_EQ(states.values[Label("Fracture")], Mention::kPositive);
  EXPECT_EQ(states.values[Label("No Finding")], Mention::kNegative);
}

TEST(ChexpertCellsTest, WhatHasNoLabelIsAFindingAllTheSame) {
  Study study;
  study.severity[Finding::kEmphysema] = kPresentFrom;
  const ChexpertStates states = StatesSeen(study);
  for (const Mention state : states.values) {
    EXPECT_EQ(state, Mention::kNegative);
  }
}

}  // namespace
}  // namespace cxr::synth
