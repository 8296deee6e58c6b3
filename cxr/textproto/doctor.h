// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_DOCTOR_H_
#define CXR_TEXTPROTO_DOCTOR_H_

#include <string>

#include "absl/strings/string_view.h"
#include "cxr/textproto/lexer.h"

// What people write where the text format is expected, named as what it is and
// with the way out. Every message says what was found, then what was expected.

namespace cxr {

// `found` in quotes for a message, on one line and at most 40 characters long.
std::string Shown(absl::string_view found);

// `text` as the format writes a text, shortened in the same way.
std::string Quoted(absl::string_view text);

// What is wrong with a token of one of the kBad kinds.
std::string Explain(SyntaxToken::Kind kind, absl::string_view text);

// Whether the character of a kBadBytes token shows nothing: a space of another
// kind, a control character.
bool IsInvisible(absl::string_view text);

// What is wrong with several words where one value is expected, as "5 px",
// "10 - 2", "/data/x.png" or "hello world".
std::string ExplainWords(absl::string_view text);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_DOCTOR_H_
