// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_LEXER_H_
#define CXR_TEXTPROTO_LEXER_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "cxr/textproto/place.h"

// The words of the text format. The lexer knows no grammar and never fails:
// what is no word of the format is a token of a kind that says so.

namespace cxr {

struct SyntaxToken {
  enum class Kind {
    kEnd,         // After the last byte of the text.
    kIdentifier,  // [A-Za-z_][A-Za-z0-9_]*
    kInteger,     // Decimal, 0x hexadecimal or 0 octal; no sign.
    kFloat,       // 1.5, .5, 1e5, 1f; no sign.
    kString,      // With its quotes, either ' or ".
    kSymbol,      // One ASCII character.
    // What no text has that protobuf accepts:
    kBadNumber,   // Begins like a number: 5m, 0x, 089, 1.2.3, 1..5.
    kBadString,   // Not closed on its line, or with a wrong escape.
    kBadComment,  // "// to the end of the line" or "/* ... */".
    kBadBytes,    // One character that stands for nothing, or a text in
                  // typographic quotes.
  };
  Kind kind = Kind::kEnd;
  TextSpan span = {};
};

// Splits a text, one token a call, passing over white space and comments that
// begin with #. Each byte is looked at a bounded number of times.
class Lexer {
 public:
  // Begins at the offset `begin`; all spans count from the text's first byte.
  explicit Lexer(absl::string_view text, size_t begin = 0)
      : text_(text), at_(begin), first_tab_(text.size()) {}

  SyntaxToken Next();

  // The offset of the first tab among the white space so far, else the size of
  // the text.
  size_t first_tab() const { return first_tab_; }

 private:
  void SkipSpace();
  SyntaxToken Token(SyntaxToken::Kind kind, size_t end);
  SyntaxToken Number();
  SyntaxToken String();
  SyntaxToken Slash();
  SyntaxToken Bytes();

  absl::string_view text_;
  size_t at_;
  size_t identifier_end_ = 0;  // Of the last identifier.
  size_t first_tab_;
};

}  // namespace cxr

#endif  // CXR_TEXTPROTO_LEXER_H_
