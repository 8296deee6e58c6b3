// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/findings_section.h"

#include <algorithm>
#include <iterator>

#include "absl/algorithm/container.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/report/device_sentences.h"
#include "cxr/synth/report/grammar.h"
#include "cxr/synth/report/statement.h"

namespace cxr::synth {
namespace {

constexpr Finding kMiddle[] = {
    Finding::kCardiomegaly, Finding::kEnlargedCardiomediastinum,
    Finding::kAorticEnlargement, Finding::kEnlargedPulmonaryArtery,
    Finding::kMediastinalShift};
constexpr Finding kLungs[] = {Finding::kEmphysema,
                              Finding::kEdema,
                              Finding::kConsolidation,
                              Finding::kLungOpacity,
                              Finding::kInfiltration,
                              Finding::kPneumonia,
                              Finding::kAtelectasis,
                              Finding::kMass,
                              Finding::kNodule,
                              Finding::kCavity,
                              Finding::kCyst,
                              Finding::kTuberculosis,
                              Finding::kInterstitialDisease,
                              Finding::kFibrosis,
                              Finding::kCalcification};
constexpr Finding kPleura[] = {Finding::kPleuralEffusion,
                               Finding::kPneumothorax,
                               Finding::kPleuralThickening};
constexpr Finding kRest[] = {Finding::kRibFracture, Finding::kClavicleFracture,
                             Finding::kHernia};
// What a denial lists first.
constexpr Finding kDenialOrder[] = {Finding::kConsolidation,
                                    Finding::kLungOpacity,
                                    Finding::kInfiltration,
                                    Finding::kPneumonia,
                                    Finding::kEdema,
                                    Finding::kAtelectasis,
                                    Finding::kPleuralEffusion,
                                    Finding::kPneumothorax,
                                    Finding::kNodule,
                                    Finding::kMass,
                                    Finding::kCavity,
                                    Finding::kCyst,
                                    Finding::kTuberculosis,
                                    Finding::kInterstitialDisease,
                                    Finding::kFibrosis,
                                    Finding::kCalcification,
                                    Finding::kPleuralThickening,
                                    Finding::kEmphysema,
                                    Finding::kRibFracture,
                                    Finding::kClavicleFracture,
                                    Finding::kHernia};

// What lies in the same shadow, so that one may be taken for another.
struct Lookalike {
  Finding finding;
  absl::string_view noun;
};
constexpr Lookalike kLookalikes[] = {{Finding::kAtelectasis, "atelectasis"},
                                     {Finding::kPneumonia, "pneumonia"},
                                     {Finding::kConsolidation, "consolidation"},
                                     {Finding::kEdema, "edema"}};

constexpr int kLongestList = 4;
constexpr size_t kFewSentences = 3;
constexpr double kOften = 0.6;

class SectionWriter {
 public:
  SectionWriter(const ReportFacts& facts, RandomKey key)
      : facts_(facts),
        key_(key),
        stream_(key.Child("choices")),
        denied_(DeniedOf(facts.mentions)) {}

  std::vector<std::string> Write() {
    const bool devices_first =
        facts_.study.setting == Setting::kIntensiveCare || Chance(0.3);
    if (devices_first) AddDevices();
    AddComparison();
    AddMiddle();
    AddLungs();
    for (const Finding finding : kPleura) Tell(finding);
    AddDenials();
    for (const Finding finding : kRest) Tell(finding);
    AddNormal();
    if (!devices_first) AddDevices();
    return sentences_;
  }

 private:
  bool Chance(double chance) { return stream_.Chance(chance); }

  void Say(absl::string_view pattern) {
    sentences_.push_back(AsSentence(Expand(pattern, {}, &stream_)));
  }

  bool Told(Finding finding) const { return IsTold(facts_, finding); }

  bool Quiet(absl::Span<const Finding> findings) const {
    return IsQuiet(facts_, findings);
  }

  void Tell(Finding finding) {
    // Its own, so that one sentence more leaves the others as they are.
    RandomStream stream(key_.Child("tell", static_cast<int>(finding)));
    const Slots& slots = facts_.slots[finding];
    if (facts_.mentions[finding] == Mention::kPositive) {
      sentences_.push_back(Affirm(finding, slots, &stream));
    } else if (facts_.mentions[finding] == Mention::kUncertain) {
      sentences_.push_back(Doubt(finding, slots, &stream));
    }
  }

  // `chance`, or more while little has been said.
  double Often(double chance) const {
    return sentences_.size() < kFewSentences ? kOften : chance;
  }

  void AddDevices() {
    const Mention mention = facts_.mentions[Finding::kSupportDevices];
    for (std::string& sentence :
         DeviceSentences(mention, facts_.study, key_.Child("devices"))) {
      sentences_.push_back(std::move(sentence));
    }
  }

  void AddComparison() {
    if (!facts_.has_prior || !Chance(0.25)) return;
    Say("comparison is made to the prior [study|radiograph]");
  }

  void AddMiddle();
  void AddLungs();
  void AddLookalikes(std::vector<Finding>* told);
  void AddDenials();
  void AddNormal();

