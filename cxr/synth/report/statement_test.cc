// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/statement.h"

#include <functional>
#include <set>

#include "absl/strings/match.h"
#include "cxr/synth/report/finding_words.h"
#include "cxr/synth/report/report_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::Contains;
using ::testing::EndsWith;

constexpr int kVariants = 60;

using Sentence =
    std::function<std::string(Finding, const Slots&, RandomStream*)>;

// Many sentences on each finding, all of which say what its label has if the
// finding is mentioned so. The number of different ones of each finding is
// returned.
PerFinding<int> CheckAll(Mention mention, const Sentence& sentence_on) {
  PerFinding<int> counts;
  for (int i = 0; i < static_cast<int>(Finding::kSupportDevices); ++i) {
    const Finding finding = FindingAt(i);
    std::set<std::string> seen;
    for (int variant = 0; variant < kVariants; ++variant) {
      const ReportFacts facts = FactsWith(finding, mention, 0.3, variant);
      RandomStream stream(RandomKey(5).Child("say", variant));
      const std::string sentence =
          sentence_on(finding, facts.slots[finding], &stream);
      EXPECT_THAT(sentence, EndsWith("."));
      EXPECT_FALSE(absl::StrContains(sentence, "  ")) << sentence;
      EXPECT_EQ(StatesSaid({sentence}).values, StatesOf(facts.mentions).values)
          << FindingName(finding) << ": " << sentence;
      seen.insert(sentence);
    }
    counts[finding] = static_cast<int>(seen.size());
  }
  return counts;
}

void ExpectAtLeast(int count, const PerFinding<int>& counts) {
  for (int i = 0; i < static_cast<int>(Finding::kSupportDevices); ++i) {
    EXPECT_GE(counts[FindingAt(i)], count) << FindingName(FindingAt(i));
  }
}

TEST(StatementTest, AffirmsInFiveWaysOrMore) {
  ExpectAtLeast(5, CheckAll(Mention::kPositive, Affirm));
}

TEST(StatementTest, DoubtsInFiveWaysOrMore) {
  ExpectAtLeast(5, CheckAll(Mention::kUncertain, Doubt));
}

TEST(StatementTest, DeniesInSomeWays) {
  ExpectAtLeast(
      1, CheckAll(Mention::kNegative,
                  [](Finding finding, const Slots&, RandomStream* stream) {
                    return Deny(finding, stream);
                  }));
}

TEST(StatementTest, SumsUpEveryMention) {
  for (const Mention mention :
       {Mention::kPositive, Mention::kUncertain, Mention::kNegative}) {
    CheckAll(mention, [mention](Finding finding, const Slots& slots,
                                RandomStream* stream) {
      return Summarize(finding, mention, slots, stream);
    });
  }
}

TEST(StatementTest, DeniesSeveralInOneSentence) {
  std::set<std::string> seen;
  RandomStream stream(RandomKey(6));
  for (int i = 0; i < 200; ++i) {
    seen.insert(
        DenyTogether({Finding::kConsolidation, Finding::kPleuralEffusion,
                      Finding::kPneumothorax},
                     &stream));
  }
  EXPECT_THAT(seen, Contains("No focal consolidation, pleural effusion, or "
                             "pneumothorax."));
  EXPECT_THAT(seen, Contains("There is no evidence of consolidation, pleural "
                             "fluid, or pneumothorax."));
}

TEST(StatementTest, SaysAgainOnlyOfWhatIsCompared) {
  for (int variant = 0; variant < 300; ++variant) {
    const ReportFacts facts =
        FactsWith(Finding::kEdema, Mention::kPositive, 0.5, variant);
    RandomStream stream(RandomKey(7).Child("say", variant));
    const Slots& slots = facts.slots[Finding::kEdema];
    const std::string sentence = Affirm(Finding::kEdema, slots, &stream);
    if (slots.at("change").empty()) {
      EXPECT_FALSE(absl::StrContains(sentence, "gain ")) << sentence;
      EXPECT_FALSE(absl::StrContains(sentence, "prior")) << sentence;
    } else {
      EXPECT_TRUE(absl::StrContains(sentence, "gain ") ||
                  absl::StrContains(sentence, "prior"))
          << sentence;
    }
  }
}

TEST(StatementDeathTest, DiesOfWhatCannotBeSaid) {
  RandomStream stream(RandomKey(1));
  EXPECT_DEATH(DenyTogether({Finding::kEnlargedCardiomediastinum}, &stream),
               "EnlargedCardiomediastinum");
  EXPECT_DEATH(Summarize(Finding::kEdema, Mention::kNone, {}, &stream),
               "nothing to say of Edema");
}

}  // namespace
}  // namespace cxr::synth
