// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/front_matter.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/report/grammar.h"

namespace cxr::synth {
namespace {

// Of AP films without a lateral one: taken where the patient lies.
constexpr double kPortableShare = 0.67;

constexpr absl::string_view kHeartFailure =
    "[[worsening|] dyspnea [on exertion|and leg swelling|]|shortness of breath "
    "[and [leg swelling|weight gain]|]|orthopnea]";
constexpr absl::string_view kPneumonia =
    "[fever and [productive|] cough|[productive cough|cough] [and "
    "chills|for one week]|fever and leukocytosis|cough and hypoxia]";
constexpr absl::string_view kObstructiveDisease =
    "[[smoking history|wheezing] and [dyspnea|cough]|chronic cough|wheezing]";
constexpr absl::string_view kTrauma =
    "[chest pain after [a fall|motor vehicle collision]|[fall|trauma] [and "
    "chest wall pain|]]";
constexpr absl::string_view kTumor =
    "[weight loss [and hemoptysis|]|[known|lung] cancer|hemoptysis]";
constexpr absl::string_view kTuberculosis =
    "[night sweats and [cough|weight loss]|positive skin test|hemoptysis]";
constexpr absl::string_view kIntensiveCare =
    "[respiratory failure|sepsis|hypoxia|altered mental status|recent "
    "[cardiac|abdominal] surgery]";
constexpr absl::string_view kNone =
    "[chest pain|cough|shortness of breath|fever|dizziness|syncope|weakness|"
    "abdominal pain]";

absl::string_view ComplaintPattern(const Study& study, RandomStream* stream) {
  std::vector<absl::string_view> patterns;
  if (study.heart_failure) patterns.push_back(kHeartFailure);
  if (study.pneumonia) patterns.push_back(kPneumonia);
  if (study.obstructive_disease) patterns.push_back(kObstructiveDisease);
  if (study.trauma) patterns.push_back(kTrauma);
  if (study.tumor) patterns.push_back(kTumor);
  if (study.tuberculosis) patterns.push_back(kTuberculosis);
  if (study.setting == Setting::kIntensiveCare) {
    patterns.push_back(kIntensiveCare);
  }
  if (patterns.empty()) return kNone;
  return patterns[stream->Below(static_cast<int>(patterns.size()))];
}

absl::string_view WhoOf(const Patient& patient) {
  const bool child = patient.age_years < 18;
  switch (patient.sex) {
    case Sex::kFemale:
      return child ? "girl" : "[woman|female]";
    case Sex::kMale:
      return child ? "boy" : "[man|male]";
    case Sex::kUnknown:
      break;
  }
  return "patient";
}

}  // namespace

Procedure ProcedureOf(const Study& study, bool has_lateral, RandomKey key) {
  RandomStream stream(key);
  const bool is_portable = stream.Chance(kPortableShare);
  const auto say = [&stream](absl::string_view pattern) {
    return Expand(pattern, {}, &stream);
  };
  const absl::string_view frontal = study.view == View::kPa ? "PA" : "AP";
  if (has_lateral) {
    return {.examination = absl::StrCat("CHEST (", frontal, " AND LAT)"),
            .technique = AsSentence(say(absl::StrCat(
                "[chest ", frontal, " and lateral|[", frontal,
                "|frontal] and lateral [views|radiographs] of the chest]")))};
  }
  if (study.view != View::kPa && is_portable) {
    return {.examination = "CHEST (PORTABLE AP)",
            .technique = AsSentence(
                say("[portable AP [view|radiograph] of the chest|single "
                    "portable frontal [view|radiograph] of the chest|chest, "
                    "portable AP [upright|supine]]"))};
  }
  return {.examination = absl::StrCat("CHEST (", frontal, ")"),
          .technique = AsSentence(
              say(absl::StrCat("[chest ", frontal, "|[", frontal,
                               "|frontal] [view|radiograph] of the chest]")))};
}

std::string IndicationOf(const Patient& patient, const Study& study,
                         RandomKey key) {
  RandomStream stream(key);
  const std::string who = Expand(WhoOf(patient), {}, &stream);
  const absl::string_view pattern = ComplaintPattern(study, &stream);
  const std::string complaint = Expand(pattern, {}, &stream);
  return AsSentence(absl::StrCat("___ year old ", who, " with ", complaint));
}

std::string ComparisonOf(bool has_prior, RandomKey key) {
  RandomStream stream(key);
  return AsSentence(Expand(
      has_prior ? "[chest [radiograph|x-ray] [from|dated]|[portable|prior] "
                  "[chest radiograph|radiograph] from|multiple priors, most "
                  "recent from|] ___"
                : "[none|none|none available]",
      {}, &stream));
}

}  // namespace cxr::synth
