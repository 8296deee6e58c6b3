// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_SYNTAX_H_
#define CXR_TEXTPROTO_SYNTAX_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/textproto/lexer.h"
#include "cxr/textproto/place.h"

// From text to a tree of names and values, without any message type. A mistake
// costs what it touches: the parser goes on behind it, so that one reading
// finds all of them.

namespace cxr {

// Messages and lists nested deeper are refused: no spec needs it.
inline constexpr int kMaxTextprotoDepth = 100;

struct SyntaxField;

// What stands behind a name.
struct SyntaxValue {
  enum class Kind { kScalar, kMessage, kList };
  Kind kind = Kind::kScalar;
  // A message's or list's span has its brackets; an unclosed one ends before
  // what the parser took for the next thing. Inner spans lie inside outer ones.
  TextSpan span = {};
  // A scalar's words: "-" and "5", or several adjacent strings. Empty only
  // where the tree has an issue that says that no value could be read; nobody
  // need report it again.
  std::vector<SyntaxToken> tokens = {};
  std::vector<SyntaxField> fields;  // Of a message, in the order of the text.
  std::vector<SyntaxValue> items;   // Of a list: scalars or messages.
};

struct SyntaxField {
  std::string name = {};
  TextSpan name_span = {};
  // From the name to the end of the value, a "," or ";" behind it included.
  TextSpan span = {};
  bool has_colon = false;
  SyntaxValue value = {};
};

struct SyntaxTree {
  std::vector<SyntaxField> fields;
  std::vector<TextIssue> issues;  // Sorted by place; at most one error a line.
};

// Never fails, whatever the bytes; takes time linear in `text`. A file that is
// no text format at all (binary, YAML, JSON, a .proto) has one issue and no
// fields.
SyntaxTree ParseSyntax(absl::string_view text);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_SYNTAX_H_
