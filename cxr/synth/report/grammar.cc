// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/grammar.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cxr/base/check.h"

namespace cxr::synth {
namespace {

// The place of the bracket that closes the one at `open`.
size_t Closing(absl::string_view pattern, size_t open) {
  int depth = 0;
  for (size_t i = open; i < pattern.size(); ++i) {
    if (pattern[i] == '[') ++depth;
    if (pattern[i] == ']' && --depth == 0) return i;
  }
  CXR_CHECK(false) << "no closing bracket: " << pattern;
  return pattern.size();
}

// Cut at the bars that are in no inner bracket.
std::vector<absl::string_view> Alternatives(absl::string_view inside) {
  std::vector<absl::string_view> alternatives;
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '[') ++depth;
    if (inside[i] == ']') --depth;
    if (inside[i] == '|' && depth == 0) {
      alternatives.push_back(inside.substr(start, i - start));
      start = i + 1;
    }
  }
  alternatives.push_back(inside.substr(start));
  return alternatives;
}

const std::string& SlotCalled(absl::string_view name, const Slots& slots) {
  const auto slot = slots.find(std::string(name));
  CXR_CHECK(slot != slots.end()) << "no slot called " << name;
  return slot->second;
}

bool StartsWithVowel(absl::string_view word) {
  return !word.empty() && absl::StrContains("aeiouAEIOU8", word.substr(0, 1));
}

}  // namespace

std::string Expand(absl::string_view pattern, const Slots& slots,
                   RandomStream* stream) {
  std::string text;
  size_t i = 0;
  while (i < pattern.size()) {
    if (pattern[i] == '[') {
      const size_t close = Closing(pattern, i);
      const std::vector<absl::string_view> alternatives =
          Alternatives(pattern.substr(i + 1, close - i - 1));
      const int chosen = stream->Below(static_cast<int>(alternatives.size()));
      text += Expand(alternatives[chosen], slots, stream);
      i = close + 1;
    } else if (pattern[i] == '{') {
      const size_t close = pattern.find('}', i);
      CXR_CHECK(close != absl::string_view::npos)
          << "no closing brace: " << pattern;
      text += SlotCalled(pattern.substr(i + 1, close - i - 1), slots);
      i = close + 1;
    } else {
      text += pattern[i++];
    }
  }
  return text;
}

std::string AsSentence(absl::string_view text) {
  std::vector<std::string> words = absl::StrSplit(text, ' ', absl::SkipEmpty());
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] == "a" && StartsWithVowel(words[i + 1])) words[i] = "an";
  }
  std::string sentence = absl::StrReplaceAll(absl::StrJoin(words, " "),
                                             {{" ,", ","}, {" .", "."}});
  CXR_CHECK(!sentence.empty()) << "a sentence without words";
  sentence[0] = absl::ascii_toupper(sentence[0]);
  if (sentence.back() != '.') sentence += '.';
  return sentence;
}

std::string OrList(const std::vector<std::string>& items) {
  if (items.size() <= 2) return absl::StrJoin(items, " or ");
  const std::vector<std::string> first(items.begin(), items.end() - 1);
  return absl::StrCat(absl::StrJoin(first, ", "), ", or ", items.back());
}

}  // namespace cxr::synth
