// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_FINDING_RULES_H_
#define CXR_TEXT_FINDING_RULES_H_

#include <array>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/text/clean_report.h"
#include "cxr/text/cue_finder.h"
#include "cxr/text/finding_label.h"
#include "cxr/text/phrase_finder.h"

// "rules-v1": which of the 14 labels a report mentions, and as what.
//
//   const FindingRules rules;
//   const Findings findings = rules.Find("No edema. Possible pneumonia.");
//   findings.StateOf(FindingLabel::kEdema);  // MentionState::kNegative
//
// The phrases, but for a few, and how mentions of a label are put together are
// the CheXpert labeler's (Irvin et al. 2019), and so is about half of the words
// that negate and doubt (cue_phrases.h; own_cue_phrases.h has the others). How
// far such a word reaches is told by words and commas instead of a grammatical
// tree. So labels differ now and then: its numbers are not that labeler's.

namespace cxr {

struct FindingMention {
  // kNoFinding: a finding without a label of its own.
  FindingLabel label = FindingLabel::kNoFinding;
  MentionState state = MentionState::kPositive;
  TextSpan span = {};      // Its words in Findings::text.
  TextSpan sentence = {};  // Likewise; a long one's part (kMostWords).
  // The words that made it negative or uncertain, as cue_phrases.h and
  // own_cue_phrases.h have them.
  absl::string_view cue = {};
};

struct Findings {
  // By label; kBlank: not mentioned. No Finding is kPositive or kBlank.
  std::array<MentionState, kFindingLabelNames.size()> states = {};
  std::vector<FindingMention> mentions = {};  // In order.
  std::string text = {};                      // CleanReport of the report.

  MentionState StateOf(FindingLabel label) const {
    return states[static_cast<size_t>(label)];
  }
};

// May be used by several threads at once. Takes some milliseconds to make.
class FindingRules {
 public:
  // Of several mentions of a label the strongest counts: positive, uncertain,
  // negative. A heart failure that is not negated makes cardiomegaly uncertain.
  // No Finding is positive if nothing but Support Devices is positive or
  // uncertain, whatever else is mentioned; so it is of an empty text.
  Findings Find(absl::string_view report) const;

 private:
  // Adds what the words of a sentence, or of its part, say of `phrases`.
  void ReadPart(const TextSpan& part, const std::vector<Word>& words,
                const std::vector<FoundPhrase>& phrases,
                Findings* findings) const;

  PhraseFinder phrases_;
  CueFinder cues_;
};

}  // namespace cxr

#endif  // CXR_TEXT_FINDING_RULES_H_
