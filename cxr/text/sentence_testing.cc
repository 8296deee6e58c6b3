// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/sentence_testing.h"

#include "absl/strings/str_cat.h"

namespace cxr {

TestSentence::TestSentence(absl::string_view clean)
    : clean_(clean),
      words_(WordsOf(clean_, {0, clean_.size()})),
      cues_(CueFinder().Find(words_)),
      phrases_(PhraseFinder().Find(clean_)),
      sentence_(words_, cues_, phrases_) {}

std::string TestSentence::Text(const WordRange& range) const {
  std::string text;
  for (int i = range.first; i < range.last; ++i) {
    absl::StrAppend(&text, text.empty() ? "" : " ", sentence_.word(i));
  }
  return text;
}

}  // namespace cxr
