// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/finding_words.h"

#include <set>
#include <string>

#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/report/grammar.h"
#include "cxr/synth/report/report_testing.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

constexpr int kVariants = 40;

int LabelOf(Finding finding) {
  for (int label = 0; label < 14; ++label) {
    for (const Finding joined : FindingsOfLabel(label)) {
      if (joined == finding) return label;
    }
  }
  return -1;
}

// `pattern` after `start` must have the state `mention` for the finding's label
// and say nothing of any other.
void ExpectOnly(Finding finding, Mention mention, absl::string_view start,
                absl::string_view pattern) {
  for (int i = 0; i < kVariants && !pattern.empty(); ++i) {
    const ReportFacts facts = FactsWith(finding, mention, 0.05 + 0.02 * i, i);
    RandomStream stream(RandomKey(3).Child("words", i));
    const std::string sentence =
        std::string(start) + Expand(pattern, facts.slots[finding], &stream);
    ChexpertStates expected;
    const int label = LabelOf(finding);
    if (label >= 0) expected.values[label] = mention;
    expected.values[kNoFindingLabel] =
        mention == Mention::kNegative ? Mention::kPositive : Mention::kNone;
    EXPECT_EQ(StatesSaid({sentence}).values, expected.values) << sentence;
  }
}

TEST(FindingWordsTest, HaveWordsOfTheirLabelAndOfNoOther) {
  for (int i = 0; i < static_cast<int>(Finding::kSupportDevices); ++i) {
    const Finding finding = FindingAt(i);
    SCOPED_TRACE(FindingName(finding));
    const FindingWords& words = WordsOf(finding);
    ExpectOnly(finding, Mention::kPositive, "There is ", words.noun);
    ExpectOnly(finding, Mention::kPositive, "", words.affirmed);
    ExpectOnly(finding, Mention::kUncertain, "", words.doubted);
    ExpectOnly(finding, Mention::kUncertain, "Possible ", words.noun);
    ExpectOnly(finding, Mention::kNegative, "No ", words.absent);
    ExpectOnly(finding, Mention::kNegative, "", words.denied);
  }
}

TEST(FindingWordsTest, HaveSomeWayToDenyEachFinding) {
  for (int i = 0; i < static_cast<int>(Finding::kSupportDevices); ++i) {
    const FindingWords& words = WordsOf(FindingAt(i));
    EXPECT_FALSE(words.denied.empty() && words.absent.empty())
        << FindingName(FindingAt(i));
  }
}

TEST(FindingWordsDeathTest, HaveNoneOfDevices) {
  EXPECT_DEATH(WordsOf(Finding::kSupportDevices), "named one by one");
}

}  // namespace
}  // namespace cxr::synth