  const ReportFacts& facts_;
  RandomKey key_;
  RandomStream stream_;
  PerFinding<bool> denied_;
  std::vector<std::string> sentences_;
};

void SectionWriter::AddMiddle() {
  constexpr Finding kHeart = Finding::kCardiomegaly;
  constexpr Finding kMediastinum = Finding::kEnlargedCardiomediastinum;
  if (denied_[kHeart] && denied_[kMediastinum] && Chance(0.6)) {
    denied_[kHeart] = denied_[kMediastinum] = false;
    Say("[heart size is normal and the mediastinal contours are [normal|"
        "unremarkable]|the cardiomediastinal silhouette and heart size are "
        "[normal|within normal limits]|the heart is normal in size and the "
        "mediastinal silhouette is unremarkable]");
  }
  for (const Finding finding : kMiddle) {
    Tell(finding);
    if (!denied_[finding]) continue;
    denied_[finding] = false;
    sentences_.push_back(Deny(finding, &stream_));
  }
}

// "Findings may reflect atelectasis versus pneumonia" for those in doubt that
// go together.
void SectionWriter::AddLookalikes(std::vector<Finding>* told) {
  std::vector<Lookalike> doubted;
  absl::c_copy_if(kLookalikes, std::back_inserter(doubted),
                  [this](const Lookalike& lookalike) {
                    return facts_.mentions[lookalike.finding] ==
                           Mention::kUncertain;
                  });
  if (doubted.size() < 2 || Chance(0.3)) return;
  const Slots slots = {{"place", facts_.slots[doubted[0].finding].at("place")},
                       {"one", std::string(doubted[0].noun)},
                       {"other", std::string(doubted[1].noun)}};
  sentences_.push_back(AsSentence(Expand(
      "[findings|appearances] {place} [may|could] [reflect|represent] {one} "
      "[or|versus] {other}",
      slots, &stream_)));
  for (int i = 0; i < 2; ++i) {
    told->erase(absl::c_find(*told, doubted[i].finding));
  }
}

void SectionWriter::AddLungs() {
  if (Quiet(kLungs) && Chance(0.7)) {
    Say("[the lungs are|lungs are|both lungs are] clear");
  } else if (facts_.study.view != View::kPa &&
             Quiet({Finding::kEmphysema, Finding::kAtelectasis}) &&
             Chance(0.25)) {
    Say("[lung volumes are [low|reduced]|low lung volumes]");
  }
  std::vector<Finding> told;
  absl::c_copy_if(kLungs, std::back_inserter(told),
                  [this](Finding finding) { return Told(finding); });
  AddLookalikes(&told);
  for (const Finding finding : told) Tell(finding);
  if (Quiet({Finding::kEdema}) && Chance(0.15)) {
    Say("[the pulmonary vasculature is|pulmonary vascularity is] [normal|"
        "unremarkable]");
  }
}

void SectionWriter::AddDenials() {
  std::vector<Finding> listed;
  for (const Finding finding : kDenialOrder) {
    if (!denied_[finding]) continue;
    if (StandsInList(finding) && Chance(0.9)) {
      listed.push_back(finding);
    } else {
      sentences_.push_back(Deny(finding, &stream_));
    }
  }
  for (size_t i = 0; i < listed.size();) {
    const size_t length = std::min<size_t>(2 + stream_.Below(kLongestList - 1),
                                           listed.size() - i);
    sentences_.push_back(DenyTogether(
        {listed.begin() + i, listed.begin() + i + length}, &stream_));
    i += length;
  }
}

void SectionWriter::AddNormal() {
  if (Quiet({Finding::kMediastinalShift}) && Chance(Often(0.05))) {
    Say("the trachea is midline");
  }
  if (Quiet({Finding::kEnlargedPulmonaryArtery, Finding::kMass}) &&
      Chance(Often(0.05))) {
    Say("the hila are [normal|unremarkable]");
  }
  const bool whole_bones =
      Quiet({Finding::kRibFracture, Finding::kClavicleFracture});
  if (whole_bones && Chance(Often(0.3))) {
    Say("[no acute [osseous|bony] abnormality|the [osseous|bony] structures "
        "are [intact|unremarkable]|imaged bones are intact]");
  }
  // Not on a film without findings, where a labeler would count it as one.
  const bool found =
      absl::c_any_of(kLungs, [this](Finding finding) { return Told(finding); });
  if (found && facts_.patient.age_years >= 60 && Chance(0.2)) {
    Say("[mild|moderate] degenerative changes [of|in] the thoracic spine");
  }
  if (Quiet({Finding::kHernia}) && Chance(Often(0.15))) {
    Say("the [imaged|visualized] upper abdomen is unremarkable");
  }
  if (sentences_.empty()) Say("the study is of adequate quality");
}

}  // namespace

std::vector<std::string> FindingsSection(const ReportFacts& facts,
                                         RandomKey key) {
  return SectionWriter(facts, key).Write();
}

}  // namespace cxr::synth
