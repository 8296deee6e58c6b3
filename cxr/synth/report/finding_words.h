// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_FINDING_WORDS_H_
#define CXR_SYNTH_REPORT_FINDING_WORDS_H_

#include "absl/strings/string_view.h"
#include "cxr/synth/patient/finding.h"

// How each finding is called: patterns (grammar.h) with the slots of
// finding_slots.h.
//
// A labeler of reports looks for fixed words, so each pattern has a word of its
// finding's label and none of another label. What tempts: "contour" is a word
// of the mediastinum, "the heart" of cardiomegaly, "fibrosis" of the pleura,
// "mass" is in "mass effect", "lines", "plate" and "marker" are devices,
// "infection" is pneumonia, "nodular opacity" both of lesion and opacity,
// "congestion" always doubt, and "tube" is in tuberculosis. Doubt stands before
// the finding or is a phrase that labelers know behind one ("cannot be
// excluded"): "the heart may be enlarged" is affirmed to many. What has no
// label (shift, cyst, calcification, tuberculosis, emphysema, hernia) has a
// word that rules out a normal film: "volume loss", "bullae", "calcifi",
// "granuloma", "hyperinflat", "hernia".

namespace cxr::synth {

enum class Number {
  kUncounted,  // "edema is"
  kCounted,    // "a nodule is", "nodules are" if on both sides
  kOne,        // "a hernia is"
  kMany,       // "bullae are"
};

struct FindingWords {
  // With an article and all it needs: "{a} {size} {side} effusion{s}".
  absl::string_view noun;
  Number number;
  // Further sentences that affirm, that doubt, that deny; empty: none.
  absl::string_view affirmed;
  absl::string_view doubted;
  absl::string_view denied;
  // What stands after "no" in a list; empty: it stands in none, and is denied
  // by `denied` alone.
  absl::string_view absent;
};

// Not of support devices, which are named one by one.
const FindingWords& WordsOf(Finding finding);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_FINDING_WORDS_H_
