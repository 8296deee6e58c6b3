// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_MENTION_READING_H_
#define CXR_TEXT_MENTION_READING_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/text/finding_label.h"
#include "cxr/text/sentence.h"

// What a sentence says of each finding in it.

namespace cxr {

struct MentionReading {
  MentionState state = MentionState::kPositive;
  absl::string_view cue = {};  // What decided; empty: nothing, so positive.
};

// For each phrase of the sentence. Doubt that outdoes negation ("cannot be
// excluded", "no new") comes first, then negation, then what is said of a
// shape's size, then doubt and "a or b"; what none of them reaches is affirmed.
std::vector<MentionReading> ReadMentions(const Sentence& sentence);

}  // namespace cxr

#endif  // CXR_TEXT_MENTION_READING_H_
