// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_CUE_PHRASES_H_
#define CXR_TEXT_CUE_PHRASES_H_

#include "absl/strings/string_view.h"

// Words that negate or doubt a finding. Which words count is taken from the
// patterns of stanfordmlgroup/chexpert-labeler (negation, pre_negation_
// uncertainty, post_negation_uncertainty; MIT licence, cxr/text/NOTICE), which
// match grammatical trees; here they act on what stands before or behind them.

namespace cxr {

enum class CueKind {
  kNegates,        // All that follows: "no a, b or c".
  kNegatesNext,    // What follows up to "and" or a comma: "removal of a".
  kNegatesBefore,  // What precedes.
  kNegatesBeside,  // What precedes or, as an adjective, follows.
  kMayNegate,      // Doubt that outdoes a negation, of what follows.
  kMayNegateBefore,
  kDoubts,        // All that follows: "may reflect a and b".
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
    {"non", CueKind::kNegates},
    {"without", CueKind::kNegates},
    {"does not", CueKind::kNegates},
    {"do not", CueKind::kNegates},
    {"did not", CueKind::kNegates},
    {"neither", CueKind::kNegates},
    {"nor", CueKind::kNegates},
    {"never", CueKind::kNegates},
    {"negative for", CueKind::kNegates},
    {"free of", CueKind::kNegates},
    {"free from", CueKind::kNegates},
    {"clear of", CueKind::kNegates},
    {"clearing of", CueKind::kNegates},
    {"absence of", CueKind::kNegates},
    {"lack of", CueKind::kNegates},
    {"lacks", CueKind::kNegates},
    {"history of", CueKind::kNegatesNext},
    {"disappearance of", CueKind::kNegatesNext},
    {"resolution of", CueKind::kNegatesNext},
    {"drainage of", CueKind::kNegatesNext},
    {"removal of", CueKind::kNegatesNext},
    {"rule out", CueKind::kNegates},
    {"rules out", CueKind::kNegates},
    {"exclude", CueKind::kNegates},
    {"excludes", CueKind::kNegates},
    {"excluding", CueKind::kNegates},
    {"rather than", CueKind::kNegatesNext},
    {"instead of", CueKind::kNegatesNext},
    {"nothing to suggest", CueKind::kNegates},
    {"fails to demonstrate", CueKind::kNegates},
    {"fails to show", CueKind::kNegates},

    // A is absent, has resolved.
    {"absent", CueKind::kNegatesBeside},
    {"resolved", CueKind::kNegatesBeside},
    {"cleared", CueKind::kNegatesBeside},
    {"removed", CueKind::kNegatesBeside},
    {"disappeared", CueKind::kNegatesBefore},
    {"ruled out", CueKind::kNegatesBefore},
    {"excluded", CueKind::kNegatesBefore},
    {"no longer", CueKind::kNegatesBeside},
    {"not seen", CueKind::kNegatesBefore},
    {"not present", CueKind::kNegatesBefore},
    {"not identified", CueKind::kNegatesBefore},
    {"not demonstrated", CueKind::kNegatesBefore},
    {"not evident", CueKind::kNegatesBefore},
    {"not detected", CueKind::kNegatesBefore},
    {"not noted", CueKind::kNegatesBefore},
    {"not apparent", CueKind::kNegatesBefore},
    {"not visualized", CueKind::kNegatesBefore},
    {"not visible", CueKind::kNegatesBefore},
    {"not observed", CueKind::kNegatesBefore},
    {"not found", CueKind::kNegatesBefore},
    {"none", CueKind::kNegatesBefore},
    {"with interval resolution", CueKind::kNegatesBefore},
    {"previously demonstrated", CueKind::kNegatesBefore},
    {"previously visualized", CueKind::kNegatesBefore},

    // Cannot exclude A, no new A.
    {"cannot exclude", CueKind::kMayNegate},
    {"not exclude", CueKind::kMayNegate},
    {"does not exclude", CueKind::kMayNegate},
    {"do not exclude", CueKind::kMayNegate},
    {"did not exclude", CueKind::kMayNegate},
    {"cannot be used to exclude", CueKind::kMayNegate},
    {"difficult to exclude", CueKind::kMayNegate},
    {"unable to exclude", CueKind::kMayNegate},
    {"cannot rule out", CueKind::kMayNegate},
    {"not rule out", CueKind::kMayNegate},
    {"difficult to rule out", CueKind::kMayNegate},
    {"unable to rule out", CueKind::kMayNegate},
    {"no evidence to rule out", CueKind::kMayNegate},
    {"no new", CueKind::kMayNegate},
    {"without new", CueKind::kMayNegate},
    {"cannot be excluded", CueKind::kMayNegateBefore},
    {"cannot be ruled out", CueKind::kMayNegateBefore},
    {"not excluded", CueKind::kMayNegateBefore},
    {"not be excluded", CueKind::kMayNegateBefore},
    {"not ruled out", CueKind::kMayNegateBefore},
    {"not be ruled out", CueKind::kMayNegateBefore},

