// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/lexer.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace cxr {
namespace {

using Kind = SyntaxToken::Kind;

bool IsLetter(char c) { return absl::ascii_isalpha(c) || c == '_'; }
constexpr auto IsWord = [](char c) {
  return absl::ascii_isalnum(c) || c == '_';
};
constexpr auto IsOctal = [](char c) { return c >= '0' && c <= '7'; };
bool IsHigh(char c) { return static_cast<unsigned char>(c) >= 0x80; }
// The white space of protobuf's tokenizer.
bool IsSpace(char c) { return absl::ascii_isspace(c); }
bool IsControl(char c) {
  return static_cast<unsigned char>(c) < ' ' && !IsSpace(c);
}

// Reads on in a text; past its end there are only NULs.
class Cursor {
 public:
  Cursor(absl::string_view text, size_t at) : text_(text), at_(at) {}

  size_t at() const { return at_; }
  bool done() const { return at_ >= text_.size(); }
  char Peek() const { return done() ? '\0' : text_[at_]; }
  void Skip() { ++at_; }
  bool Take(char c) {
    return TakeIf([c](char other) { return c == other; });
  }
  template <typename Class>
  bool TakeIf(Class in_class) {
    if (done() || !in_class(text_[at_])) {
      return false;
    }
    ++at_;
    return true;
  }
  template <typename Class>
  void TakeWhile(Class in_class) {
    while (TakeIf(in_class)) {
    }
  }
  // False, having read some of them, where fewer than `count` stand.
  bool TakeHex(int count) {
    for (int i = 0; i < count; ++i) {
      if (!TakeIf(absl::ascii_isxdigit)) {
        return false;
      }
    }
    return true;
  }

 private:
  absl::string_view text_;
  size_t at_;
};

// What stands behind a backslash; false if it means nothing.
bool TakeEscape(Cursor& cursor) {
  if (cursor.TakeIf([](char c) {
        return absl::string_view("abfnrtv\\?'\"").find(c) !=
               absl::string_view::npos;
      }) ||
      cursor.TakeIf(IsOctal)) {
    return true;
  }
  if (cursor.Take('x')) {
    return cursor.TakeHex(1);
  }
  if (cursor.Take('u')) {
    return cursor.TakeHex(4);
  }
  // A code point has at most 21 bits.
  return cursor.Take('U') && cursor.Take('0') && cursor.Take('0') &&
         (cursor.Take('0') || cursor.Take('1')) && cursor.TakeHex(5);
}

// Passes over the digits of a number and what may belong to them; its kind.
Kind TakeNumber(Cursor& cursor) {
  if (cursor.Take('0')) {
    if (cursor.Take('x') || cursor.Take('X')) {
      const bool digits = absl::ascii_isxdigit(cursor.Peek());
      cursor.TakeWhile(absl::ascii_isxdigit);
      return digits ? Kind::kInteger : Kind::kBadNumber;
    }
    if (absl::ascii_isdigit(cursor.Peek())) {
      cursor.TakeWhile(IsOctal);
      return absl::ascii_isdigit(cursor.Peek()) ? Kind::kBadNumber
                                                : Kind::kInteger;
    }
  }
  Kind kind = Kind::kInteger;
  cursor.TakeWhile(absl::ascii_isdigit);
  if (cursor.Take('.')) {
    kind = Kind::kFloat;
    cursor.TakeWhile(absl::ascii_isdigit);
  }
  if (cursor.Take('e') || cursor.Take('E')) {
    kind = Kind::kFloat;
    if (!cursor.Take('-')) {
      cursor.Take('+');
    }
    if (!absl::ascii_isdigit(cursor.Peek())) {
      return Kind::kBadNumber;
    }
    cursor.TakeWhile(absl::ascii_isdigit);
  }
  return cursor.Take('f') || cursor.Take('F') ? Kind::kFloat : kind;
}

// The bytes of a typographic quote that begins `text`, else 0.
size_t TypographicQuote(absl::string_view text) {
  for (const absl::string_view quote :
       {"\u2018", "\u2019", "\u201A", "\u201C", "\u201D", "\u201E", "\u201F",
        "\u00AB", "\u00BB"}) {
    if (absl::StartsWith(text, quote)) {
      return quote.size();
    }
  }
  return 0;
}

// The bytes of the character that begins `text`, at least 1.
size_t CharacterSize(absl::string_view text) {
  size_t size = 1;
  while (size < text.size() && size < 4 &&
         (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
    ++size;
  }
  return size;
}

}  // namespace

SyntaxToken Lexer::Next() {
  SkipSpace();
  if (at_ >= text_.size()) {
    return Token(Kind::kEnd, text_.size());
  }
  const char c = text_[at_];
  if (IsLetter(c)) {
    Cursor cursor(text_, at_);
    cursor.TakeWhile(IsWord);
    identifier_end_ = cursor.at();
    return Token(Kind::kIdentifier, cursor.at());
  }
  const char after = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (absl::ascii_isdigit(c) || (c == '.' && absl::ascii_isdigit(after))) {
    return Number();
  }
  if (c == '"' || c == '\'') {
    return String();
  }
  if (c == '/' && (after == '/' || after == '*')) {
    return Slash();
  }
  if (IsHigh(c) || IsControl(c)) {
    return Bytes();
  }
  return Token(Kind::kSymbol, at_ + 1);
}

void Lexer::SkipSpace() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (!IsSpace(c)) {
      return;
    } else {
      if (c == '\t') {
        first_tab_ = std::min(first_tab_, at_);
      }
      ++at_;
    }
  }
}

