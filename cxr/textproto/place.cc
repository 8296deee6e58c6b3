// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/place.h"

#include <algorithm>

namespace cxr {
namespace {

// Bytes from one count of characters to the next.
constexpr size_t kStride = 64;

bool BeginsCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

size_t CountCharacters(absl::string_view bytes) {
  return static_cast<size_t>(
      std::count_if(bytes.begin(), bytes.end(), BeginsCharacter));
}

bool IsAscii(absl::string_view text) {
  unsigned char all = 0;
  for (const char byte : text) {
    all |= static_cast<unsigned char>(byte);
  }
  return all < 0x80;
}

}  // namespace

LineIndex::LineIndex(absl::string_view text) : text_(text) {
  starts_.reserve(text.size() / 24 + 1);
  starts_.push_back(0);
  for (size_t at = text.find('\n'); at != absl::string_view::npos;
       at = text.find('\n', at + 1)) {
    starts_.push_back(at + 1);
  }
  if (IsAscii(text)) {
    return;  // A byte is a character.
  }
  size_t characters = 0;
  for (size_t at = 0; at <= text.size(); at += kStride) {
    characters_.push_back(characters);
    characters += CountCharacters(text.substr(at, kStride));
  }
}

size_t LineIndex::CharactersBefore(size_t offset) const {
  if (characters_.empty()) {
    return offset;
  }
  const size_t stride = offset / kStride;
  return characters_[stride] +
         CountCharacters(
             text_.substr(stride * kStride, offset - stride * kStride));
}

int LineIndex::LineOf(size_t offset) const {
  return static_cast<int>(
      std::upper_bound(starts_.begin(), starts_.end(), offset) -
      starts_.begin());
}

size_t LineIndex::LineStart(size_t offset) const {
  return starts_[static_cast<size_t>(LineOf(offset)) - 1];
}

TextPlace LineIndex::PlaceOf(TextSpan span) const {
  const size_t begin = std::min(span.begin, text_.size());
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), begin);
  size_t line_end = next == starts_.end() ? text_.size() : *next - 1;
  line_end = std::max(begin, line_end);
  const size_t end = std::clamp(span.end, begin, line_end);
  const size_t before = CharactersBefore(begin);
  const size_t length = CharactersBefore(end) - before;
  return {static_cast<int>(next - starts_.begin()),
          static_cast<int>(before - CharactersBefore(*(next - 1))) + 1,
          std::max(1, static_cast<int>(length))};
}

}  // namespace cxr
