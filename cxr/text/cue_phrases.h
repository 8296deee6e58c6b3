// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_CUE_PHRASES_H_
#define CXR_TEXT_CUE_PHRASES_H_

#include "absl/strings/string_view.h"

// Words that negate or doubt a finding, of the patterns of stanfordmlgroup/
// chexpert-labeler (negation, pre_negation_uncertainty, post_negation_
// uncertainty; MIT licence, cxr/text/NOTICE). Those match grammatical trees;
// here words act on what stands before or behind them. own_cue_phrases.h has
// ours.
//
// Not as there: "borderline" (there of the heart's size only) and "not
// visualized" (there a doubt) are among ours; a silhouette that something
// obscures is doubted, not denied; "question left" and a blunted costophrenic
// angle doubt nothing.

namespace cxr {

enum class CueKind {
  kNegates,        // All that follows: "no a, b or c".
  kNegatesNext,    // What follows up to "and" or a comma: "rather than a".
  kNegatesItems,   // The same and bare items behind it: "removal of a and b".
  kNegatesBefore,  // What precedes.
  kNegatesBeside,  // What precedes or, as an adjective, follows.
  kMayNegate,      // Doubt that outdoes a negation, of what follows.
  kMayNegateBefore,
  kDoubts,        // All that follows: "may reflect a and b".
  kDoubtsCause,   // The same, as the cause of what precedes: "secondary to a".
  kDoubtsNext,    // What follows up to "and": "possible a and b".
  kDoubtsBefore,  // What precedes.
  kDoubtsBeside,  // What precedes or, as an adjective, follows.
  kVersus,        // Doubts both sides.
  kNormal,        // Of a shape or marking.
  kStable,        // Of a shape: size is left open.
  kLarge,         // Of a shape or marking: it is abnormal.
  kNothing,       // Holds words of other cues and means none of them.
  kContrast,      // Begins a clause of its own.
};

struct CuePhrase {
  absl::string_view words;
  CueKind kind;
};

// Of several that match the one of most words counts. "A" in comments is the
// finding.
inline constexpr CuePhrase kCuePhrases[] = {
    // No A, without evidence of A.
    {"no", CueKind::kNegates},
    {"not", CueKind::kNegatesNext},
    {"without", CueKind::kNegates},
    {"negative for", CueKind::kNegates},
    {"free of", CueKind::kNegates},
    {"clear of", CueKind::kNegates},
    {"clearing of", CueKind::kNegates},
    {"history of", CueKind::kNegatesItems},
    {"disappearance of", CueKind::kNegatesItems},
    {"resolution of", CueKind::kNegatesItems},
    {"drainage of", CueKind::kNegatesItems},
    {"removal of", CueKind::kNegatesItems},
    {"rule out", CueKind::kNegates},
    {"rules out", CueKind::kNegates},
    {"exclude", CueKind::kNegates},
    {"excludes", CueKind::kNegates},
    {"excluding", CueKind::kNegates},
    {"rather than", CueKind::kNegatesNext},

    // A is absent, has resolved.
    {"absent", CueKind::kNegatesBeside},
    {"resolved", CueKind::kNegatesBeside},
    {"cleared", CueKind::kNegatesBeside},
    {"removed", CueKind::kNegatesBeside},
    {"excluded", CueKind::kNegatesBefore},
    {"no longer", CueKind::kNegatesBeside},
    {"with interval resolution", CueKind::kNegatesBefore},
    {"previously demonstrated", CueKind::kNegatesBefore},
    {"previously visualized", CueKind::kNegatesBefore},

    // Cannot exclude A, no new A.
    {"cannot exclude", CueKind::kMayNegate},
    {"not exclude", CueKind::kMayNegate},
    {"does not exclude", CueKind::kMayNegate},
    {"do not exclude", CueKind::kMayNegate},
    {"did not exclude", CueKind::kMayNegate},
    {"cannot rule out", CueKind::kMayNegate},
    {"no evidence to rule out", CueKind::kMayNegate},
    {"no new", CueKind::kMayNegate},
    {"cannot be excluded", CueKind::kMayNegateBefore},
    {"not excluded", CueKind::kMayNegateBefore},
    {"not be excluded", CueKind::kMayNegateBefore},

    // May be A, suspicious for A.
    {"may", CueKind::kDoubts},
    {"might", CueKind::kDoubts},
    {"could", CueKind::kDoubts},
    {"would", CueKind::kDoubts},
    {"maybe", CueKind::kDoubts},
    {"can represent", CueKind::kDoubts},
    {"can reflect", CueKind::kDoubts},
    {"can indicate", CueKind::kDoubts},
    {"can include", CueKind::kDoubts},
    {"can be due to", CueKind::kDoubts},
    {"can be related to", CueKind::kDoubts},
    {"can be consistent with", CueKind::kDoubts},
    {"is compatible with", CueKind::kDoubts},
    {"are compatible with", CueKind::kDoubts},
    {"was compatible with", CueKind::kDoubts},
    {"were compatible with", CueKind::kDoubts},
    {"be compatible with", CueKind::kDoubts},
    {"secondary to", CueKind::kDoubtsCause},
    {"suggestion of", CueKind::kDoubts},
    {"suspicious for", CueKind::kDoubts},
    {"suspicion for", CueKind::kDoubts},
    {"worrisome for", CueKind::kDoubts},
    {"concern for", CueKind::kDoubts},
    {"concerning for", CueKind::kDoubts},
    {"question of", CueKind::kDoubts},
    {"favor", CueKind::kDoubts},
    {"favors", CueKind::kDoubts},
    {"favoring", CueKind::kDoubts},
    {"consider", CueKind::kDoubts},
    {"suspect", CueKind::kDoubts},
    {"question", CueKind::kDoubts},
    {"differential diagnosis includes", CueKind::kDoubts},
    {"correlate clinically for", CueKind::kDoubts},
    {"correlation for", CueKind::kDoubts},
    {"possible", CueKind::kDoubtsBeside},
    {"possibly", CueKind::kDoubtsNext},
    {"presumably", CueKind::kDoubtsNext},
    {"probable", CueKind::kDoubtsNext},
    {"questionable", CueKind::kDoubtsBeside},
    {"suspected", CueKind::kDoubtsBeside},
    {"suspicious", CueKind::kDoubtsNext},
    {"less likely", CueKind::kDoubtsBeside},

    // A is suspected, may be present.
    {"may be present", CueKind::kDoubtsBefore},
    {"might be present", CueKind::kDoubtsBefore},
    {"could be present", CueKind::kDoubtsBefore},
    {"can be present", CueKind::kDoubtsBefore},
    {"possibly be present", CueKind::kDoubtsBefore},
    {"possibly present", CueKind::kDoubtsBefore},
    {"may have this appearance", CueKind::kDoubtsBefore},
    {"might have this appearance", CueKind::kDoubtsBefore},
    {"could have this appearance", CueKind::kDoubtsBefore},
    {"could appear similar", CueKind::kDoubtsBefore},
    {"poorly evaluated", CueKind::kDoubtsBefore},
    {"incompletely evaluated", CueKind::kDoubtsBefore},
    {"not evaluated", CueKind::kDoubtsBefore},
    {"not well evaluated", CueKind::kDoubtsBefore},
    {"not well visualized", CueKind::kDoubtsBefore},
    {"not clearly seen", CueKind::kDoubtsBefore},
    {"not clearly visualized", CueKind::kDoubtsBefore},
    {"not appreciated", CueKind::kDoubtsBefore},
    {"cannot be evaluated", CueKind::kDoubtsBefore},
    {"obscured", CueKind::kDoubtsBeside},
    {"obscures", CueKind::kDoubtsNext},
    {"obscuring", CueKind::kDoubtsNext},

    // A versus B.
    {"versus", CueKind::kVersus},

    // Of the heart, the mediastinum and interstitial markings.
    {"normal", CueKind::kNormal},
    {"unremarkable", CueKind::kNormal},
    {"stable", CueKind::kStable},
    {"unchanged", CueKind::kStable},
    {"similar", CueKind::kStable},
    {"not changed", CueKind::kStable},
    {"no change", CueKind::kStable},
    {"no changes", CueKind::kStable},
};

}  // namespace cxr

#endif  // CXR_TEXT_CUE_PHRASES_H_
