// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_SENTENCE_H_
#define CXR_TEXT_SENTENCE_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/text/cue_finder.h"
#include "cxr/text/phrase_finder.h"

// A sentence as its cues see it: which words are findings, cues, verbs, and
// where clauses begin.

namespace cxr {

// Words [first, last).
struct WordRange {
  int first = 0;
  int last = 0;

  friend bool operator==(const WordRange&, const WordRange&) = default;
};

// A new clause begins at "but", "which", ";" and the like, and at the "and" or
// "," behind a verb behind which another verb follows: "a is seen, b and c |
// and d is seen".
class Sentence {
 public:
  // What is given must outlive the object. All phrases must lie in `words`.
  Sentence(const std::vector<Word>& words, const std::vector<Cue>& cues,
           const std::vector<FoundPhrase>& phrases);

  int size() const { return static_cast<int>(words_.size()); }
  const std::vector<Cue>& cues() const { return cues_; }
  const std::vector<FoundPhrase>& phrases() const { return phrases_; }

  // Empty before the first and behind the last.
  absl::string_view word(int i) const {
    return i >= 0 && i < size() ? words_[i].text : absl::string_view();
  }
  // "and" or a comma.
  bool IsAnd(int i) const { return word(i) == "and" || word(i) == ","; }
  bool IsOr(int i) const { return word(i) == "or" || word(i) == "nor"; }
  bool IsVerb(int i) const { return i >= 0 && i < size() && is_verb_[i] != 0; }
  bool InPhrase(int i) const {
    return i >= 0 && i < size() && in_phrase_[i] != 0;
  }
  // The cue that the word is part of; null if there is none.
  const Cue* CueAt(int i) const { return i < size() ? cue_at_[i] : nullptr; }

  int Clause(int i) const { return clause_[i]; }
  // Whether word `i`, which need not be one, lies in the clause of `cue`.
  bool InClauseOf(const Cue& cue, int i) const {
    return i >= 0 && i < size() && clause_[i] == clause_[cue.begin];
  }
  // Whether any phrase lies behind, before the cue in its clause.
  bool AnyPhraseBehind(const Cue& cue) const {
    return InClauseOf(cue, next_phrase_[cue.end]);
  }
  bool AnyPhraseBefore(const Cue& cue) const {
    return InClauseOf(cue, LastPhrase(cue.begin - 1));
  }
  // Whether a verb of the clause of `cue` stands at `i` or before.
  bool VerbBefore(const Cue& cue, int i) const {
    return InClauseOf(cue, i) && InClauseOf(cue, last_verb_[i]);
  }
  // Whether "or" follows in the list that goes on at `i`, in that clause.
  bool OrFollows(const Cue& cue, int i) const {
    return InClauseOf(cue, i) && or_follows_[i] != 0;
  }
  // The last word of a phrase at `i` or before; -1 if there is none.
  int LastPhrase(int i) const { return i < 0 ? -1 : last_phrase_[i]; }

  WordRange WordsIn(const FoundPhrase& phrase) const;

 private:
  void CutIntoClauses();
  void LookAhead();
  void LookBack();

  const std::vector<Word>& words_;
  const std::vector<Cue>& cues_;
  const std::vector<FoundPhrase>& phrases_;
  std::vector<const Cue*> cue_at_;
  std::vector<char> in_phrase_;
  std::vector<char> is_verb_;
  std::vector<int> clause_;
  // Answers found beforehand: cues ask at each word that they reach.
  std::vector<char> or_follows_;
  std::vector<int> next_phrase_;  // size() where there is none.
  std::vector<int> last_phrase_;
  std::vector<int> last_verb_;
};

}  // namespace cxr

#endif  // CXR_TEXT_SENTENCE_H_
