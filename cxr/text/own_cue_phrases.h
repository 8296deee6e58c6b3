// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_OWN_CUE_PHRASES_H_
#define CXR_TEXT_OWN_CUE_PHRASES_H_

#include "cxr/text/cue_phrases.h"

// Cues that the patterns of the CheXpert labeler lack and reports use: ours.

namespace cxr {

// As kCuePhrases.
inline constexpr CuePhrase kOwnCuePhrases[] = {
    // No A, without evidence of A.
    {"non", CueKind::kNegates},
    {"does not", CueKind::kNegates},
    {"do not", CueKind::kNegates},
    {"did not", CueKind::kNegates},
    {"neither", CueKind::kNegates},
    {"nor", CueKind::kNegates},
    {"never", CueKind::kNegates},
    {"free from", CueKind::kNegates},
    {"absence of", CueKind::kNegates},
    {"lack of", CueKind::kNegates},
    {"lacks", CueKind::kNegates},
    {"instead of", CueKind::kNegatesNext},
    {"nothing to suggest", CueKind::kNegates},
    {"fails to demonstrate", CueKind::kNegates},
    {"fails to show", CueKind::kNegates},

    // A is absent, has resolved.
    {"disappeared", CueKind::kNegatesBefore},
    {"ruled out", CueKind::kNegatesBefore},
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

    // Cannot exclude A, no new A.
    {"cannot be used to exclude", CueKind::kMayNegate},
    {"difficult to exclude", CueKind::kMayNegate},
    {"unable to exclude", CueKind::kMayNegate},
    {"not rule out", CueKind::kMayNegate},
    {"difficult to rule out", CueKind::kMayNegate},
    {"unable to rule out", CueKind::kMayNegate},
    {"without new", CueKind::kMayNegate},
    {"cannot be ruled out", CueKind::kMayNegateBefore},
    {"not ruled out", CueKind::kMayNegateBefore},
    {"not be ruled out", CueKind::kMayNegateBefore},

    // May be A, suspicious for A.
    {"can be seen with", CueKind::kDoubts},
    {"suggest", CueKind::kDoubts},
    {"suggests", CueKind::kDoubts},
    {"suggesting", CueKind::kDoubts},
    {"suggestive of", CueKind::kDoubts},
    {"suspicion of", CueKind::kDoubts},
    {"concern of", CueKind::kDoubts},
    {"possibility of", CueKind::kDoubts},
    {"differential includes", CueKind::kDoubts},
    {"differential considerations include", CueKind::kDoubts},
    {"correlate for", CueKind::kDoubts},
    {"evaluate for", CueKind::kDoubts},
    {"evaluation for", CueKind::kDoubts},
    {"assess for", CueKind::kDoubts},
    {"presumed", CueKind::kDoubtsNext},
    {"probably", CueKind::kDoubtsNext},
    {"perhaps", CueKind::kDoubtsNext},
    {"potential", CueKind::kDoubtsNext},
    {"potentially", CueKind::kDoubtsNext},
    {"equivocal", CueKind::kDoubtsBeside},
    {"borderline", CueKind::kDoubtsBeside},
    {"if any", CueKind::kDoubtsBeside},
    {"unlikely", CueKind::kDoubtsBeside},
    {"?", CueKind::kDoubtsNext},

    // A is suspected, may be present.
    {"may be considered", CueKind::kDoubtsBefore},
    {"could be considered", CueKind::kDoubtsBefore},
    {"should be considered", CueKind::kDoubtsBefore},
    {"is considered", CueKind::kDoubtsBefore},
    {"is favored", CueKind::kDoubtsBefore},
    {"are favored", CueKind::kDoubtsBefore},
    {"questioned", CueKind::kDoubtsBefore},
    {"a consideration", CueKind::kDoubtsBefore},
    {"a possibility", CueKind::kDoubtsBefore},
    {"in the differential", CueKind::kDoubtsBefore},
    {"poorly visualized", CueKind::kDoubtsBefore},
    {"poorly seen", CueKind::kDoubtsBefore},
    {"not well seen", CueKind::kDoubtsBefore},
    {"not well assessed", CueKind::kDoubtsBefore},
    {"difficult to assess", CueKind::kDoubtsBefore},
    {"difficult to evaluate", CueKind::kDoubtsBefore},
    {"cannot be assessed", CueKind::kDoubtsBefore},

    // A versus B.
    {"vs", CueKind::kVersus},
    {"v", CueKind::kVersus},

    // Of the heart, the mediastinum and interstitial markings.
    {"top-normal", CueKind::kNormal},
    {"normal-sized", CueKind::kNormal},
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

    // Clauses of their own.
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

#endif  // CXR_TEXT_OWN_CUE_PHRASES_H_