    // May be A, suspicious for A.
    {"may", CueKind::kDoubts},
    {"might", CueKind::kDoubts},
    {"could", CueKind::kDoubts},
    {"would", CueKind::kDoubts},
    {"maybe", CueKind::kDoubts},
    {"can represent", CueKind::kDoubts},
    {"can reflect", CueKind::kDoubts},
    {"can be seen with", CueKind::kDoubts},
    {"suggest", CueKind::kDoubts},
    {"suggests", CueKind::kDoubts},
    {"suggesting", CueKind::kDoubts},
    {"suggestive of", CueKind::kDoubts},
    {"suggestion of", CueKind::kDoubts},
    {"suspicious for", CueKind::kDoubts},
    {"suspicion for", CueKind::kDoubts},
    {"suspicion of", CueKind::kDoubts},
    {"worrisome for", CueKind::kDoubts},
    {"concern for", CueKind::kDoubts},
    {"concerning for", CueKind::kDoubts},
    {"concern of", CueKind::kDoubts},
    {"question of", CueKind::kDoubts},
    {"possibility of", CueKind::kDoubts},
    {"favor", CueKind::kDoubts},
    {"favors", CueKind::kDoubts},
    {"favoring", CueKind::kDoubts},
    {"consider", CueKind::kDoubts},
    {"suspect", CueKind::kDoubts},
    {"question", CueKind::kDoubts},
    {"differential diagnosis includes", CueKind::kDoubts},
    {"differential includes", CueKind::kDoubts},
    {"differential considerations include", CueKind::kDoubts},
    {"correlate for", CueKind::kDoubts},
    {"correlate clinically for", CueKind::kDoubts},
    {"correlation for", CueKind::kDoubts},
    {"evaluate for", CueKind::kDoubts},
    {"evaluation for", CueKind::kDoubts},
    {"assess for", CueKind::kDoubts},
    {"possible", CueKind::kDoubtsBeside},
    {"possibly", CueKind::kDoubtsNext},
    {"presumably", CueKind::kDoubtsNext},
    {"presumed", CueKind::kDoubtsNext},
    {"probable", CueKind::kDoubtsNext},
    {"probably", CueKind::kDoubtsNext},
    {"perhaps", CueKind::kDoubtsNext},
    {"potential", CueKind::kDoubtsNext},
    {"potentially", CueKind::kDoubtsNext},
    {"equivocal", CueKind::kDoubtsBeside},
    {"questionable", CueKind::kDoubtsBeside},
    {"suspected", CueKind::kDoubtsBeside},
    {"suspicious", CueKind::kDoubtsNext},
    {"borderline", CueKind::kDoubtsBeside},
    {"if any", CueKind::kDoubtsBeside},
    {"less likely", CueKind::kDoubtsBeside},
    {"unlikely", CueKind::kDoubtsBeside},
    {"?", CueKind::kDoubtsNext},

