// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/language.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace cxr {
namespace {

using Kind = SyntaxToken::Kind;

// A file's tokens and their text.
class Words {
 public:
  Words(absl::string_view text, const std::vector<SyntaxToken>& tokens)
      : text_(text), tokens_(tokens) {}

  size_t size() const { return tokens_.size(); }
  TextSpan span(size_t i) const { return tokens_[i].span; }
  bool Is(size_t i, Kind kind) const {
    return i < tokens_.size() && tokens_[i].kind == kind;
  }
  bool Is(size_t i, absl::string_view text) const {
    return i < tokens_.size() &&
           text_.substr(span(i).begin, span(i).end - span(i).begin) == text;
  }

 private:
  absl::string_view text_;
  const std::vector<SyntaxToken>& tokens_;
};

// The first line that a version control system wrote where it could not merge.
std::optional<TextSpan> FindConflict(absl::string_view text) {
  constexpr size_t kLength = 7;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const absl::string_view line =
        absl::StripTrailingAsciiWhitespace(text.substr(at, end - at));
    for (const char sign : {'<', '=', '>', '|'}) {
      if (absl::StartsWith(line, std::string(kLength, sign)) &&
          (line.size() == kLength || line[kLength] == ' ')) {
        return TextSpan{at, at + kLength};
      }
    }
    at = end + 1;
  }
  return std::nullopt;
}

bool IsJson(const Words& words) {
  if (words.Is(0, "[")) {
    return words.Is(1, "{") || words.Is(1, "[") || words.Is(1, Kind::kString) ||
           words.Is(1, Kind::kInteger);
  }
  return words.Is(0, "{");
}

// "syntax =", "message X {" or "optional int32 x = 1;" at token `i`.
bool BeginsProto(const Words& words, size_t i) {
  if (words.Is(i, "syntax") && words.Is(i + 1, "=") &&
      words.Is(i + 2, Kind::kString)) {
    return true;
  }
  if (!words.Is(i, Kind::kIdentifier) || !words.Is(i + 1, Kind::kIdentifier)) {
    return false;
  }
  if (words.Is(i, "message") || words.Is(i, "enum") || words.Is(i, "oneof")) {
    return words.Is(i + 2, "{");
  }
  return words.Is(i + 2, "=") && words.Is(i + 3, Kind::kInteger) &&
         (words.Is(i + 4, ";") || words.Is(i + 4, "["));
}

// One line that says something: its span without the white space around it.
struct Line {
  size_t indent = 0;
  TextSpan span = {};
  absl::string_view text = {};
};

// The lines of `text` that hold more than a comment.
std::vector<Line> LinesOf(absl::string_view text) {
  std::vector<Line> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const absl::string_view raw = text.substr(at, end - at);
    const absl::string_view inner = absl::StripAsciiWhitespace(raw);
    if (!inner.empty() && inner[0] != '#') {
      const size_t indent = static_cast<size_t>(inner.data() - raw.data());
      lines.push_back(
          {indent, {at + indent, at + indent + inner.size()}, inner});
    }
    at = end + 1;
  }
  return lines;
}

bool IsItem(absl::string_view line) {
  return absl::StartsWith(line, "- ") || line == "-";
}

bool IsWord(char c) { return absl::ascii_isalnum(c) || c == '_' || c == '-'; }

// "key:" with or without something behind it.
bool HasKey(absl::string_view line) {
  const auto end = std::find_if_not(line.begin(), line.end(), IsWord);
  return end != line.begin() && end != line.end() && *end == ':';
}

std::optional<TextSpan> FindYaml(absl::string_view text, const Words& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (words.Is(i, "{") || words.Is(i, "<")) {
      return std::nullopt;
    }
  }
  const std::vector<Line> lines = LinesOf(text);
  if (!lines.empty() && lines[0].text == "---") {
    return lines[0].span;
  }
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    const Line& next = lines[i + 1];
    if (!HasKey(lines[i].text) || lines[i].text.back() != ':') {
      continue;
    }
    if ((IsItem(next.text) && next.indent >= lines[i].indent) ||
        (HasKey(next.text) && next.indent > lines[i].indent)) {
      return lines[i].span;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Diagnosis> DiagnoseBytes(absl::string_view text) {
  if (absl::StartsWith(text, "\xFF\xFE") ||
      absl::StartsWith(text, "\xFE\xFF")) {
    return Diagnosis{{0, 2},
                     "found UTF-16, expected a text file in UTF-8: this is "
                     "not a text file for this program, save it as UTF-8"};
  }
  const size_t null = text.find('\0');
  if (null == absl::string_view::npos) {
    return std::nullopt;
  }
  return Diagnosis{{null, null + 1},
                   "found a NUL byte, expected text: this is not a text file"};
}

std::optional<Diagnosis> DiagnoseLanguage(
    absl::string_view text, const std::vector<SyntaxToken>& tokens) {
  const Words words(text, tokens);
  if (const auto span = FindConflict(text); span.has_value()) {
    return Diagnosis{*span,
                     "found a merge conflict's marker, expected a field: keep "
                     "what is right of the two sides and delete the markers"};
  }
  if (IsJson(words)) {
    return Diagnosis{
        words.span(0),
        "found JSON, expected a textproto: the file has no outer braces, "
        "names have no quotes, { \"a\": { \"b\": 1 } } is a { b: 1 }"};
  }
  for (size_t i = 0; i < words.size(); ++i) {
    if (BeginsProto(words, i)) {
      return Diagnosis{
          words.span(i),
          "found the language of .proto files, which declares messages, "
          "expected a textproto, which holds one: write values, as name: 1"};
    }
  }
  if (const auto span = FindYaml(text, words); span.has_value()) {
    return Diagnosis{
        *span,
        "found YAML, expected a textproto: braces hold what belongs together, "
        "a { b: 1 }, and lists are written a: [1, 2]"};
  }
  return std::nullopt;
}

}  // namespace cxr