SyntaxToken Lexer::Token(Kind kind, size_t end) {
  const TextSpan span{at_, end};
  at_ = end;
  return {kind, span};
}

SyntaxToken Lexer::Number() {
  Cursor cursor(text_, at_);
  // "name.5" is no number behind a name: it is a slip in one.
  const bool apart = text_[at_] != '.' || identifier_end_ != at_;
  const Kind kind = TakeNumber(cursor);
  const size_t end = cursor.at();
  cursor.TakeWhile([](char c) { return IsWord(c) || c == '.' || c == '%'; });
  return Token(apart && cursor.at() == end ? kind : Kind::kBadNumber,
               cursor.at());
}

SyntaxToken Lexer::String() {
  Cursor cursor(text_, at_);
  const char quote = text_[at_];
  cursor.Skip();
  bool good = true;
  while (!cursor.done()) {
    if (cursor.Take(quote)) {
      return Token(good ? Kind::kString : Kind::kBadString, cursor.at());
    }
    if (cursor.Peek() == '\n' || cursor.Peek() == '\0') {
      break;
    }
    if (cursor.Take('\\')) {
      good = TakeEscape(cursor) && good;
    } else {
      cursor.Skip();
    }
  }
  size_t end = cursor.at();
  while (end > at_ + 1 && IsSpace(text_[end - 1])) {
    --end;
  }
  return Token(Kind::kBadString, end);
}

SyntaxToken Lexer::Slash() {
  // "http://x" is a text without its quotes, not a comment.
  if (at_ > 0 && text_[at_ - 1] == ':') {
    return Token(Kind::kSymbol, at_ + 1);
  }
  size_t end = text_.size();
  if (text_[at_ + 1] == '/') {
    end = std::min(text_.find('\n', at_), end);
    while (IsSpace(text_[end - 1])) {
      --end;
    }
  } else if (const size_t close = text_.find("*/", at_ + 2);
             close != absl::string_view::npos) {
    end = close + 2;
  }
  return Token(Kind::kBadComment, end);
}

SyntaxToken Lexer::Bytes() {
  const absl::string_view rest = text_.substr(at_);
  const size_t size = CharacterSize(rest);
  if (TypographicQuote(rest) == 0) {
    return Token(Kind::kBadBytes, at_ + size);
  }
  // The text between the quotes belongs to them.
  for (size_t at = at_ + size; at < text_.size() && text_[at] != '\n'; ++at) {
    if (text_[at] == '"' || text_[at] == '\'') {
      return Token(Kind::kBadBytes, at + 1);
    }
    if (IsHigh(text_[at])) {
      const size_t close = TypographicQuote(text_.substr(at, 4));
      if (close > 0) {
        return Token(Kind::kBadBytes, at + close);
      }
    }
  }
  return Token(Kind::kBadBytes, at_ + size);
}

}  // namespace cxr
