// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_PATIENT_MENTION_H_
#define CXR_SYNTH_PATIENT_MENTION_H_

#include <array>

#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

// What a radiologist says of a study: not all that is there, some of it with
// doubt, and some of what is not there by name.

namespace cxr::synth {

enum class Mention { kNone, kNegative, kUncertain, kPositive };

// Said to be there, be it with doubt.
inline constexpr bool IsAffirmed(Mention mention) {
  return mention == Mention::kPositive || mention == Mention::kUncertain;
}

using Mentions = PerFinding<Mention>;

// Severity above 0.35: positive; 0.12 to 0.35: positive 0.65, uncertain 0.3
// (devices: positive), else silence; below 0.12: silence, or negated with a
// chance of its own (pneumothorax 0.26, effusion 0.20, consolidation 0.14,
// enlarged cardiomediastinum and edema 0.11, others less; never what nobody
// denies, as a cyst). Nodule and mass, rib and clavicle fracture, opacity and
// infiltrate are negated together or not at all.
Mentions MakeMentions(const Study& study, RandomKey key);

// The 14 labels as a labeler of reports would have them: of the findings that a
// label joins the strongest mention (positive, uncertain, negative, none).
// Pneumonia and consolidation are labels of their own. No Finding is positive
// if nothing but Support Devices is positive or uncertain, else none.
struct ChexpertStates {
  std::array<Mention, 14> values = {};
  // A finding without a label, as emphysema, is positive or uncertain.
  bool other_finding = false;
};
ChexpertStates StatesOf(const Mentions& mentions);

// Label noise: each positive or uncertain state is lost (none) with
// chance `miss`, each none becomes positive with chance `spurious`; No Finding
// follows. Support Devices, too.
ChexpertStates WithNoise(const ChexpertStates& states, double miss,
                         double spurious, RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_PATIENT_MENTION_H_
