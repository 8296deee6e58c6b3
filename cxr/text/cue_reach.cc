// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/cue_reach.h"

#include "cxr/base/check.h"
#include "cxr/text/clause_words.h"

namespace cxr {
namespace {

enum class Direction { kNone, kForward, kForwardNarrow, kBackward, kBoth };

bool IsDoubt(const Cue& cue) {
  return cue.kind != CueKind::kNegatesBefore &&
         cue.kind != CueKind::kNegatesBeside && cue.kind != CueKind::kNegates;
}

// The last word before the cue that is no filler; -1 if there is none.
int WordBefore(const Sentence& sentence, const Cue& cue) {
  int before = cue.begin - 1;
  while (before >= 0 && IsOneOf(sentence.word(before), kFillers)) {
    --before;
  }
  return before;
}

// "a has resolved" and "a resolved" speak of a; "resolved a", "with resolved
// a", "there is possible a" of what follows.
Direction BesideDirection(const Sentence& sentence, const Cue& cue) {
  const int before = WordBefore(sentence, cue);
  const bool joined = sentence.InPhrase(before) || sentence.IsVerb(before);
  return !sentence.AnyPhraseBehind(cue) ||
                 (joined && sentence.AnyPhraseBefore(cue))
             ? Direction::kBackward
             : Direction::kForwardNarrow;
}

Direction DirectionOf(const Sentence& sentence, const Cue& cue) {
  const bool last = !sentence.AnyPhraseBehind(cue);
  switch (cue.kind) {
    case CueKind::kNegates:
      // "a: no"
      return last && sentence.word(cue.begin - 1) == ":" ? Direction::kBackward
                                                         : Direction::kForward;
    case CueKind::kMayNegate:
      // "a is difficult to exclude"
      return last && sentence.IsVerb(WordBefore(sentence, cue))
                 ? Direction::kBackward
                 : Direction::kForward;
    case CueKind::kDoubts:
    case CueKind::kDoubtsCause:
      return Direction::kForward;
    case CueKind::kNegatesNext:
    case CueKind::kNegatesItems:
      return Direction::kForwardNarrow;
    case CueKind::kDoubtsNext:
      // "a is probably there"
      return last && sentence.IsVerb(WordBefore(sentence, cue))
                 ? Direction::kBackward
                 : Direction::kForwardNarrow;
    case CueKind::kNegatesBefore:
    case CueKind::kMayNegateBefore:
    case CueKind::kDoubtsBefore:
      return Direction::kBackward;
    case CueKind::kNegatesBeside:
    case CueKind::kDoubtsBeside:
      return BesideDirection(sentence, cue);
    case CueKind::kVersus:
      return Direction::kBoth;
    case CueKind::kNormal:
    case CueKind::kStable:
    case CueKind::kLarge:
    case CueKind::kNothing:
    case CueKind::kContrast:
      return Direction::kNone;
  }
  CXR_CHECK(false) << "cue " << static_cast<int>(cue.kind);
  return Direction::kNone;
}

// Whether a cue that acts on what follows begins at `i`.
bool BeginsForwardCue(const Sentence& sentence, int i) {
  const Cue* const cue = sentence.CueAt(i);
  if (cue == nullptr || cue->begin != i) {
    return false;
  }
  const Direction direction = DirectionOf(sentence, *cue);
  return direction != Direction::kNone && direction != Direction::kBackward;
}

int ForwardEnd(const Sentence& sentence, const Cue& cue) {
  const bool negates = cue.kind == CueKind::kNegates;
  int i = cue.end;
  for (; sentence.InClauseOf(cue, i); ++i) {
    if (negates && IsOneOf(sentence.word(i), kReachEnds)) {
      break;
    }
    if (sentence.IsAnd(i)) {
      const int next = sentence.word(i + 1) == "and" ? i + 2 : i + 1;
      if (BeginsForwardCue(sentence, next) ||
          (IsOneOf(sentence.word(next), kAffirming) &&
           !sentence.OrFollows(cue, next))) {
        break;
      }
    }
  }
  return i;
}

// Whether the item behind the "and" or comma at `i` is a bare phrase, so that
// "removal of" goes on to it: "removal of a and left b" does not.
bool BareItemFollows(const Sentence& sentence, const Cue& cue, int i) {
  bool any = false;
  int at = sentence.word(i + 1) == "and" ? i + 2 : i + 1;
  for (; sentence.InClauseOf(cue, at) && !sentence.IsAnd(at) &&
         !IsOneOf(sentence.word(at), kReachEnds);
       ++at) {
    const absl::string_view word = sentence.word(at);
    if (sentence.InPhrase(at)) {
      any = true;
    } else if (sentence.IsVerb(at) || sentence.CueAt(at) != nullptr ||
               (!any && (IsOneOf(word, kAffirming) ||
                         IsOneOf(word, kItemPrepositions)))) {
      return false;
    }
  }
  return any;
}

int NarrowEnd(const Sentence& sentence, const Cue& cue) {
  const bool items = cue.kind == CueKind::kNegatesItems;
  int i = cue.end;
  for (; sentence.InClauseOf(cue, i) && !IsOneOf(sentence.word(i), kReachEnds);
       ++i) {
    if (sentence.IsAnd(i) && !(items && BareItemFollows(sentence, cue, i)) &&
        (sentence.word(i) == "and" || !sentence.OrFollows(cue, i))) {
      break;
    }
  }
  return i;
}

int BackwardBegin(const Sentence& sentence, const Cue& cue) {
  bool in_list = false;
  bool any = false;  // Phrases so far.
  int i = cue.begin - 1;
  for (; sentence.InClauseOf(cue, i); --i) {
    const absl::string_view word = sentence.word(i);
    if ((cue.kind == CueKind::kVersus && sentence.IsVerb(i)) ||
        (any && BeginsForwardCue(sentence, i) &&
         sentence.CueAt(i)->kind != CueKind::kDoubtsCause) ||
        (any && word == "with" && IsDoubt(cue)) ||
        (any && word == "," && !in_list) ||
        (any && word == "and" && sentence.VerbBefore(cue, i))) {
      break;
    }
    any = any || sentence.InPhrase(i);
    in_list = in_list || word == "and" || sentence.IsOr(i);
  }
  return i + 1;
}

// The finding before the clause, if the clause says nothing of its own before
// the cue; else nothing.
WordRange EarlierPhrase(const Sentence& sentence, const Cue& cue) {
  int i = cue.begin - 1;
  for (; sentence.InClauseOf(cue, i); --i) {
    if (!IsOneOf(sentence.word(i), kLinks)) {
      return {};
    }
  }
  i = sentence.LastPhrase(i);
  const int last = i + 1;
  while (sentence.InPhrase(i)) {
    --i;
  }
  return {i + 1, last};
}

}  // namespace

std::vector<WordRange> ReachOf(const Sentence& sentence, const Cue& cue) {
  switch (DirectionOf(sentence, cue)) {
    case Direction::kNone:
      return {};
    case Direction::kForward:
      return {{cue.end, ForwardEnd(sentence, cue)}};
    case Direction::kForwardNarrow:
      return {{cue.end, NarrowEnd(sentence, cue)}};
    case Direction::kBackward:
      return {{BackwardBegin(sentence, cue), cue.begin},
              EarlierPhrase(sentence, cue)};
    case Direction::kBoth:
      return {{BackwardBegin(sentence, cue), cue.begin},
              {cue.end, NarrowEnd(sentence, cue)}};
  }
  CXR_CHECK(false) << "cue " << static_cast<int>(cue.kind);
  return {};
}

}  // namespace cxr
