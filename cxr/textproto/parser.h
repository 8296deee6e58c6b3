// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_PARSER_H_
#define CXR_TEXTPROTO_PARSER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/textproto/issues.h"
#include "cxr/textproto/stream.h"
#include "cxr/textproto/syntax.h"

// The parser behind ParseSyntax; for that file alone.

namespace cxr {

// A parser that goes down as deep as messages nest. Where brackets do not
// balance, it goes by the indentation of the lines to find out which one is
// missing or too many; where they do, white space means nothing to it.
class SyntaxParser {
 public:
  SyntaxParser(absl::string_view text, IssueList& issues)
      : issues_(issues),
        in_(text, issues),
        missing_(in_.missing()),
        extra_(in_.extra()) {}

  const std::vector<SyntaxToken>& tokens() const { return in_.tokens(); }

  // `opener` is the index of the bracket that the fields stand in.
  // TokenStream::kNone at the root.
  void ParseFields(std::vector<SyntaxField>& fields, size_t opener);

 private:
  static constexpr size_t kNone = TokenStream::kNone;

  void ParseField(std::vector<SyntaxField>& fields);
  bool ParseName(SyntaxField& field);
  bool ParseQuotedName(SyntaxField& field);
  bool ParseExtensionName(SyntaxField& field);
  void ExplainName();
  // What stands between a name and its value.
  bool ParseColon(SyntaxField& field);
  bool ExplainNoColon(const SyntaxField& field);
  void ParseValue(SyntaxField& field);
  void ParseMessage(SyntaxValue& value);
  void CloseMessage(size_t opener);
  void ParseList(SyntaxValue& value);
  void ParseItem(SyntaxValue& value);
  void ExplainNoComma();
  void ParseScalar(SyntaxValue& value, bool in_list);
  bool TakeWord(SyntaxValue& value);
  void CheckTail(SyntaxValue& value, bool in_list);
  bool IsGrouping(const SyntaxValue& value) const;
  bool ValueMissing() const;

  bool LooksUnclosed(size_t opener) const;
  bool IsExtraCloser(size_t opener) const;
  void Unclosed(size_t opener);
  // Passes over what cannot be understood, up to the next field.
  void Recover();
  // The same for the rest of a value on its line.
  void SkipWords();
  // All lines that are indented more than that of the token `index`.
  void SkipBlock(size_t index);

  TextSpan Here() const { return in_.Peek().span; }
  absl::string_view Text(TextSpan span) const { return in_.Text(span); }

  IssueList& issues_;
  TokenStream in_;
  // Of the brackets that the stream counts, those not yet found.
  int missing_;
  int extra_;
  int depth_ = 0;  // Messages around the current token.
  int lists_ = 0;  // Lists around it.
};

}  // namespace cxr

#endif  // CXR_TEXTPROTO_PARSER_H_
