// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/cpp_text.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tests/source_tree.h"

namespace cxr::tests {
namespace {

bool IsWordChar(char c) { return absl::ascii_isalnum(c) || c == '_'; }

enum class Kind : char { kCode, kComment, kLiteral };

// Says of each character of a file whether it is code, comment or literal.
// The quotes themselves are code.
class Classifier {
 public:
  explicit Classifier(absl::string_view text)
      : text_(text), kinds_(text.size(), Kind::kCode) {}

  std::vector<Kind> Classify() {
    while (at_ < text_.size()) {
      const absl::string_view rest = text_.substr(at_);
      if (absl::StartsWith(rest, "//")) {
        MarkUntil(Find("\n", at_), Kind::kComment);
      } else if (absl::StartsWith(rest, "/*")) {
        MarkUntil(Find("*/", at_ + 2) + 2, Kind::kComment);
      } else if (rest[0] == '"' && IsRawPrefix(WordBefore())) {
        MarkRawString();
      } else if (rest[0] == '"' || (rest[0] == '\'' && !IsDigitSeparator())) {
        MarkQuoted(rest[0]);
      } else {
        ++at_;
      }
    }
    return std::move(kinds_);
  }

 private:
  size_t Find(absl::string_view what, size_t from) const {
    return std::min(text_.find(what, from), text_.size());
  }

  void MarkUntil(size_t end, Kind kind) {
    end = std::min(end, text_.size());
    std::fill(kinds_.begin() + at_, kinds_.begin() + end, kind);
    at_ = end;
  }

  absl::string_view WordBefore() const {
    size_t begin = at_;
    while (begin > 0 &&
           (IsWordChar(text_[begin - 1]) || text_[begin - 1] == '\'')) {
      --begin;
    }
    return text_.substr(begin, at_ - begin);
  }

  static bool IsRawPrefix(absl::string_view word) {
    return word == "R" || word == "u8R" || word == "uR" || word == "UR" ||
           word == "LR";
  }

  // In 1'000 the quote belongs to the number.
  bool IsDigitSeparator() const {
    const absl::string_view word = WordBefore();
    return !word.empty() && absl::ascii_isdigit(word.front());
  }

  void MarkRawString() {
    ++at_;
    const size_t open = Find("(", at_);
    std::string close = ")";
    close.append(text_.data() + at_, open - at_);
    close.push_back('"');
    MarkUntil(Find(close, open) + close.size() - 1, Kind::kLiteral);
    ++at_;
  }

  // An unclosed quote ends with its line, so one slip does not hide a file.
  void MarkQuoted(char quote) {
    size_t end = ++at_;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    MarkUntil(end, Kind::kLiteral);
    ++at_;
  }

  absl::string_view text_;
  std::vector<Kind> kinds_;
  size_t at_ = 0;
};

std::string KeepOnly(absl::string_view text, Kind kept) {
  const std::vector<Kind> kinds = Classifier(text).Classify();
  std::string masked(text);
  for (size_t i = 0; i < masked.size(); ++i) {
    if (kinds[i] != kept && masked[i] != '\n') masked[i] = ' ';
  }
  return masked;
}

bool IsDirective(absl::string_view line, absl::string_view name) {
  line = absl::StripLeadingAsciiWhitespace(line);
  if (!absl::ConsumePrefix(&line, "#")) return false;
  return absl::StartsWith(absl::StripLeadingAsciiWhitespace(line), name);
}

// Turns the chosen directives, with their continued lines, to spaces.
std::string MaskDirectives(std::string masked, absl::string_view name) {
  bool inside = false;
  for (absl::string_view line : SplitLines(masked)) {
    inside = inside || IsDirective(line, name);
    const bool continued = absl::EndsWith(line, "\\");
    if (inside) {
      const size_t begin = line.data() - masked.data();
      std::fill_n(masked.begin() + begin, line.size(), ' ');
    }
    inside = inside && continued;
  }
  return masked;
}

// Between the first `open` and the next `close` of `line`; empty if absent.
std::string Between(absl::string_view line, char open, char close) {
  const size_t begin = line.find(open);
  if (begin == absl::string_view::npos) return "";
  const size_t end = line.find(close, begin + 1);
  if (end == absl::string_view::npos) return "";
  return std::string(line.substr(begin + 1, end - begin - 1));
}

size_t TokenLength(absl::string_view rest) {
  if (absl::StartsWith(rest, "::") || absl::StartsWith(rest, "->")) return 2;
  if (!IsWordChar(rest[0])) return 1;
  return std::find_if_not(rest.begin(), rest.end(), IsWordChar) - rest.begin();
}

}  // namespace

std::string MaskCommentsAndLiterals(absl::string_view text) {
  return KeepOnly(text, Kind::kCode);
}

std::string MaskAllButComments(absl::string_view text) {
  return KeepOnly(text, Kind::kComment);
}

std::string MaskAllButDefinitions(absl::string_view text) {
  return MaskDirectives(MaskCommentsAndLiterals(text), "");
}

std::vector<Token> Tokenize(absl::string_view text) {
  return TokenizeWords(
      MaskDirectives(MaskCommentsAndLiterals(text), "include"));
}

std::vector<Token> TokenizeWords(absl::string_view text) {
  std::vector<Token> tokens;
  int line = 1;
  for (size_t at = 0; at < text.size();) {
    if (absl::ascii_isspace(text[at])) {
      line += text[at] == '\n' ? 1 : 0;
      ++at;
      continue;
    }
    const size_t length = TokenLength(text.substr(at));
    tokens.push_back({std::string(text.substr(at, length)), line});
    at += length;
  }
  return tokens;
}

std::vector<Include> FindIncludes(absl::string_view text) {
  const std::string code = MaskCommentsAndLiterals(text);
  const std::vector<absl::string_view> masked = SplitLines(code);
  const std::vector<absl::string_view> lines = SplitLines(text);
  std::vector<Include> includes;
  for (size_t i = 0; i < masked.size(); ++i) {
    if (!IsDirective(masked[i], "include")) continue;
    const std::string quoted = Between(lines[i], '"', '"');
    const bool angled = quoted.empty();
    const std::string path = angled ? Between(lines[i], '<', '>') : quoted;
    includes.push_back({path, angled, static_cast<int>(i) + 1});
  }
  return includes;
}

std::vector<Include> FindProtoImports(absl::string_view text) {
  const std::vector<absl::string_view> lines = SplitLines(text);
  std::vector<Include> imports;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!absl::StartsWith(lines[i], "import ")) continue;
    imports.push_back(
        {Between(lines[i], '"', '"'), false, static_cast<int>(i) + 1});
  }
  return imports;
}

}  // namespace cxr::tests
