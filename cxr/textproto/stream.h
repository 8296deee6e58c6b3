// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_STREAM_H_
#define CXR_TEXTPROTO_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/textproto/issues.h"
#include "cxr/textproto/lexer.h"

// All tokens of a text, with what a parser that recovers must know about them:
// lines, indentation and which bracket belongs to which.

namespace cxr {

class TokenStream {
 public:
  static constexpr size_t kNone = SIZE_MAX;

  // Comments of other languages and invisible characters are reported to
  // `issues` and left out. Both arguments must outlive the stream.
  TokenStream(absl::string_view text, IssueList& issues);

  const std::vector<SyntaxToken>& tokens() const { return tokens_; }
  size_t at() const { return at_; }
  bool done() const { return at_ + 1 >= tokens_.size(); }
  // The token `ahead` of the current one; past the end the kEnd token.
  const SyntaxToken& Peek(size_t ahead = 0) const;
  bool Looking(char symbol, size_t ahead = 0) const;
  bool LookingAtAny(absl::string_view symbols, size_t ahead = 0) const;
  bool LookingAt(SyntaxToken::Kind kind) const { return Peek().kind == kind; }
  void Skip();
  bool Take(char symbol);
  // Passes over the current token and, if it opens a bracket that is closed,
  // all up to its end.
  void SkipWhole();

  absl::string_view Text(TextSpan span) const;
  absl::string_view Text() const { return Text(Peek().span); }
  // Where the last token that was passed over ended.
  size_t previous_end() const;

  // Whether the current token is the first of its line.
  bool FirstOnLine() const;
  // Whether nothing at all is between it and the token before.
  bool Adjacent(size_t ahead = 0) const;
  // Whether it is a name with ":", "=" or a bracket behind it.
  bool BeginsField() const;
  // White space before the first word of the token's line, at most 200.
  size_t Indent(size_t index) const;

  // How many brackets of the text are not closed, and how many closing ones
  // close nothing.
  int missing() const { return missing_; }
  int extra() const { return extra_; }

 private:
  void Lex();
  void MatchBrackets();

  absl::string_view text_;
  IssueList& issues_;
  std::vector<SyntaxToken> tokens_;  // The last is kEnd.
  std::vector<uint32_t> ends_;       // Of each opening bracket; else 0.
  size_t at_ = 0;
  int missing_ = 0;
  int extra_ = 0;
};

}  // namespace cxr

#endif  // CXR_TEXTPROTO_STREAM_H_
