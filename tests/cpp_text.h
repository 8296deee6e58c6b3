// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_CPP_TEXT_H_
#define TESTS_CPP_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// A reader of C++ text that knows comments, literals and braces and no more.
// It expands no macros and takes every branch of an `#if`.
namespace cxr::tests {

// `text` with the inside of string and character literals, and all comments,
// turned to spaces. Line breaks stay, so positions and lines are unchanged.
std::string MaskCommentsAndLiterals(absl::string_view text);

// The same, with preprocessor directives turned to spaces too.
std::string MaskAllButDefinitions(absl::string_view text);

// `text` with everything but its comments turned to spaces.
std::string MaskAllButComments(absl::string_view text);

// A word, a number, `::`, `->` or one character of punctuation.
struct Token {
  std::string text;
  int line = 0;
};

// The tokens outside comments, literals and `#include` lines.
std::vector<Token> Tokenize(absl::string_view text);

// The tokens of any text, with nothing left out.
std::vector<Token> TokenizeWords(absl::string_view text);

struct Include {
  std::string path;
  bool angled = false;
  int line = 0;
};

// The `#include` lines of C and C++, in order.
std::vector<Include> FindIncludes(absl::string_view text);

// The `import "x.proto";` lines of a proto file, in order.
std::vector<Include> FindProtoImports(absl::string_view text);

}  // namespace cxr::tests

#endif  // TESTS_CPP_TEXT_H_
