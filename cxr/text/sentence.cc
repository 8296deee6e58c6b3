// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/sentence.h"

#include <algorithm>

#include "cxr/base/check.h"
#include "cxr/text/clause_words.h"

namespace cxr {

Sentence::Sentence(const std::vector<Word>& words, const std::vector<Cue>& cues,
                   const std::vector<FoundPhrase>& phrases)
    : words_(words),
      cues_(cues),
      phrases_(phrases),
      cue_at_(words.size(), nullptr),
      in_phrase_(words.size(), 0),
      is_verb_(words.size(), 0),
      clause_(words.size(), 0),
      or_follows_(words.size(), 0),
      next_phrase_(words.size() + 1, size()),
      last_phrase_(words.size(), -1),
      last_verb_(words.size(), -1) {
  for (const Cue& cue : cues_) {
    std::fill(cue_at_.begin() + cue.begin, cue_at_.begin() + cue.end, &cue);
  }
  for (const FoundPhrase& phrase : phrases_) {
    const WordRange range = WordsIn(phrase);
    std::fill(in_phrase_.begin() + range.first, in_phrase_.begin() + range.last,
              1);
  }
  for (int i = 0; i < size(); ++i) {
    is_verb_[i] = !InPhrase(i) && IsOneOf(word(i), kVerbs);
  }
  CutIntoClauses();
  LookAhead();
  LookBack();
}

void Sentence::LookAhead() {
  for (int i = size() - 1; i >= 0; --i) {
    const bool same = i + 1 < size() && clause_[i + 1] == clause_[i];
    or_follows_[i] = !IsOneOf(word(i), kReachEnds) &&
                     (IsOr(i) || (same && or_follows_[i + 1] != 0));
    next_phrase_[i] = InPhrase(i) ? i : next_phrase_[i + 1];
  }
}

void Sentence::LookBack() {
  for (int i = 0; i < size(); ++i) {
    last_phrase_[i] = InPhrase(i) ? i : LastPhrase(i - 1);
    last_verb_[i] = IsVerb(i) ? i : i > 0 ? last_verb_[i - 1] : -1;
  }
}

WordRange Sentence::WordsIn(const FoundPhrase& phrase) const {
  const auto first = std::partition_point(
      words_.begin(), words_.end(),
      [&](const Word& word) { return word.span.end <= phrase.span.begin; });
  const auto last = std::partition_point(
      first, words_.end(),
      [&](const Word& word) { return word.span.begin < phrase.span.end; });
  CXR_CHECK(first != last) << "a phrase outside its sentence";
  return {static_cast<int>(first - words_.begin()),
          static_cast<int>(last - words_.begin())};
}

void Sentence::CutIntoClauses() {
  int clause = 0;
  bool has_verb = false;
  int separator = -1;  // The last behind the clause's last verb.
  for (int i = 0; i < size(); ++i) {
    const Cue* const cue = cue_at_[i];
    const bool contrasts =
        cue != nullptr && cue->kind == CueKind::kContrast && cue->begin == i;
    if (contrasts || word(i) == ";") {
      ++clause;
      has_verb = false;
      separator = -1;
    } else if (IsAnd(i)) {
      // Of ", and" the comma.
      separator = separator >= 0 && separator == i - 1 ? separator : i;
    } else if (IsVerb(i)) {
      if (has_verb && separator >= 0) {
        ++clause;
        std::fill(clause_.begin() + separator, clause_.begin() + i, clause);
      }
      has_verb = true;
      separator = -1;
    }
    clause_[i] = clause;
  }
}

}  // namespace cxr
