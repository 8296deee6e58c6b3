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
                                 double severity, int side, bool has_prior,
                                 Zone zone = Zone::kLower) {
  std::set<std::string> fillings;
  ReportSample sample;
  sample.study.severity[finding] = severity;
  sample.study.side[finding] = side;
  sample.study.zone[finding] = zone;
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

TEST(FindingSlotsTest, NamesTheLobeByZoneAndSide) {
  const auto lobar = [](int side, Zone zone) {
    return FillingsOf("lobar", Finding::kConsolidation, 0.5, side, false, zone);
  };
  EXPECT_THAT(lobar(-1, Zone::kUpper), ElementsAre("right upper lobe"));
  EXPECT_THAT(lobar(-1, Zone::kMiddle), ElementsAre("right middle lobe"));
  EXPECT_THAT(lobar(1, Zone::kMiddle), ElementsAre("lingular"));
  EXPECT_THAT(lobar(1, Zone::kLower), ElementsAre("left lower lobe"));
  EXPECT_THAT(lobar(0, Zone::kLower), ElementsAre("bilateral lower lobe"));
}

TEST(FindingSlotsTest, NamesNoOtherPlace) {
  const auto places = [](int side, Zone zone) {
    return FillingsOf("place", Finding::kConsolidation, 0.5, side, false, zone);
  };
  EXPECT_THAT(places(-1, Zone::kMiddle),
              ElementsAre("in the right  lung", "in the right mid lung",
                          "in the right middle lobe"));
  EXPECT_THAT(places(1, Zone::kMiddle),
              ElementsAre("in the left  lung", "in the left mid lung",
                          "in the lingula"));
  EXPECT_THAT(places(1, Zone::kUpper),
              ElementsAre("in the left  lung", "in the left upper lobe",
                          "in the left upper lung"));
  EXPECT_THAT(places(0, Zone::kLower),
              ElementsAre("in both lower lobes", "in both lungs"));
  EXPECT_THAT(places(0, Zone::kMiddle),
              ElementsAre("in both lungs", "in both mid lungs"));
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
