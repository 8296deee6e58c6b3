// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/doctor.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"

namespace cxr {
namespace {

using Kind = SyntaxToken::Kind;

constexpr size_t kShown = 40;

bool IsDigit(char c) { return absl::ascii_isdigit(c); }
bool IsWord(char c) { return absl::ascii_isalnum(c) || c == '_'; }

// The code point that begins `text`; none if its bytes are not UTF-8.
std::optional<uint32_t> CodePoint(absl::string_view text) {
  const auto byte = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(text[i]));
  };
  const uint32_t first = byte(0);
  const size_t size = first < 0x80             ? 1
                      : (first & 0xE0) == 0xC0 ? 2
                      : (first & 0xF0) == 0xE0 ? 3
                      : (first & 0xF8) == 0xF0 ? 4
                                               : 0;
  if (size == 0 || text.size() < size) {
    return std::nullopt;
  }
  uint32_t point = size == 1 ? first : first & (0x7Fu >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) {
      return std::nullopt;
    }
    point = point << 6 | (byte(i) & 0x3F);
  }
  return point;
}

// The name of a character that shows nothing; empty for others.
absl::string_view InvisibleName(uint32_t point) {
  constexpr std::array<std::pair<uint32_t, absl::string_view>, 11> kNames = {{
      {0x7F, "delete"},
      {0x85, "next line"},
      {0xA0, "no-break space"},
      {0xAD, "soft hyphen"},
      {0x2028, "line separator"},
      {0x2029, "paragraph separator"},
      {0x202F, "narrow no-break space"},
      {0x205F, "mathematical space"},
      {0x2060, "word joiner"},
      {0x3000, "ideographic space"},
      {0xFEFF, "byte order mark"},
  }};
  for (const auto& [known, name] : kNames) {
    if (known == point) {
      return name;
    }
  }
  if (point < 0x20) {
    return "control character";
  }
  if (point >= 0x2000 && point <= 0x200A) {
    return "space of a fixed width";
  }
  return point >= 0x200B && point <= 0x200F ? "zero-width character" : "";
}

bool IsQuotePoint(uint32_t point) {
  return (point >= 0x2018 && point <= 0x201F) || point == 0xAB || point == 0xBB;
}

size_t SizeOf(uint32_t point) { return point < 0x800 ? 2 : 3; }

// The text between typographic quotes; whole if one of them is missing.
absl::string_view WithoutQuotes(absl::string_view text) {
  if (const auto point = CodePoint(text);
      point.has_value() && IsQuotePoint(*point)) {
    text.remove_prefix(SizeOf(*point));
  }
  for (const size_t size : {size_t{1}, size_t{2}, size_t{3}}) {
    if (text.size() < size) {
      break;
    }
    const absl::string_view last = text.substr(text.size() - size);
    const auto point = CodePoint(last);
    if (last == "\"" || last == "'" ||
        (size > 1 && point.has_value() && IsQuotePoint(*point))) {
      text.remove_suffix(size);
      break;
    }
  }
  return text;
}

std::string ExplainBytes(absl::string_view text) {
  const auto point = CodePoint(text);
  if (!point.has_value()) {
    return absl::StrFormat(
        "found the byte 0x%02X, expected UTF-8: save the file as UTF-8",
        static_cast<unsigned char>(text[0]));
  }
  if (IsQuotePoint(*point)) {
    const absl::string_view inner = WithoutQuotes(text);
    return absl::StrCat("found typographic quotes, expected straight ones: ",
                        "write ", inner.empty() ? "\"" : Quoted(inner));
  }
  const std::string code = absl::StrFormat("U+%04X", *point);
  if (!InvisibleName(*point).empty()) {
    return absl::StrCat("found an invisible character, ", code, " (",
                        InvisibleName(*point),
                        "), expected a plain space: replace it");
  }
  if (*point == 0x2212 || (*point >= 0x2010 && *point <= 0x2015)) {
    return absl::StrCat("found a typographic dash, ", code,
                        ", expected '-': write '-'");
  }
  return absl::StrCat("found '", text, "' (", code,
                      "), expected an ASCII character: others stand in quotes "
                      "and comments only");
}

std::string ExplainString(absl::string_view text) {
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == text[0]) {
      return absl::StrCat("found a wrong escape in ", Shown(text),
                          ": a backslash is written \\\\");
    } else if (const auto point = CodePoint(text.substr(i));
               point.has_value() && IsQuotePoint(*point)) {
      return absl::StrCat(
          "found a typographic quote at the end of a text, expected ",
          text.substr(0, 1), ": write ", Quoted(text.substr(1, i - 1)));
    }
  }
  return absl::StrCat("found ", Shown(text), ", a text that does not end on ",
                      "its line: close it with ", text.substr(0, 1));
}

std::string ExplainComment(absl::string_view text) {
  const absl::string_view start = text.substr(0, 2);
  if (start == "/*" && !absl::EndsWith(text, "*/")) {
    return "found '/*' without '*/', expected '#' before each line of a "
           "comment";
  }
  return absl::StrCat("found a comment with '", start,
                      "', expected '#': write # ",
                      start == "/*" ? "before each line of it" : "instead");
}

// What a number with the unit `unit` should be.
std::string ExplainUnit(absl::string_view found, absl::string_view number,
                        absl::string_view unit) {
  std::string message =
      absl::StrCat("found ", Shown(found), ", expected a number: write ");
  int64_t count = 0;
  if ((unit == "k" || unit == "K") && absl::SimpleAtoi(number, &count) &&
      std::abs(count) < 1'000'000'000) {
    return absl::StrCat(message, count * 1000, ", in full");
  }
  if (unit == "%") {
    return absl::StrCat(message, number,
                        ", or the share as a decimal; the unit is part of the "
                        "field's name");
  }
  return absl::StrCat(message, number,
                      ", the unit is part of the field's name");
}

