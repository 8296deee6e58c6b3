// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/white_space.h"

#include "absl/strings/match.h"

namespace cxr {
namespace {

// Python 3's str.isspace(), but for ASCII: U+0085, U+00A0, U+1680,
// U+2000..200A, U+2028, U+2029, U+202F, U+205F, U+3000.
constexpr absl::string_view kWideSpaces[] = {
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80",
    "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84",
    "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88",
    "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8", "\xe2\x80\xa9",
    "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80",
};

bool IsAsciiSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f');
}

bool IsAscii(char c) { return (c & '\x80') == 0; }

size_t TrailingSpace(absl::string_view text) {
  if (text.empty() || IsAscii(text.back())) {
    return !text.empty() && IsAsciiSpace(text.back()) ? 1 : 0;
  }
  for (const absl::string_view space : kWideSpaces) {
    if (absl::EndsWith(text, space)) {
      return space.size();
    }
  }
  return 0;
}

}  // namespace

size_t LeadingSpace(absl::string_view text) {
  if (text.empty() || IsAscii(text.front())) {
    return !text.empty() && IsAsciiSpace(text.front()) ? 1 : 0;
  }
  for (const absl::string_view space : kWideSpaces) {
    if (absl::StartsWith(text, space)) {
      return space.size();
    }
  }
  return 0;
}

absl::string_view StripSpace(absl::string_view text) {
  while (const size_t size = LeadingSpace(text)) {
    text.remove_prefix(size);
  }
  while (const size_t size = TrailingSpace(text)) {
    text.remove_suffix(size);
  }
  return text;
}

}  // namespace cxr
