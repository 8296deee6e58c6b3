// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_WORDS_H_
#define CXR_TEXTPROTO_WORDS_H_

#include <google/protobuf/io/tokenizer.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cxr/textproto/syntax.h"

// The words of one scalar value, and what to say where they are wrong.

namespace cxr {

// Both arguments must outlive the object; the value has tokens.
class ScalarWords {
 public:
  ScalarWords(absl::string_view text, const SyntaxValue& value)
      : text_(text), value_(value) {}

  bool negative() const { return Text(tokens().front()) == "-"; }
  SyntaxToken::Kind kind() const { return tokens().back().kind; }
  const std::vector<SyntaxToken>& tokens() const { return value_.tokens; }
  absl::string_view Text(const SyntaxToken& token) const {
    return text_.substr(token.span.begin, token.span.end - token.span.begin);
  }
  std::string Last() const { return std::string(Text(tokens().back())); }
  // All of it, as it stands in the text.
  absl::string_view All() const {
    const size_t begin = tokens().front().span.begin;
    return text_.substr(begin, tokens().back().span.end - begin);
  }
  // What stands between the quotes.
  std::string String() const {
    std::string string;
    for (const SyntaxToken& token : tokens()) {
      google::protobuf::io::Tokenizer::ParseStringAppend(
          std::string(Text(token)), &string);
    }
    return string;
  }

 private:
  absl::string_view text_;
  const SyntaxValue& value_;
};

// InvalidArgument: "found ..., expected `expected`".
absl::Status Wrong(const ScalarWords& words, absl::string_view expected);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_WORDS_H_
