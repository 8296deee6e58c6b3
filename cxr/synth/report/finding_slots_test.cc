// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/finding_slots.h"

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/synth/report/report_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

// All fillings of `slot` over many reports that tell of one finding on `side`.
std::set<std::string> FillingsOf(const std::string& slot, Finding finding,
                                 double severity, int side, bool has_prior) {
  std::set<std::string> fillings;
  ReportSample sample;
  sample.study.severity[finding] = severity;
  sample.study.side[finding] = side;
  sample.mentions[finding] = Mention::kPositive;
  const ReportFacts facts = {.study = sample.study,
                             .mentions = sample.mentions,
                             .has_prior = has_prior};
  for (int i = 0; i < 300; ++i) {
    fillings.insert(
        SlotsOf(finding, facts, RandomKey(4).Child("key", i)).at(slot));
  }
  return fillings;
}

TEST(FindingSlotsTest, CallsSizesBySeverity) {
  const auto amounts = [](double severity) {
    return FillingsOf("amount", Finding::kPleuralEffusion, severity, 1, false);
  };
  EXPECT_THAT(amounts(0.2), ElementsAre("small", "trace"));
  EXPECT_THAT(amounts(0.5), ElementsAre("moderate", "moderate-sized"));
  EXPECT_THAT(amounts(0.8), ElementsAre("large"));
  const auto degrees = [](double severity) {
    return FillingsOf("degreely", Finding::kCardiomegaly, severity, 0, false);
  };
  EXPECT_THAT(degrees(0.2), ElementsAre("mildly", "minimally", "slightly"));
  EXPECT_THAT(degrees(0.5), ElementsAre("moderately"));
  EXPECT_THAT(degrees(0.8), ElementsAre("markedly", "severely"));
}

TEST(FindingSlotsTest, NamesTheSide) {
  const auto sides = [](int side) {
    return FillingsOf("side", Finding::kPneumothorax, 0.5, side, false);
  };
  EXPECT_THAT(sides(-1), ElementsAre("right"));
  EXPECT_THAT(sides(1), ElementsAre("left"));
  EXPECT_THAT(sides(0), ElementsAre("bilateral"));
}

TEST(FindingSlotsTest, HasMiddleLobesOnTheRightAlone) {
  const auto lobes = [](int side) {
    return FillingsOf("lobar", Finding::kConsolidation, 0.5, side, false);
  };
  EXPECT_THAT(lobes(-1), ElementsAre("right lower lobe", "right middle lobe",
                                     "right upper lobe"));
  EXPECT_THAT(lobes(1), ElementsAre("left lower lobe", "left upper lobe"));
  for (const int side : {-1, 0, 1}) {
    const char* wrong[] = {"left", "both", "right"};
    for (const std::string& place :
         FillingsOf("place", Finding::kConsolidation, 0.5, side, false)) {
      EXPECT_FALSE(absl::StrContains(place, wrong[side + 1]) && side != 0)
          << place;
      EXPECT_EQ(absl::StrContains(place, "both"), side == 0) << place;
    }
  }
}

TEST(FindingSlotsTest, GivesWhatIsAbsentOneSide) {
  EXPECT_THAT(FillingsOf("side", Finding::kPneumothorax, 0.0, 0, false),
              ElementsAre("left", "right"));
}

TEST(FindingSlotsTest, ComparesOnlyWithAPriorStudyAndWhatChanges) {
  const auto changes = [](Finding finding, bool has_prior) {
    return FillingsOf("change", finding, 0.5, 1, has_prior);
  };
  EXPECT_THAT(changes(Finding::kEdema, false), ElementsAre(""));
  EXPECT_THAT(changes(Finding::kCardiomegaly, true), ElementsAre(""));
  EXPECT_THAT(changes(Finding::kEdema, true),
              IsSupersetOf({"", ", unchanged since the prior study",
                            ", slightly increased since the prior study"}));
  EXPECT_THAT(FillingsOf("degree", Finding::kEdema, 0.5, 1, true),
              ElementsAre("moderate", "new moderate"));
  EXPECT_THAT(FillingsOf("degree", Finding::kFibrosis, 0.5, 1, true),
              ElementsAre("moderate"));
}

TEST(FindingSlotsTest, AgreesInNumber) {
  const auto both = [](Finding finding, int side) {
    return absl::StrCat(
        *FillingsOf("a", finding, 0.5, side, false).begin(), "-",
        *FillingsOf("is", finding, 0.5, side, false).begin(), "-",
        *FillingsOf("y", finding, 0.5, side, false).begin());
  };
  EXPECT_EQ(both(Finding::kLungOpacity, 1), "a-is-y");
  EXPECT_EQ(both(Finding::kLungOpacity, 0), "-are-ies");
  EXPECT_EQ(both(Finding::kHernia, 0), "a-is-ies");
  EXPECT_EQ(both(Finding::kCyst, 1), "-are-y");
}

TEST(FindingSlotsTest, ShiftsTowardASmallerLungUnlessPushed) {
  ReportFacts facts;
  facts.study.severity[Finding::kMediastinalShift] = 0.5;
  const auto loss = [&facts] {
    return SlotsOf(Finding::kMediastinalShift, facts, RandomKey(1)).at("loss");
  };
  EXPECT_EQ(loss(), "with volume loss");
  facts.mentions[Finding::kPleuralEffusion] = Mention::kPositive;
  EXPECT_EQ(loss(), "");
}

TEST(FindingSlotsTest, DropsTheArticle) {
  EXPECT_EQ(WithoutArticle({{"a", "a"}, {"s", "s"}}),
            (Slots{{"a", ""}, {"s", "s"}}));
}

}  // namespace
}  // namespace cxr::synth
