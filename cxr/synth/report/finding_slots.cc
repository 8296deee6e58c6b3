// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/finding_slots.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
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

void AddPlaces(int side, RandomStream* stream, Slots* slots) {
  const std::string left = side < 0 ? "right" : "left";
  const bool both = side == 0;
  auto& put = *slots;
  put["side"] = both ? "bilateral" : left;
  // A shift goes to one side only.
  put["toward"] = both ? Expand("[left|right]", {}, stream) : left;
  // Disease of both lungs, and of most single lobes, is at the bases.
  const std::string lobe = Expand(both       ? "[lower|lower|upper]"
                                  : side < 0 ? "[lower|lower|middle|upper]"
                                             : "[lower|lower|upper]",
                                  {}, stream);
  put["lobar"] = absl::StrCat(put["side"], " ", lobe, " lobe");
  put["base"] =
      both ? "at both lung bases" : absl::StrCat("at the ", left, " lung base");
  put["basilar"] = both ? "bibasilar" : absl::StrCat(left, " basilar");
  put["apical"] = both ? "biapical" : absl::StrCat(left, " apical");
  put["upper"] = both ? "in both upper lobes"
                      : absl::StrCat("in the ", left, " upper lobe");
  const std::string in_lobe =
      both ? absl::StrCat("in both ", lobe, " lobes")
           : absl::StrCat("in the ", left, " ", lobe, " lobe");
  const std::string in_lung =
      both ? "in both lungs"
           : absl::StrCat("in the ", left, " ",
                          Expand("[upper |mid |lower |]", {}, stream), "lung");
  put["place"] = Expand("[{lobe}|{lobe}|{lung}]",
                        {{"lobe", in_lobe}, {"lung", in_lung}}, stream);
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
  Slots slots;
  AddPlaces(side, &stream, &slots);
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
