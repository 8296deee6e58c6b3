// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/finding_slots.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/report/finding_words.h"

namespace cxr::synth {
namespace {

// Of what is present Beta(1.6, 2.2) puts 36 % below the first and 26 % above
// the second.
constexpr double kModerateFrom = 0.35;
constexpr double kSevereFrom = 0.6;
constexpr double kChanceOfNew = 0.15;
constexpr double kChanceOfChange = 0.4;

int GradeOf(double severity) {
  if (severity < kModerateFrom) return 0;
  return severity < kSevereFrom ? 1 : 2;
}

// Heart, vessels and what is old are never called new or larger than before:
// a labeler takes "stable heart size" for doubt.
constexpr Finding kChanging[] = {
    Finding::kLungOpacity,     Finding::kInfiltration, Finding::kConsolidation,
    Finding::kPneumonia,       Finding::kEdema,        Finding::kAtelectasis,
    Finding::kPleuralEffusion, Finding::kPneumothorax,
};

// -1, 0, 1 as in Study. What is absent yet mentioned has a side, too, or all
// that is mentioned by mistake would be on both.
int SideOf(Finding finding, const Study& study, RandomStream* stream) {
  const int drawn = stream->Sign();
  const bool absent = study.severity[finding] <= 0.0;
  return absent && study.side[finding] == 0 ? drawn : study.side[finding];
}

// As SideOf.
Zone ZoneOf(Finding finding, const Study& study, RandomStream* stream) {
  constexpr Zone kDrawn[] = {Zone::kUpper, Zone::kMiddle, Zone::kLower,
                             Zone::kLower};
  const Zone drawn = kDrawn[stream->Below(4)];
  return study.severity[finding] <= 0.0 ? drawn : study.zone[finding];
}

// What stands before "lung", and before "lobe" if both lungs have one.
absl::string_view ZoneWord(Zone zone) {
  switch (zone) {
    case Zone::kUpper:
      return "upper";
    case Zone::kMiddle:
      return "mid";
    case Zone::kLower:
      return "lower";
  }
  CXR_CHECK(false) << "zone " << static_cast<int>(zone);
}

struct LobeWords {
  std::string lobar;    // "left lower lobe" consolidation
  std::string in_lobe;  // consolidation "in the left lower lobe"
};

// The right lung has a middle lobe, the left a lingula at that height.
LobeWords LobeWordsOf(int side, Zone zone) {
  const absl::string_view word = ZoneWord(zone);
  if (side == 0) {
    const absl::string_view part = zone == Zone::kMiddle ? "lung" : "lobe";
    return {.lobar = absl::StrCat("bilateral ", word, " ", part),
            .in_lobe = absl::StrCat("in both ", word, " ", part, "s")};
  }
  if (zone != Zone::kMiddle) {
    const std::string lobe =
        absl::StrCat(side < 0 ? "right " : "left ", word, " lobe");
    return {.lobar = lobe, .in_lobe = absl::StrCat("in the ", lobe)};
  }
  if (side > 0) return {.lobar = "lingular", .in_lobe = "in the lingula"};
  return {.lobar = "right middle lobe", .in_lobe = "in the right middle lobe"};
}

void AddPlaces(int side, Zone zone, RandomStream* stream, Slots* slots) {
  const std::string left = side < 0 ? "right" : "left";
  const bool both = side == 0;
  auto& put = *slots;
  put["side"] = both ? "bilateral" : left;
  // A shift goes to one side only.
  put["toward"] = both ? Expand("[left|right]", {}, stream) : left;
  const LobeWords lobe = LobeWordsOf(side, zone);
  put["lobar"] = lobe.lobar;
  put["base"] =
      both ? "at both lung bases" : absl::StrCat("at the ", left, " lung base");
  put["basilar"] = both ? "bibasilar" : absl::StrCat(left, " basilar");
  put["apical"] = both ? "biapical" : absl::StrCat(left, " apical");
  put["upper"] = both ? "in both upper lobes"
                      : absl::StrCat("in the ", left, " upper lobe");
  const std::string in_lung =
      both ? "in both lungs"
           : absl::StrCat(
                 "in the ", left, " ",
                 Expand("[{zone}|]", {{"zone", std::string(ZoneWord(zone))}},
                        stream),
                 " lung");
  put["place"] = Expand("[{lobe}|{lobe}|{lung}]",
                        {{"lobe", lobe.in_lobe}, {"lung", in_lung}}, stream);
  put["patchy"] = Expand("[patchy|hazy|ill-defined|streaky]", {}, stream);
  put["dense"] = Expand("[dense|patchy|confluent|]", {}, stream);
  put["linear"] = Expand("[linear|discoid|subsegmental]", {}, stream);
  put["rounded"] = Expand("[rounded|spiculated|lobulated]", {}, stream);
  put["rib"] = Expand("[fourth|fifth|sixth|seventh|eighth]", {}, stream);
}

void AddSizes(int grade, absl::string_view novelty, RandomStream* stream,
              Slots* slots) {
  constexpr absl::string_view kDegrees[] = {"[mild|mild|minimal|slight]",
                                            "moderate", "[severe|marked]"};
  constexpr absl::string_view kAmounts[] = {
      "[small|small|trace]", "[moderate|moderate-sized]", "large"};
  constexpr absl::string_view kSizes[] = {"small", "[moderate|moderate-sized]",
                                          "large"};
  constexpr absl::string_view kNodules[] = {"[tiny|5 mm]", "[8 mm|1 cm]",
                                            "[2 cm|2.5 cm]"};
  constexpr absl::string_view kMasses[] = {"[3 cm|4 cm]", "[5 cm|6 cm]",
                                           "[7 cm|large]"};
  constexpr absl::string_view kBreaks[] = {"nondisplaced",
                                           "[minimally displaced|acute]",
                                           "[displaced|acute displaced]"};
  auto& put = *slots;
  const std::string degree = Expand(kDegrees[grade], {}, stream);
  put["degree"] = absl::StrCat(novelty, degree);
  put["degreely"] = absl::StrCat(degree, "ly");
  put["amount"] = absl::StrCat(novelty, Expand(kAmounts[grade], {}, stream));
  put["size"] = absl::StrCat(novelty, Expand(kSizes[grade], {}, stream));
  put["nodule_size"] = Expand(kNodules[grade], {}, stream);
  put["mass_size"] = Expand(kMasses[grade], {}, stream);
  put["displaced"] = Expand(kBreaks[grade], {}, stream);
}

void AddEndings(Number number, bool both, Slots* slots) {
  const bool many =
      number == Number::kMany || (number == Number::kCounted && both);
  auto& put = *slots;
  put["a"] = many ? "" : "a";
  put["is"] = many ? "are" : "is";
  put["s"] = both ? "s" : "";
  put["es"] = both ? "es" : "";
  put["y"] = both ? "ies" : "y";
  put["pneumothorax"] = both ? "pneumothoraces" : "pneumothorax";
}

// A shift away from what pushes, or else toward a smaller lung.
absl::string_view LossOf(const Mentions& mentions) {
  const bool pushed =
      mentions[Finding::kPleuralEffusion] == Mention::kPositive ||
      mentions[Finding::kPneumothorax] == Mention::kPositive;
  return pushed ? "" : "with volume loss";
}

}  // namespace

Slots SlotsOf(Finding finding, const ReportFacts& facts, RandomKey key) {
  RandomStream stream(key);
  const bool changes =
      facts.has_prior && absl::c_linear_search(kChanging, finding);
  const bool is_new = stream.Chance(kChanceOfNew) && changes;
  const bool compared = stream.Chance(kChanceOfChange) && changes && !is_new;
  const int side = SideOf(finding, facts.study, &stream);
  const Zone zone = ZoneOf(finding, facts.study, &stream);
  Slots slots;
  AddPlaces(side, zone, &stream, &slots);
  AddSizes(GradeOf(facts.study.severity[finding]), is_new ? "new " : "",
           &stream, &slots);
  slots["loss"] = std::string(LossOf(facts.mentions));
  AddEndings(WordsOf(finding).number, side == 0, &slots);
  const std::string change = Expand(
      ", [unchanged|stable|slightly [increased|decreased|improved]] [since|"
      "compared to] the prior study",
      {}, &stream);
  slots["change"] = compared ? change : "";
  return slots;
}

Slots WithoutArticle(Slots slots) {
  slots["a"] = "";
  return slots;
}

}  // namespace cxr::synth
