// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_LANGUAGE_H_
#define CXR_TEXTPROTO_LANGUAGE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/textproto/lexer.h"

// Whole files in another language than the text format.

namespace cxr {

struct Diagnosis {
  TextSpan span;
  std::string message;
};

// Bytes that are no text at all: with NULs, or in UTF-16.
std::optional<Diagnosis> DiagnoseBytes(absl::string_view text);

// A whole file in another language: JSON, YAML or a .proto; or one with a merge
// conflict in it. Ask only for a text that has a syntax error.
std::optional<Diagnosis> DiagnoseLanguage(
    absl::string_view text, const std::vector<SyntaxToken>& tokens);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_LANGUAGE_H_
