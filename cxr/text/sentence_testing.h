// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_SENTENCE_TESTING_H_
#define CXR_TEXT_SENTENCE_TESTING_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/text/cue_finder.h"
#include "cxr/text/phrase_finder.h"
#include "cxr/text/sentence.h"

namespace cxr {

// A sentence with all that it is made of.
class TestSentence {
 public:
  explicit TestSentence(absl::string_view clean);

  const Sentence& sentence() const { return sentence_; }
  // The words [first, last), with spaces between.
  std::string Text(const WordRange& range) const;

 private:
  const std::string clean_;
  const std::vector<Word> words_;
  const std::vector<Cue> cues_;
  const std::vector<FoundPhrase> phrases_;
  const Sentence sentence_;
};

}  // namespace cxr

#endif  // CXR_TEXT_SENTENCE_TESTING_H_
