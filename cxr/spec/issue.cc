// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/issue.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace cxr {
namespace {

// A longer line is cut around its place.
constexpr int kWidest = 100;

// The line with this 1-based number, without its end.
std::string LineOf(absl::string_view text, int number) {
  for (int line = 1; line < number; ++line) {
    const size_t end = text.find('\n');
    if (end == absl::string_view::npos) {
      return "";
    }
    text.remove_prefix(end + 1);
  }
  absl::string_view line = text.substr(0, text.find('\n'));
  if (!line.empty() && line.back() == '\r') {
    line.remove_suffix(1);
  }
  return std::string(line);
}

// The characters of a line, each a string of its bytes. What would move the
// caret or the terminal is shown as one blank.
std::vector<std::string> Characters(const std::string& line) {
  std::vector<std::string> characters;
  for (const char c : line) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (continues && !characters.empty()) {
      characters.back().push_back(c);
    } else {
      const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
      characters.emplace_back(1, control ? ' ' : c);
    }
  }
  return characters;
}

}  // namespace

std::string Excerpt(absl::string_view text, const TextPlace& place) {
  const std::vector<std::string> all = Characters(LineOf(text, place.line));
  if (all.empty() || place.length <= 0) {
    return "";
  }
  const int size = static_cast<int>(all.size());
  const int column = std::clamp(place.column - 1, 0, size);
  const int begin = column < kWidest - 20 ? 0 : column - kWidest / 2;
  const int end = std::min(size, begin + kWidest);
  const int length = std::clamp(place.length, 1, std::max(1, end - column));
  return absl::StrFormat(
      "%5d | %s%s%s\n      | %s^%s", place.line, begin > 0 ? "..." : "",
      absl::StrJoin(all.begin() + begin, all.begin() + end, ""),
      end < size ? "..." : "",
      std::string(static_cast<size_t>(column - begin + (begin > 0 ? 3 : 0)),
                  ' '),
      std::string(static_cast<size_t>(length - 1), '~'));
}

std::string ToString(const SpecIssue& issue) {
  return absl::StrCat(issue.file, ":", issue.line, ":", issue.column,
                      issue.warning ? ": warning: " : ": error: ", issue.field,
                      issue.field.empty() ? "" : ": ", issue.message,
                      issue.excerpt.empty() ? "" : "\n", issue.excerpt);
}

absl::Status ToStatus(const std::vector<SpecIssue>& issues) {
  std::vector<std::string> errors;
  for (const SpecIssue& issue : issues) {
    if (!issue.warning) {
      errors.push_back(ToString(issue));
    }
  }
  return errors.empty()
             ? absl::OkStatus()
             : absl::InvalidArgumentError(absl::StrJoin(errors, "\n"));
}

}  // namespace cxr
