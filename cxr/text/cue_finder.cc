// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/cue_finder.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "cxr/text/clause_words.h"
#include "cxr/text/own_cue_phrases.h"

namespace cxr {
namespace {

constexpr absl::string_view kAlone = ",;:?";

bool IsWordByte(char c) {
  return absl::ascii_isalnum(c) || c == '_' || (c & '\x80') != 0;
}

// Within a word: "air-space", "patient's", "s1/s2".
bool Joins(char c) {
  return c == '-' || c == '\'' || c == '/' || c == ':' || c == '.';
}

}  // namespace

std::vector<Word> WordsOf(absl::string_view clean, const TextSpan& span) {
  std::vector<Word> words;
  words.reserve(std::min((span.end - span.begin) / 5, kMostWords));
  for (size_t i = span.begin; i < span.end && words.size() < kMostWords;) {
    size_t end = i;
    while (end < span.end &&
           (IsWordByte(clean[end]) ||
            (end > i && Joins(clean[end]) && end + 1 < span.end &&
             IsWordByte(clean[end + 1])))) {
      ++end;
    }
    const size_t size = std::max<size_t>(end - i, 1);
    const absl::string_view text = clean.substr(i, size);
    if (end > i || kAlone.find(clean[i]) != absl::string_view::npos) {
      words.push_back({text, {i, i + size}});
    } else if (clean[i] == '-') {
      words.push_back({";", {i, i + size}});
    }
    i += size;
  }
  return words;
}

CueFinder::CueFinder() : fillers_(std::begin(kFillers), std::end(kFillers)) {
  const auto add = [this](const CuePhrase& phrase) {
    Pattern pattern{.words = absl::StrSplit(phrase.words, ' '),
                    .phrase = phrase};
    patterns_[pattern.words[0]].push_back(std::move(pattern));
  };
  std::for_each(std::begin(kCuePhrases), std::end(kCuePhrases), add);
  std::for_each(std::begin(kOwnCuePhrases), std::end(kOwnCuePhrases), add);
  for (auto& [first, patterns] : patterns_) {
    std::stable_sort(patterns.begin(), patterns.end(),
                     [](const Pattern& a, const Pattern& b) {
                       return a.words.size() > b.words.size();
                     });
  }
}

int CueFinder::MatchEnd(const Pattern& pattern, const std::vector<Word>& words,
                        int begin) const {
  size_t at = begin + 1;
  for (size_t i = 1; i < pattern.words.size(); ++i, ++at) {
    while (at < words.size() && words[at].text != pattern.words[i] &&
           fillers_.contains(words[at].text)) {
      ++at;
    }
    if (at == words.size() || words[at].text != pattern.words[i]) {
      return 0;
    }
  }
  return static_cast<int>(at);
}

std::vector<Cue> CueFinder::Find(const std::vector<Word>& words) const {
  std::vector<Cue> cues;
  for (int i = 0; i < static_cast<int>(words.size());) {
    const auto patterns = patterns_.find(words[i].text);
    int next = i + 1;
    if (patterns != patterns_.end()) {
      for (const Pattern& pattern : patterns->second) {
        if (const int end = MatchEnd(pattern, words, i)) {
          cues.push_back({pattern.phrase.kind, i, end, pattern.phrase.words});
          next = end;
          break;
        }
      }
    }
    i = next;
  }
  return cues;
}

}  // namespace cxr
