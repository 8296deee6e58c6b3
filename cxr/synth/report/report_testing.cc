// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/report_testing.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/finding_slots.h"
#include "cxr/synth/report/report.h"

namespace cxr::synth {
namespace {

constexpr int kOther = -1;

struct LabelWord {
  absl::string_view word;
  int label;
};
// Words by which the CheXpert labeler (github.com/stanfordmlgroup/
// chexpert-labeler, MIT licence) knows a label, as far as reports may tempt to
// use them; kOther: what is a finding without a label.
constexpr LabelWord kLabelWords[] = {
    {" mediastinum", 1},
    {"contour", 1},
    {"mediastinal silhouette", 1},
    {"cardiomegaly", 2},
    {"the heart", 2},
    {"heart size", 2},
    {"cardiac enlargement", 2},
    {"cardiac silhouette", 2},
    {"opaci", 3},
    {"airspace disease", 3},
    {"infiltrat", 3},
    {"interstitial marking", 3},
    {"interstitial lung", 3},
    {"reticular pattern", 3},
    {"reticulation", 3},
    {"wall thickening", 3},
    {"scar", 3},
    {"mass", 4},
    {"nodul", 4},
    {"lump", 4},
    {"cavitary lesion", 4},
    {"tumor", 4},
    {"edema", 5},
    {"heart failure", 5},
    {"congestion", 5},
    {"consolidat", 6},
    {"pneumonia", 7},
    {"infection", 7},
    {"infectious", 7},
    {"atelecta", 8},
    {"collapse", 8},
    {"pneumothora", 9},
    {"pleural fluid", 10},
    {"effusion", 10},
    {"pleural thickening", 11},
    {"fibrosis", 11},
    {"fracture", 12},
    {" line ", 13},
    {"lines", 13},
    {"picc", 13},
    {"tube", 13},
    {"valve", 13},
    {"catheter", 13},
    {"pacemaker", 13},
    {"marker", 13},
    {"device", 13},
    {"plate", 13},
    {"coil", 13},
    {"support", 13},
    {"emphysema", kOther},
    {"blunt", kOther},
    {"density", kOther},
    {"degenera", kOther},
    {"calcifi", kOther},
    {"hyperinflat", kOther},
    {"hernia", kOther},
    {"thickening", kOther},
    {"bullae", kOther},
    {"granuloma", kOther},
    {"prominen", kOther},
    {"volume loss", kOther},
};

constexpr absl::string_view kDenyingBefore[] = {" no ", " not ", " without "};
constexpr absl::string_view kNormal[] = {" normal", " unremarkable",
                                         " not enlarged"};
constexpr absl::string_view kDoubtingBefore[] = {
    " may ", " could ", " possible ", " questionable ", " borderline "};
constexpr absl::string_view kDoubtingBehind[] = {
    " cannot be excluded", " not excluded", " is possible", " are possible",
    " versus "};

bool HasAny(absl::string_view text, absl::Span<const absl::string_view> cues) {
  return absl::c_any_of(cues, [text](absl::string_view cue) {
    return absl::StrContains(text, cue);
  });
}

Mention StateAt(absl::string_view sentence, absl::string_view word,
                size_t place) {
  const absl::string_view before = sentence.substr(0, place + 1);
  const absl::string_view behind = sentence.substr(place + word.size());
  if (HasAny(behind, kDoubtingBehind)) return Mention::kUncertain;
  if (HasAny(before, kDenyingBefore)) return Mention::kNegative;
  if (HasAny(sentence, kNormal)) return Mention::kNegative;
  if (HasAny(before, kDoubtingBefore)) return Mention::kUncertain;
  if (absl::StrContains(before, "versus")) return Mention::kUncertain;
  return Mention::kPositive;
}

Mention StrongestOf(absl::string_view sentence, absl::string_view word) {
  Mention strongest = Mention::kNone;
  for (size_t place = sentence.find(word); place != absl::string_view::npos;
       place = sentence.find(word, place + 1)) {
    strongest = std::max(strongest, StateAt(sentence, word, place));
  }
  return strongest;
}

}  // namespace

ReportSample SampleOf(int number) {
  ReportSample sample;
  sample.patient = MakePatient(PatientModel{}, RandomKey(11), number);
  sample.study = MakeStudy(StudyModel{}, sample.patient, number % 2);
  sample.mentions = MakeMentions(sample.study, sample.study.key);
  return sample;
}

ReportSample WildSampleOf(int number) {
  ReportSample sample = SampleOf(number);
  RandomStream stream(RandomKey(12).Child("wild", number));
  const double share = stream.Uniform();
  for (Mention& mention : sample.mentions.values) {
    mention = stream.Chance(share) ? static_cast<Mention>(stream.Below(4))
                                   : Mention::kNone;
  }
  return sample;
}

ReportContent ReportOf(const ReportSample& sample, int number) {
  return WriteReport(sample.patient, sample.study, sample.mentions,
                     /*has_lateral=*/number % 3 == 0,
                     RandomKey(13).Child("report", number));
}

ReportFacts FactsOf(const ReportSample& sample, bool has_prior) {
  ReportFacts facts = {.patient = sample.patient,
                       .study = sample.study,
                       .mentions = sample.mentions,
                       .has_prior = has_prior};
  for (int i = 0; i < static_cast<int>(Finding::kSupportDevices); ++i) {
    facts.slots[FindingAt(i)] =
        SlotsOf(FindingAt(i), facts, sample.study.key.Child("slots", i));
  }
  return facts;
}

ReportFacts FactsWith(Finding finding, Mention mention, double severity,
                      int variant) {
  ReportSample sample;
  sample.study.key = RandomKey(14).Child("variant", variant);
  sample.study.severity[finding] = severity;
  sample.study.side[finding] = variant % 3 - 1;
  sample.mentions[finding] = mention;
  return FactsOf(sample, /*has_prior=*/variant % 2 == 1);
}

ChexpertStates StatesSaid(const std::vector<std::string>& sentences) {
  ChexpertStates states;
  Mention other = Mention::kNone;
  for (const std::string& sentence : sentences) {
    const std::string plain =
        absl::StrCat(" ",
                     absl::StrReplaceAll(absl::AsciiStrToLower(sentence),
                                         {{".", " "}, {",", " "}}),
                     " ");
    for (const LabelWord& entry : kLabelWords) {
      Mention& state =
          entry.label == kOther ? other : states.values[entry.label];
      state = std::max(state, StrongestOf(plain, entry.word));
    }
  }
  Mention strongest = other;
  for (int label = 1; label < kSupportDevicesLabel; ++label) {
    strongest = std::max(strongest, states.values[label]);
  }
  states.values[kNoFindingLabel] =
      strongest >= Mention::kUncertain ? Mention::kNone : Mention::kPositive;
  return states;
}

}  // namespace cxr::synth
