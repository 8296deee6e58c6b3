// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/phrase_finder.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

bool IsWordByte(char c) {
  return absl::ascii_isalnum(c) || c == '-' || c == '\'' || c == '_';
}

bool Overlap(const TextSpan& a, const TextSpan& b) {
  return a.begin < b.end && b.begin < a.end;
}

// Longer than any word, so that many phrases in one cost no more.
constexpr size_t kMostWidening = 64;

TextSpan WholeWords(absl::string_view text, const TextSpan& span) {
  const size_t least = span.begin - std::min<size_t>(span.begin, kMostWidening);
  const size_t most = std::min<size_t>(text.size(), span.end + kMostWidening);
  TextSpan whole = span;
  while (whole.begin > least && text[whole.begin] != ' ' &&
         IsWordByte(text[whole.begin - 1])) {
    --whole.begin;
  }
  while (whole.end < most && IsWordByte(text[whole.end])) {
    ++whole.end;
  }
  return whole;
}

// Whether a shape stands for a place: "over the left heart".
bool IsPlace(absl::string_view text, const TextSpan& span) {
  absl::string_view before = text.substr(0, span.begin);
  if (absl::StartsWith(text.substr(span.begin), "the ")) {
    before = text.substr(0, span.begin + 3);
  }
  before = absl::StripTrailingAsciiWhitespace(before);
  for (const absl::string_view place : kPlaceWords) {
    for (const absl::string_view side : kPlaceSides) {
      absl::string_view rest = before;
      if (absl::ConsumeSuffix(&rest, side) && absl::EndsWith(rest, place)) {
        return true;
      }
    }
  }
  return false;
}

bool Longer(const TextSpan& a, const TextSpan& b) {
  return a.end - a.begin > b.end - b.begin;
}

void SortByPlace(std::vector<FoundPhrase>* phrases) {
  std::stable_sort(phrases->begin(), phrases->end(),
                   [](const FoundPhrase& a, const FoundPhrase& b) {
                     return a.span.begin < b.span.begin;
                   });
}

// Erases of `found` what overlaps one of `others` of its label; both are in
// order.
void EraseOverlapping(const std::vector<FoundPhrase>& others,
                      std::vector<FoundPhrase>* found) {
  auto first = others.begin();
  std::erase_if(*found, [&](const FoundPhrase& phrase) {
    const auto is_before = [&phrase](const FoundPhrase& other) {
      return other.span.end <= phrase.span.begin;
    };
    first = std::find_if_not(first, others.end(), is_before);
    for (auto other = first;
         other != others.end() && other->span.begin < phrase.span.end;
         ++other) {
      if (other->label == phrase.label && Overlap(other->span, phrase.span)) {
        return true;
      }
    }
    return false;
  });
}

// Leaves of those of a label that overlap the longest; all are in order.
void KeepLongest(std::vector<FoundPhrase>* found) {
  std::vector<FoundPhrase> kept;
  for (const FoundPhrase& phrase : *found) {
    const auto same = std::find_if(kept.rbegin(), kept.rend(),
                                   [&phrase](const FoundPhrase& other) {
                                     return other.label == phrase.label;
                                   });
    if (same == kept.rend() || !Overlap(same->span, phrase.span)) {
      kept.push_back(phrase);
    } else if (Longer(phrase.span, same->span)) {
      *same = phrase;
    }
  }
  *found = std::move(kept);
}

}  // namespace

struct PhraseFinder::Pattern {
  FindingPhrase phrase = {};
  bool unmentions = false;
  std::string words = {};  // Without "_".
  bool begins_word = false;
  bool ends_word = false;

  // All places in `text`.
  std::vector<TextSpan> Places(absl::string_view text) const {
    std::vector<TextSpan> places;
    for (size_t at = text.find(words); at != absl::string_view::npos;
         at = text.find(words, at + words.size())) {
      const size_t end = at + words.size();
      if ((!begins_word || at == 0 || !IsWordByte(text[at - 1])) &&
          (!ends_word || end == text.size() || !IsWordByte(text[end]))) {
        places.push_back({at, end});
      }
    }
    return places;
  }
};

struct PhraseFinder::Set {
  RE2::Set patterns;
};

namespace {

// Memory for the automaton's states; RE2's own bound, 8 MB, makes it slow.
constexpr int64_t kSetBytes = int64_t{64} << 20;

RE2::Set EmptySet() {
  RE2::Options options;
  options.set_max_mem(kSetBytes);
  return RE2::Set(options, RE2::UNANCHORED);
}

}  // namespace

PhraseFinder::PhraseFinder()
    : set_(std::make_unique<Set>(Set{.patterns = EmptySet()})) {
  const auto add = [this](const FindingPhrase& phrase, bool unmentions) {
    Pattern pattern{.phrase = phrase, .unmentions = unmentions};
    absl::string_view words = phrase.text;
    pattern.begins_word = absl::ConsumePrefix(&words, "_");
    pattern.ends_word = absl::ConsumeSuffix(&words, "_");
    pattern.words = std::string(words);
    const int place =
        set_->patterns.Add(RE2::QuoteMeta(pattern.words), nullptr);
    CXR_CHECK(place == static_cast<int>(patterns_.size())) << pattern.words;
    patterns_.push_back(std::move(pattern));
  };
  for (const FindingPhrase& phrase : kMentionPhrases) {
    add(phrase, /*unmentions=*/false);
  }
  for (const absl::string_view other : kOtherFindings) {
    const bool marking = other == "interstitial markings";
    add({other, FindingLabel::kNoFinding,
         marking ? PhraseKind::kMarking : PhraseKind::kFinding},
        /*unmentions=*/false);
  }
  for (const FindingPhrase& phrase : kUnmentionPhrases) {
    add(phrase, /*unmentions=*/true);
  }
  CXR_CHECK(set_->patterns.Compile()) << "out of memory";
}

PhraseFinder::~PhraseFinder() = default;

std::vector<FoundPhrase> PhraseFinder::Find(absl::string_view clean) const {
  std::vector<int> matches;
  // RE2 has a string type of its own, which is made of these two.
  set_->patterns.Match({clean.data(), clean.size()}, &matches);
  std::vector<FoundPhrase> found;
  std::vector<FoundPhrase> unmentions;
  for (const int match : matches) {
    const Pattern& pattern = patterns_[match];
    for (const TextSpan& place : pattern.Places(clean)) {
      if (pattern.phrase.kind == PhraseKind::kShape && IsPlace(clean, place)) {
        continue;
      }
      (pattern.unmentions ? unmentions : found)
          .push_back({pattern.phrase.label, pattern.phrase.kind, place});
    }
  }
  SortByPlace(&unmentions);
  SortByPlace(&found);
  EraseOverlapping(unmentions, &found);
  KeepLongest(&found);
  for (FoundPhrase& phrase : found) {
    phrase.span = WholeWords(clean, phrase.span);
  }
  return found;
}

}  // namespace cxr
