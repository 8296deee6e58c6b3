// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/mention.h"

#include <algorithm>
#include <cstdint>

namespace cxr::synth {
namespace {

constexpr double kSureFrom = 0.35;
constexpr double kSaidForSure = 0.65;  // of what is mild
constexpr double kSaidInDoubt = 0.30;

// What is denied in one breath, if neither is there ("no nodule or mass").
struct Denial {
  double chance = 0.0;
  Finding finding = Finding::kPneumothorax;
  Finding other = Finding::kPneumothorax;  // the same: it goes alone
};

// What reports deny at all, as often as makes the shares of negative cells
// those of CheXpert's training table with the studies of StudyModel's defaults.
constexpr Denial kDenials[] = {
    {0.115, Finding::kEnlargedCardiomediastinum,
     Finding::kEnlargedCardiomediastinum},
    {0.063, Finding::kCardiomegaly, Finding::kCardiomegaly},
    {0.038, Finding::kLungOpacity, Finding::kInfiltration},
    {0.142, Finding::kConsolidation, Finding::kConsolidation},
    {0.0135, Finding::kPneumonia, Finding::kPneumonia},
    {0.0056, Finding::kNodule, Finding::kMass},
    {0.111, Finding::kEdema, Finding::kEdema},
    {0.0075, Finding::kAtelectasis, Finding::kAtelectasis},
    {0.203, Finding::kPleuralEffusion, Finding::kPleuralEffusion},
    {0.0015, Finding::kPleuralThickening, Finding::kPleuralThickening},
    {0.264, Finding::kPneumothorax, Finding::kPneumothorax},
    {0.0117, Finding::kRibFracture, Finding::kClavicleFracture},
    {0.042, Finding::kSupportDevices, Finding::kSupportDevices},
};

Mention MentionOfPresent(double severity, RandomKey key) {
  if (severity > kSureFrom) return Mention::kPositive;
  const double place = RandomStream(key).Uniform();
  if (place < kSaidForSure) return Mention::kPositive;
  if (place < kSaidForSure + kSaidInDoubt) return Mention::kUncertain;
  return Mention::kNone;
}

// Positive if nothing is affirmed but devices.
Mention NoFindingOf(const ChexpertStates& states) {
  if (states.other_finding) return Mention::kNone;
  for (int label = 0; label < kSupportDevicesLabel; ++label) {
    if (label != kNoFindingLabel && IsAffirmed(states.values[label])) {
      return Mention::kNone;
    }
  }
  return Mention::kPositive;
}

Mention WithNoise(Mention state, double miss, double spurious, RandomKey key) {
  RandomStream stream(key);
  if (IsAffirmed(state)) return stream.Chance(miss) ? Mention::kNone : state;
  if (state == Mention::kNone && stream.Chance(spurious)) {
    return Mention::kPositive;
  }
  return state;
}

}  // namespace

Mentions MakeMentions(const Study& study, RandomKey key) {
  Mentions mentions;
  for (int i = 0; i < kFindings; ++i) {
    const Finding finding = FindingAt(i);
    if (!IsPresent(study, finding)) continue;
    mentions[finding] =
        MentionOfPresent(study.severity[finding], key.Child("mention", i));
  }
  // A tube is seen or not seen.
  Mention& devices = mentions[Finding::kSupportDevices];
  if (devices == Mention::kUncertain) devices = Mention::kPositive;
  for (const Denial& denial : kDenials) {
    if (IsPresent(study, denial.finding) || IsPresent(study, denial.other)) {
      continue;
    }
    const RandomKey denial_key =
        key.Child("denial", static_cast<uint64_t>(denial.finding));
    if (RandomStream(denial_key).Chance(denial.chance)) {
      mentions[denial.finding] = Mention::kNegative;
      mentions[denial.other] = Mention::kNegative;
    }
  }
  return mentions;
}

ChexpertStates StatesOf(const Mentions& mentions) {
  ChexpertStates states;
  PerFinding<bool> has_label;
  for (int label = 0; label < 14; ++label) {
    for (const Finding finding : FindingsOfLabel(label)) {
      // In the order of the enumerators a stronger one wins.
      states.values[label] = std::max(states.values[label], mentions[finding]);
      has_label[finding] = true;
    }
  }
  for (int i = 0; i < kFindings; ++i) {
    const Finding finding = FindingAt(i);
    states.other_finding |=
        !has_label[finding] && IsAffirmed(mentions[finding]);
  }
  states.values[kNoFindingLabel] = NoFindingOf(states);
  return states;
}

ChexpertStates WithNoise(const ChexpertStates& states, double miss,
                         double spurious, RandomKey key) {
  ChexpertStates noisy = states;
  for (int label = 0; label < 14; ++label) {
    if (label == kNoFindingLabel) continue;
    noisy.values[label] = WithNoise(states.values[label], miss, spurious,
                                    key.Child("label noise", label));
  }
  noisy.values[kNoFindingLabel] = NoFindingOf(noisy);
  return noisy;
}

}  // namespace cxr::synth
