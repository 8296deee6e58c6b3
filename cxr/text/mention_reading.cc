// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/mention_reading.h"

#include <algorithm>

#include "cxr/text/clause_words.h"
#include "cxr/text/cue_reach.h"

namespace cxr {
namespace {

// The words of the cue that reaches each word of the sentence.
using Marks = std::vector<absl::string_view>;

bool OutdoesNegation(CueKind kind) {
  return kind == CueKind::kMayNegate || kind == CueKind::kMayNegateBefore;
}

bool Negates(CueKind kind) {
  return kind == CueKind::kNegates || kind == CueKind::kNegatesNext ||
         kind == CueKind::kNegatesItems || kind == CueKind::kNegatesBefore ||
         kind == CueKind::kNegatesBeside;
}

bool IsShapeCue(const Cue* cue) {
  return cue != nullptr &&
         (cue->kind == CueKind::kNormal || cue->kind == CueKind::kStable ||
          cue->kind == CueKind::kLarge);
}

class Reader {
 public:
  explicit Reader(const Sentence& sentence)
      : sentence_(sentence),
        outdone_(sentence.size()),
        negated_(sentence.size()),
        doubted_(sentence.size()),
        shape_(sentence.size(), CueKind::kNothing) {
    for (const Cue& cue : sentence_.cues()) {
      Marks& marks = OutdoesNegation(cue.kind) ? outdone_
                     : Negates(cue.kind)       ? negated_
                                               : doubted_;
      for (const WordRange& range : ReachOf(sentence_, cue)) {
        std::fill(marks.begin() + range.first, marks.begin() + range.last,
                  cue.words);
      }
    }
    DoubtAlternatives();
    for (const Cue& cue : sentence_.cues()) {
      if (IsShapeCue(&cue)) {
        MarkShapes(cue);
      }
    }
  }

  MentionReading Read(const FoundPhrase& phrase) const {
    const int at = sentence_.WordsIn(phrase).first;
    if (!outdone_[at].empty()) {
      return {MentionState::kUncertain, outdone_[at]};
    }
    if (!negated_[at].empty()) {
      return {MentionState::kNegative, negated_[at]};
    }
    const bool shape = phrase.kind == PhraseKind::kShape;
    const bool may_be_normal = shape || phrase.kind == PhraseKind::kMarking;
    if (may_be_normal && shape_[at] == CueKind::kNormal) {
      return {MentionState::kNegative, "normal"};
    }
    if (may_be_normal && shape_[at] == CueKind::kDoubts) {
      return {MentionState::kUncertain, "possibly large"};
    }
    if (!doubted_[at].empty()) {
      return {MentionState::kUncertain, doubted_[at]};
    }
    if (shape && shape_[at] == CueKind::kStable) {
      return {MentionState::kUncertain, "stable"};
    }
    if (phrase.kind == PhraseKind::kDoubtful) {
      return {MentionState::kUncertain, "congestion"};
    }
    return {};
  }

 private:
  // "a or b", both affirmed, is "a, b or neither".
  void DoubtAlternatives() {
    for (int i = 1; i + 1 < sentence_.size(); ++i) {
      if (!sentence_.IsOr(i) || !sentence_.InPhrase(i - 1)) {
        continue;
      }
      const int second = PhraseBehindOr(i);
      if (second < 0 || !negated_[i - 1].empty() || !negated_[second].empty()) {
        continue;
      }
      for (int at = i - 1; sentence_.InPhrase(at); --at) {
        doubted_[at] = "or";
      }
      for (int at = second; sentence_.InPhrase(at); ++at) {
        doubted_[at] = "or";
      }
    }
  }

  // The phrase behind the "or" at `i`, with at most three words, adjectives,
  // between; -1 if there is none.
  int PhraseBehindOr(int i) const {
    constexpr int kAdjectives = 3;
    for (int at = i + 1; at <= i + 1 + kAdjectives; ++at) {
      if (sentence_.InPhrase(at)) {
        return at;
      }
      if (at >= sentence_.size() ||
          sentence_.Clause(at) != sentence_.Clause(i) || sentence_.IsVerb(at) ||
          sentence_.IsAnd(at)) {
        return -1;
      }
    }
    return -1;
  }

  // What a cue says of shapes; negation and doubt reach the words that say
  // large, too: "no enlargement", "possibly enlarged".
  CueKind ShapeKind(const Cue& cue) const {
    if (cue.kind != CueKind::kLarge) {
      return cue.kind;
    }
    return !negated_[cue.begin].empty()   ? CueKind::kNormal
           : !doubted_[cue.begin].empty() ? CueKind::kDoubts
                                          : CueKind::kLarge;
  }

  // The word from which `cue`, which says large, goes on to what precedes:
  // past the other size of "normal to mildly large", "stable, large".
  int BeginBackward(const Cue& cue) const {
    const auto in_clause = [this, &cue](int i) {
      return sentence_.InClauseOf(cue, i);
    };
    bool joined = false;
    bool to = false;
    int i = cue.begin - 1;
    for (; in_clause(i) && (IsOneOf(sentence_.word(i), kSizeJoints) ||
                            IsOneOf(sentence_.word(i), kDegrees));
         --i) {
      joined = joined || IsOneOf(sentence_.word(i), kSizeJoints);
      to = to || sentence_.word(i) == "to";
    }
    const Cue* const other = in_clause(i) ? sentence_.CueAt(i) : nullptr;
    const bool said_of_it = to || !in_clause(cue.end) ||
                            IsOneOf(sentence_.word(cue.end), kSizeEnds);
    return joined && said_of_it && other != nullptr &&
                   (other->kind == CueKind::kNormal ||
                    other->kind == CueKind::kStable)
               ? other->begin - 1
               : cue.begin - 1;
  }

  // Both ways, up to another such cue.
  void MarkShapes(const Cue& cue) {
    const CueKind kind = ShapeKind(cue);
    const auto goes_on = [this, &cue](int i) {
      return sentence_.InClauseOf(cue, i) && !IsShapeCue(sentence_.CueAt(i)) &&
             sentence_.word(i) != "with";
    };
    const bool large = kind == CueKind::kLarge;
    for (int i = large ? BeginBackward(cue) : cue.begin - 1; goes_on(i); --i) {
      MarkShape(i, kind);
    }
    for (int i = cue.end; goes_on(i); ++i) {
      MarkShape(i, kind);
    }
  }

  // Large outdoes all, all outdo stable.
  void MarkShape(int i, CueKind kind) {
    if (kind == CueKind::kLarge || shape_[i] == CueKind::kNothing ||
        (kind != CueKind::kStable && shape_[i] == CueKind::kStable)) {
      shape_[i] = kind;
    }
  }

  const Sentence& sentence_;
  Marks outdone_;
  Marks negated_;
  Marks doubted_;
  std::vector<CueKind> shape_;
};

}  // namespace

std::vector<MentionReading> ReadMentions(const Sentence& sentence) {
  const Reader reader(sentence);
  std::vector<MentionReading> readings;
  for (const FoundPhrase& phrase : sentence.phrases()) {
    readings.push_back(reader.Read(phrase));
  }
  return readings;
}

}  // namespace cxr
