// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_PLACE_H_
#define CXR_TEXTPROTO_PLACE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Where something stands in a text, and what is wrong there.

namespace cxr {

// Byte offsets into the text; `end` is exclusive.
struct TextSpan {
  size_t begin = 0;
  size_t end = 0;
};

// The same for a person. Lines and columns count from 1; a column is one
// character (a UTF-8 code point, a tab as well), not one byte. `length` is how
// many characters of that line are meant: at least 1, even where nothing
// stands.
struct TextPlace {
  int line = 1;
  int column = 1;
  int length = 1;

  friend bool operator==(const TextPlace& a, const TextPlace& b) = default;
};

// Something wrong, or with `warning` something that works but should not stay.
// `field` is the path of the field meant, as "train.targets[1]"; it is empty
// where the text itself is wrong.
struct TextIssue {
  TextPlace place = {};
  bool warning = false;
  std::string field = {};
  std::string message = {};
};

// Turns offsets into places in O(log lines). The text must
// outlive the index. A span over several lines is cut at the end of its first.
class LineIndex {
 public:
  explicit LineIndex(absl::string_view text);

  TextPlace PlaceOf(TextSpan span) const;

  // The line of `offset`, and the offset of that line's first byte.
  int LineOf(size_t offset) const;
  size_t LineStart(size_t offset) const;

 private:
  size_t CharactersBefore(size_t offset) const;

  absl::string_view text_;
  std::vector<size_t> starts_;      // Offset of each line's first byte.
  std::vector<size_t> characters_;  // Before each 64th byte; empty if ASCII.
};

}  // namespace cxr

#endif  // CXR_TEXTPROTO_PLACE_H_
