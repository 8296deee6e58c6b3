// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_PADCHEST_LABELS_H_
#define CXR_SYNTH_EMIT_PADCHEST_LABELS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

// What PadChest's tables call findings and places, and the lists they keep in
// cells.

namespace cxr::synth {

// The label of a finding: "pleural effusion". That of support devices of which
// none is known is "pacemaker".
absl::string_view PadchestLabel(Finding finding);

// What a report says, as the tables have it.
struct PadchestAnnotation {
  std::vector<std::string> labels = {};     // "cardiomegaly"; or "normal" alone
  std::vector<std::string> locations = {};  // "loc cardiac", each once
  // Label and locations of one sentence after the other.
  std::vector<std::vector<std::string>> sentences = {};
  // Concepts (UMLS) of labels and of locations that have one.
  std::vector<std::string> label_concepts = {};
  std::vector<std::string> location_concepts = {};
};

// Of what is affirmed or doubted; devices are those of the study.
PadchestAnnotation AnnotationOf(const Study& study, const Mentions& mentions);

// What the network that read most of the reports makes of one: each finding is
// missed with chance 0.06; with chance 0.03 there is one that is not said.
Mentions ReadByNetwork(const Mentions& mentions, RandomKey key);

// "['loc  cardiac', ' nodule']": as Python prints a list, with the needless
// spaces that stand in some items.
std::string ListCell(absl::Span<const std::string> items, RandomKey key);
// "[['nodule', 'loc right'], ['normal']]".
std::string NestedListCell(absl::Span<const std::vector<std::string>> lists,
                           RandomKey key);
// "['C0018800' 'C0032227']": as numpy prints an array.
std::string ConceptsCell(absl::Span<const std::string> concepts);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_PADCHEST_LABELS_H_
