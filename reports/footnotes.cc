// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/footnotes.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace cxr::reports {
namespace {

// a..z, aa..az, ba..: more than 26 remarks would be a poor table, but a whole
// one.
std::string Letter(int64_t place) {
  std::string letters(1, static_cast<char>('a' + place % 26));
  if (place >= 26) {
    letters.insert(0, 1, static_cast<char>('a' + place / 26 - 1));
  }
  return absl::StrCat("(", letters, ")");
}

}  // namespace

std::string Footnotes::Mark(const std::string& text) {
  const auto known = std::find(texts_.begin(), texts_.end(), text);
  const int64_t place = known - texts_.begin();
  if (known == texts_.end()) {
    texts_.push_back(text);
  }
  return Letter(place);
}

std::string Footnotes::ToText() const {
  std::string text;
  for (int64_t i = 0; i < std::ssize(texts_); ++i) {
    absl::StrAppend(&text, Letter(i), " ", texts_[i], "  \n");
  }
  return text;
}

}  // namespace cxr::reports