std::string WithoutUnderscores(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"_", ""}, {",", ""}});
}

// Of digits with a comma in them: with one 0 before it, or with other than
// three digits behind it, it stands for the point.
std::string ExplainComma(absl::string_view text) {
  const absl::string_view first = text.substr(0, text.find(','));
  const absl::string_view rest = text.substr(first.size() + 1);
  const bool three = rest.size() == 3 &&
                     std::all_of(rest.begin(), rest.end(), absl::ascii_isdigit);
  if (!absl::StrContains(rest, ",") &&
      (first == "0" || first == "-0" || !three)) {
    return absl::StrCat("found ", Shown(text), ", expected a number: write ",
                        first, ".", rest, ", with a point");
  }
  return absl::StrCat("found ", Shown(text), ", expected a number: write ",
                      WithoutUnderscores(text), ", digits are not grouped");
}

std::string ExplainNumber(absl::string_view text) {
  const std::string found = absl::StrCat("found ", Shown(text));
  if (absl::StrContains(text, "..")) {
    return absl::StrCat(found, ", expected one number: a range is two numbers");
  }
  if (text[0] == '.') {
    return absl::StrCat(found, " right behind a name, expected ':'");
  }
  size_t digits = 0;
  while (digits < text.size() && (IsDigit(text[digits]) || text[digits] == '.'))
    ++digits;
  if (digits == text.size()) {
    if (text[0] == '0' && IsDigit(text[1])) {
      return absl::StrCat(found, ", expected an octal number: a leading 0 ",
                          "means octal, leave it out");
    }
    return absl::StrCat(found, ", expected a number with one point: a text is ",
                        "written ", Quoted(text));
  }
  if (absl::StartsWithIgnoreCase(text, "0x")) {
    return absl::StrCat(found, ", expected a hexadecimal number, as 0x1F");
  }
  if (std::all_of(text.begin(), text.end(),
                  [](char c) { return IsDigit(c) || c == '_' || c == '.'; })) {
    return absl::StrCat(found, ", expected a number: write ",
                        WithoutUnderscores(text), ", digits are not grouped");
  }
  const absl::string_view unit = text.substr(digits);
  if ((unit[0] == 'e' || unit[0] == 'E') && unit.size() == 1) {
    return absl::StrCat(found, ", expected an exponent behind 'e', as 1e-4");
  }
  return ExplainUnit(text, text.substr(0, digits), unit);
}

bool IsNumber(absl::string_view word) {
  absl::ConsumePrefix(&word, "-");
  return !word.empty() && IsDigit(word[0]);
}

}  // namespace

std::string Shown(absl::string_view found) {
  if (const size_t end = found.find_first_of("\r\n");
      end != absl::string_view::npos) {
    found = found.substr(0, end);
  }
  if (found.size() <= kShown) {
    return absl::StrCat("'", found, "'");
  }
  size_t cut = kShown - 3;
  while (cut > 0 && (static_cast<unsigned char>(found[cut]) & 0xC0) == 0x80) {
    --cut;
  }
  return absl::StrCat("'", found.substr(0, cut), "...'");
}

std::string Quoted(absl::string_view text) {
  std::string shown = Shown(text);
  std::string inner =
      absl::StrReplaceAll(absl::string_view(shown).substr(1, shown.size() - 2),
                          {{"\\", "\\\\"}, {"\"", "\\\""}});
  return absl::StrCat("\"", inner, "\"");
}

bool IsInvisible(absl::string_view text) {
  const auto point = CodePoint(text);
  return point.has_value() && !InvisibleName(*point).empty();
}

std::string Explain(Kind kind, absl::string_view text) {
  switch (kind) {
    case Kind::kBadNumber:
      return ExplainNumber(text);
    case Kind::kBadString:
      return ExplainString(text);
    case Kind::kBadComment:
      return ExplainComment(text);
    case Kind::kBadBytes:
      return ExplainBytes(text);
    default:
      return absl::StrCat("found ", Shown(text), ", not expected here");
  }
}

std::string ExplainWords(absl::string_view text) {
  size_t end = 0;
  while (end < text.size() &&
         (IsWord(text[end]) || text[end] == '.' || text[end] == '-')) {
    ++end;
  }
  const absl::string_view number = text.substr(0, end);
  const absl::string_view rest = absl::StripAsciiWhitespace(text.substr(end));
  if (IsNumber(number)) {
    if (!rest.empty() && rest[0] == ',') {
      return ExplainComma(text);
    }
    if (rest == "%" || std::all_of(rest.begin(), rest.end(), IsWord)) {
      return IsNumber(rest) ? absl::StrCat("found ", Shown(text),
                                           ", expected one number: several "
                                           "are a list, [a, b]")
                            : ExplainUnit(text, number, rest);
    }
    return absl::StrCat("found ", Shown(text),
                        ", expected one number: nothing is computed here");
  }
  if (text[0] == '+') {
    return absl::StrCat("found '+', expected a number: write it without a '+'");
  }
  if (text[0] == '(') {
    return absl::StrCat("found ", Shown(text),
                        ", expected a value: a list is written [a, b]");
  }
  return absl::StrCat("found ", Shown(text),
                      ", expected one value: a text is written in quotes, ",
                      Quoted(text));
}

}  // namespace cxr
