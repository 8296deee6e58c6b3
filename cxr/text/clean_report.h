// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_CLEAN_REPORT_H_
#define CXR_TEXT_CLEAN_REPORT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// A report in the form in which findings are looked for.

namespace cxr {

// As the CheXpert labeler cleans it: lower case; "and/or" is "or"; "a/b"
// between letters is "a or b"; a space behind periods and commas; white space
// is one space, several periods are one.
//
// And, unlike it: "w/o", "can't" and the like are written out; an empty line,
// or a line that begins with a number or a dash of a list, ends a sentence.
std::string CleanReport(absl::string_view report);

// Characters [begin, end) of a text.
struct TextSpan {
  size_t begin = 0;
  size_t end = 0;

  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// The sentences of a cleaned report: they end with ".", "?" or "!", but not
// within a number ("3. 5 cm"), nor after one letter ("p. m.") or "vs", "dr",
// "approx" and the like.
std::vector<TextSpan> Sentences(absl::string_view clean);

}  // namespace cxr

#endif  // CXR_TEXT_CLEAN_REPORT_H_