    // A is suspected, may be present.
    {"may be present", CueKind::kDoubtsBefore},
    {"might be present", CueKind::kDoubtsBefore},
    {"could be present", CueKind::kDoubtsBefore},
    {"can be present", CueKind::kDoubtsBefore},
    {"possibly be present", CueKind::kDoubtsBefore},
    {"possibly present", CueKind::kDoubtsBefore},
    {"may be considered", CueKind::kDoubtsBefore},
    {"could be considered", CueKind::kDoubtsBefore},
    {"should be considered", CueKind::kDoubtsBefore},
    {"is considered", CueKind::kDoubtsBefore},
    {"may have this appearance", CueKind::kDoubtsBefore},
    {"might have this appearance", CueKind::kDoubtsBefore},
    {"could have this appearance", CueKind::kDoubtsBefore},
    {"could appear similar", CueKind::kDoubtsBefore},
    {"is favored", CueKind::kDoubtsBefore},
    {"are favored", CueKind::kDoubtsBefore},
    {"questioned", CueKind::kDoubtsBefore},
    {"a consideration", CueKind::kDoubtsBefore},
    {"a possibility", CueKind::kDoubtsBefore},
    {"in the differential", CueKind::kDoubtsBefore},
    {"poorly evaluated", CueKind::kDoubtsBefore},
    {"poorly visualized", CueKind::kDoubtsBefore},
    {"poorly seen", CueKind::kDoubtsBefore},
    {"incompletely evaluated", CueKind::kDoubtsBefore},
    {"not evaluated", CueKind::kDoubtsBefore},
    {"not well evaluated", CueKind::kDoubtsBefore},
    {"not well visualized", CueKind::kDoubtsBefore},
    {"not well seen", CueKind::kDoubtsBefore},
    {"not well assessed", CueKind::kDoubtsBefore},
    {"not clearly seen", CueKind::kDoubtsBefore},
    {"not clearly visualized", CueKind::kDoubtsBefore},
    {"not appreciated", CueKind::kDoubtsBefore},
    {"difficult to assess", CueKind::kDoubtsBefore},
    {"difficult to evaluate", CueKind::kDoubtsBefore},
    {"cannot be assessed", CueKind::kDoubtsBefore},
    {"cannot be evaluated", CueKind::kDoubtsBefore},
    {"obscured", CueKind::kDoubtsBeside},
    {"obscures", CueKind::kDoubtsNext},
    {"obscuring", CueKind::kDoubtsNext},

    {"versus", CueKind::kVersus},
    {"vs", CueKind::kVersus},
    {"v", CueKind::kVersus},

    // Of the heart, the mediastinum and interstitial markings.
    {"normal", CueKind::kNormal},
    {"unremarkable", CueKind::kNormal},
    {"top-normal", CueKind::kNormal},
    {"normal-sized", CueKind::kNormal},
    {"stable", CueKind::kStable},
    {"unchanged", CueKind::kStable},
    {"similar", CueKind::kStable},
    {"not changed", CueKind::kStable},
    {"no change", CueKind::kStable},
    {"no changes", CueKind::kStable},
    {"without change", CueKind::kStable},
    {"enlarged", CueKind::kLarge},
    {"enlargement", CueKind::kLarge},
    {"large", CueKind::kLarge},
    {"larger", CueKind::kLarge},
    {"widened", CueKind::kLarge},
    {"widening", CueKind::kLarge},
    {"wide", CueKind::kLarge},
    {"prominent", CueKind::kLarge},
    {"prominence", CueKind::kLarge},
    {"dilated", CueKind::kLarge},
    {"dilation", CueKind::kLarge},
    {"increased", CueKind::kLarge},
    {"coarsened", CueKind::kLarge},
    {"coarse", CueKind::kLarge},
    {"abnormal", CueKind::kLarge},

    // Still there.
    {"not resolved", CueKind::kNothing},
    {"not yet resolved", CueKind::kNothing},
    {"not cleared", CueKind::kNothing},
    {"not removed", CueKind::kNothing},
    {"partially resolved", CueKind::kNothing},
    {"incompletely resolved", CueKind::kNothing},
    {"nearly resolved", CueKind::kNothing},
    {"partially cleared", CueKind::kNothing},
    {"partial resolution of", CueKind::kNothing},
    {"incomplete resolution of", CueKind::kNothing},
    {"partial clearing of", CueKind::kNothing},
    {"no increase", CueKind::kNothing},
    {"no decrease", CueKind::kNothing},
    {"no improvement", CueKind::kNothing},
    {"no worsening", CueKind::kNothing},
    {"no progression", CueKind::kNothing},
    {"not increased", CueKind::kNothing},
    {"not decreased", CueKind::kNothing},
    {"not improved", CueKind::kNothing},
    {"not only", CueKind::kNothing},
    {"no doubt", CueKind::kNothing},

    {"but", CueKind::kContrast},
    {"however", CueKind::kContrast},
    {"although", CueKind::kContrast},
    {"though", CueKind::kContrast},
    {"while", CueKind::kContrast},
    {"whereas", CueKind::kContrast},
    {"yet", CueKind::kContrast},
    {"except", CueKind::kContrast},
    {"other than", CueKind::kContrast},
    {"aside from", CueKind::kContrast},
    {"apart from", CueKind::kContrast},
    {"which", CueKind::kContrast},
    {"because", CueKind::kContrast},
};

}  // namespace cxr

#endif  // CXR_TEXT_CUE_PHRASES_H_
