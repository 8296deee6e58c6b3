// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_PHRASE_FINDER_H_
#define CXR_TEXT_PHRASE_FINDER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/text/clean_report.h"
#include "cxr/text/finding_phrases.h"

namespace cxr {

// A phrase of finding_phrases.h in a text.
struct FoundPhrase {
  FindingLabel label = FindingLabel::kNoFinding;
  PhraseKind kind = PhraseKind::kFinding;
  TextSpan span = {};  // Of whole words, of endless ones a part.
};

// Finds all phrases in one pass over a text, with RE2::Set; only those that are
// there are then looked for. May be used by several threads at once.
class PhraseFinder {
 public:
  PhraseFinder();
  ~PhraseFinder();
  PhraseFinder(PhraseFinder&&) = default;

  // In order of their places in `clean` (CleanReport). What overlaps an
  // unmention phrase is left out; of phrases of a label that overlap the
  // longest stays. kNoFinding are the other findings that rule it out.
  std::vector<FoundPhrase> Find(absl::string_view clean) const;

 private:
  struct Pattern;
  struct Set;

  std::vector<Pattern> patterns_;
  std::unique_ptr<Set> set_;
};

}  // namespace cxr

#endif  // CXR_TEXT_PHRASE_FINDER_H_
