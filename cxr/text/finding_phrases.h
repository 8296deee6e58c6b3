// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_FINDING_PHRASES_H_
#define CXR_TEXT_FINDING_PHRASES_H_

#include "absl/strings/string_view.h"
#include "cxr/text/finding_label.h"

// Words by which reports mention findings: those of phrases/mention and
// phrases/unmention (earlier mention_phrases, unmention_phrases) of
// stanfordmlgroup/chexpert-labeler, Copyright (c) 2018 Stanford Machine
// Learning Group, MIT licence (cxr/text/NOTICE), and, marked as ours, a few
// more.
//
// A phrase counts wherever it stands, in the middle of words, too; "_" at an
// end of one is the end of a word.

namespace cxr {

enum class PhraseKind {
  kFinding,
  // The heart or the mediastinum as such: normal is negative, stable says
  // neither.
  kShape,
  // What everybody has: normal is negative.
  kMarking,
  // Its bare mention is uncertain.
  kDoubtful,
};

struct FindingPhrase {
  absl::string_view text;
  FindingLabel label;
  PhraseKind kind = PhraseKind::kFinding;
};

inline constexpr FindingPhrase kMentionPhrases[] = {
    {"_mediastinum", FindingLabel::kEnlargedCardiomediastinum,
     PhraseKind::kShape},
    {"cardiomediastinum", FindingLabel::kEnlargedCardiomediastinum,
     PhraseKind::kShape},
    {"contour", FindingLabel::kEnlargedCardiomediastinum, PhraseKind::kShape},
    {"mediastinal configuration", FindingLabel::kEnlargedCardiomediastinum,
     PhraseKind::kShape},
    {"mediastinal silhouette", FindingLabel::kEnlargedCardiomediastinum,
     PhraseKind::kShape},
    {"pericardial silhouette", FindingLabel::kEnlargedCardiomediastinum,
     PhraseKind::kShape},
    {"cardiac silhouette and vascularity",
     FindingLabel::kEnlargedCardiomediastinum, PhraseKind::kShape},

    {"cardiomegaly", FindingLabel::kCardiomegaly},
    {"the heart", FindingLabel::kCardiomegaly, PhraseKind::kShape},
    {"heart size", FindingLabel::kCardiomegaly, PhraseKind::kShape},
    {"cardiac enlargement", FindingLabel::kCardiomegaly},
    {"cardiac size", FindingLabel::kCardiomegaly, PhraseKind::kShape},
    {"cardiac shadow", FindingLabel::kCardiomegaly, PhraseKind::kShape},
    {"cardiac contour", FindingLabel::kCardiomegaly, PhraseKind::kShape},
    {"cardiac silhouette", FindingLabel::kCardiomegaly, PhraseKind::kShape},
    {"enlarged heart", FindingLabel::kCardiomegaly},
    // Ours: the heart without its article.
    {"_heart is_", FindingLabel::kCardiomegaly, PhraseKind::kShape},
    {"_heart appears_", FindingLabel::kCardiomegaly, PhraseKind::kShape},
    {"_heart remains_", FindingLabel::kCardiomegaly, PhraseKind::kShape},

    {"opaci", FindingLabel::kLungOpacity},
    {"decreased translucency", FindingLabel::kLungOpacity},
    {"increased density", FindingLabel::kLungOpacity},
    {"airspace disease", FindingLabel::kLungOpacity},
    {"air-space disease", FindingLabel::kLungOpacity},
    {"air space disease", FindingLabel::kLungOpacity},
    {"infiltrate", FindingLabel::kLungOpacity},
    {"infiltration", FindingLabel::kLungOpacity},
    {"interstitial marking", FindingLabel::kLungOpacity, PhraseKind::kMarking},
    {"interstitial pattern", FindingLabel::kLungOpacity},
    {"interstitial lung", FindingLabel::kLungOpacity},
    {"reticular pattern", FindingLabel::kLungOpacity},
    {"reticular marking", FindingLabel::kLungOpacity},
    {"reticulation", FindingLabel::kLungOpacity},
    {"parenchymal scarring", FindingLabel::kLungOpacity},
    {"peribronchial thickening", FindingLabel::kLungOpacity},
    {"wall thickening", FindingLabel::kLungOpacity},
    {"scar", FindingLabel::kLungOpacity},

    {"mass", FindingLabel::kLungLesion},
    {"nodular density", FindingLabel::kLungLesion},
    {"nodular densities", FindingLabel::kLungLesion},
    {"nodular opacity", FindingLabel::kLungLesion},
    {"nodular opacities", FindingLabel::kLungLesion},
    {"nodular opacification", FindingLabel::kLungLesion},
    {"nodule", FindingLabel::kLungLesion},
    {"lump", FindingLabel::kLungLesion},
    {"cavitary lesion", FindingLabel::kLungLesion},
    {"carcinoma", FindingLabel::kLungLesion},
    {"neoplasm", FindingLabel::kLungLesion},
    {"tumor", FindingLabel::kLungLesion},

    {"edema", FindingLabel::kEdema},
    {"heart failure", FindingLabel::kEdema},
    {"chf", FindingLabel::kEdema},
    {"vascular congestion", FindingLabel::kEdema, PhraseKind::kDoubtful},
    {"pulmonary congestion", FindingLabel::kEdema, PhraseKind::kDoubtful},
    {"indistinctness", FindingLabel::kEdema, PhraseKind::kDoubtful},
    {"vascular prominence", FindingLabel::kEdema, PhraseKind::kDoubtful},

    {"consolidat", FindingLabel::kConsolidation},

    {"pneumonia", FindingLabel::kPneumonia},
    {"infection", FindingLabel::kPneumonia},
    {"infectious process", FindingLabel::kPneumonia},
    {"infectious", FindingLabel::kPneumonia},

    {"atelecta", FindingLabel::kAtelectasis},
    {"collapse", FindingLabel::kAtelectasis},

    {"pneumothorax", FindingLabel::kPneumothorax},
    {"pneumothoraces", FindingLabel::kPneumothorax},

    {"pleural fluid", FindingLabel::kPleuralEffusion},
    {"effusion", FindingLabel::kPleuralEffusion},

    {"pleural thickening", FindingLabel::kPleuralOther},
    {"fibrosis", FindingLabel::kPleuralOther},
    {"fibrothorax", FindingLabel::kPleuralOther},
    {"pleural scar", FindingLabel::kPleuralOther},
    {"pleural parenchymal scar", FindingLabel::kPleuralOther},
    {"pleuro-parenchymal scar", FindingLabel::kPleuralOther},
    {"pleuro-pericardial scar", FindingLabel::kPleuralOther},

    {"fracture", FindingLabel::kFracture},

    {"pacer", FindingLabel::kSupportDevices},
    {"_line_", FindingLabel::kSupportDevices},
    {"lines", FindingLabel::kSupportDevices},
    {"picc", FindingLabel::kSupportDevices},
    {"tube", FindingLabel::kSupportDevices},
    {"valve", FindingLabel::kSupportDevices},
    {"catheter", FindingLabel::kSupportDevices},
    {"pacemaker", FindingLabel::kSupportDevices},
    {"hardware", FindingLabel::kSupportDevices},
    {"arthroplast", FindingLabel::kSupportDevices},
    {"marker", FindingLabel::kSupportDevices},
    {"icd", FindingLabel::kSupportDevices},
    {"defib", FindingLabel::kSupportDevices},
    {"device", FindingLabel::kSupportDevices},
    {"drain_", FindingLabel::kSupportDevices},
    {"plate", FindingLabel::kSupportDevices},
    {"screw", FindingLabel::kSupportDevices},
    {"cannula", FindingLabel::kSupportDevices},
    {"apparatus", FindingLabel::kSupportDevices},
    {"coil", FindingLabel::kSupportDevices},
    {"support", FindingLabel::kSupportDevices},
    {"equipment", FindingLabel::kSupportDevices},
    {"mediport", FindingLabel::kSupportDevices},
};

// What has no label of its own but, unless negated, rules "No Finding" out.
inline constexpr absl::string_view kOtherFindings[] = {
    "emphysema",
    "blunt",
    "density",
    "elevation",
    "eventration",
    "scoliosis",
    "degenera",
    "calcifi",
    "hyperinflation",
    "bronchospasm",
    "asthma",
    "hernia",
    "copd",
    "interstitial markings",
    "plaque",
    "osteophytosis",
    "aortic disease",
    "bronchiolitis",
    "airways disease",
    "thickening",
    "cephalization",
    "aspiration",
    "bullae",
    "hyperinflat",
    "contusion",
    "atherosclero",
    "osteopenia",
    "metastasis",
    "granuloma",
    "pneumomediastinum",
    "pneumoperitoneum",
    "osteodystrophy",
    "cuffing",
    "irregular lucency",
    "inflam",
    "fissure",
    "hypertension",
    "prominen",
    "kyphosis",
    "defib",
    "hyperexpansion",
    "bullet",
    "reticula",
    "thoracentesis",
    "bronchitis",
    "volume loss",
    "deformity",
    "hemorrhage",
    "hematoma",
    "radiopaque",
    "aerophagia",
    "arthropathy",
    "tracheostomy",
};

// A mention that overlaps one of these of its label is none.
inline constexpr FindingPhrase kUnmentionPhrases[] = {
    {"pleural scar", FindingLabel::kLungOpacity},
    {"calcified nodul", FindingLabel::kLungLesion},
    {"massive", FindingLabel::kLungLesion},
    {"massengale", FindingLabel::kLungLesion},
    {"pericardial effusion", FindingLabel::kPleuralEffusion},
    // Ours: other words that hold a phrase.
    {"lumpectomy", FindingLabel::kLungLesion},
    {"clump", FindingLabel::kLungLesion},
    {"plump", FindingLabel::kLungLesion},
    {"tubercul", FindingLabel::kSupportDevices},
    {"tuberosit", FindingLabel::kSupportDevices},
    {"plate-like", FindingLabel::kSupportDevices},
    {"platelike", FindingLabel::kSupportDevices},
    {"plate like", FindingLabel::kSupportDevices},
    {"recoil", FindingLabel::kSupportDevices},
    {"outlines", FindingLabel::kSupportDevices},
    {"midlines", FindingLabel::kSupportDevices},
    {"kerley lines", FindingLabel::kSupportDevices},
    {"kerley b lines", FindingLabel::kSupportDevices},
    {"septal lines", FindingLabel::kSupportDevices},
};

// Neither is a shape behind "over the", "in the left", ...: a place.
inline constexpr absl::string_view kPlaceWords[] = {"over the", "overly the",
                                                    "in the"};
inline constexpr absl::string_view kPlaceSides[] = {"", " superior", " left",
                                                    " right"};

}  // namespace cxr

#endif  // CXR_TEXT_FINDING_PHRASES_H_
