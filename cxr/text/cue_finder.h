// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_CUE_FINDER_H_
#define CXR_TEXT_CUE_FINDER_H_

#include <cstddef>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "cxr/text/clean_report.h"
#include "cxr/text/cue_phrases.h"

// Words of a sentence, and the cues among them.

namespace cxr {

struct Word {
  absl::string_view text;  // "," ";" ":" "?" stand alone.
  TextSpan span = {};      // In the cleaned report.
};

// A longer sentence is read in parts, as no report's are and a hostile one's
// may be: each cue asks how far it reaches.
inline constexpr size_t kMostWords = 250;

// The words of the sentence `span` of `clean`, of more than kMostWords the
// first so many. Brackets, quotes and final periods are no words; a dash
// between spaces is ";".
std::vector<Word> WordsOf(absl::string_view clean, const TextSpan& span);

// A cue of words [begin, end).
struct Cue {
  CueKind kind = CueKind::kNothing;
  int begin = 0;
  int end = 0;
  absl::string_view words = {};  // As kCuePhrases, kOwnCuePhrases have them.
};

class CueFinder {
 public:
  CueFinder();

  // In order; they do not overlap. Of those that begin at a word the one of
  // most words counts.
  std::vector<Cue> Find(const std::vector<Word>& words) const;

 private:
  struct Pattern {
    std::vector<absl::string_view> words = {};
    CuePhrase phrase = {};
  };

  // The word behind the pattern's last, if it matches at `begin`; else 0.
  int MatchEnd(const Pattern& pattern, const std::vector<Word>& words,
               int begin) const;

  // By their first word, those of most words first.
  absl::flat_hash_map<absl::string_view, std::vector<Pattern>> patterns_;
  absl::flat_hash_set<absl::string_view> fillers_;
};

}  // namespace cxr

#endif  // CXR_TEXT_CUE_FINDER_H_
