// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/number.h"

#include <google/protobuf/io/tokenizer.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdint>

#include "absl/strings/ascii.h"

namespace cxr {
namespace {

using ::google::protobuf::io::Tokenizer;
using Kind = SyntaxToken::Kind;

bool LooksLikeNumber(absl::string_view text) {
  if (!text.empty() && text[0] == '-') {
    text.remove_prefix(1);
  }
  return !text.empty() && absl::ascii_isdigit(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '.' || c == '-' || c == '+';
         });
}

// The error for words that are no T.
template <typename T>
absl::Status NoInteger(const ScalarWords& words) {
  using Limits = std::numeric_limits<T>;
  if (words.kind() == Kind::kFloat) {
    const double size = Tokenizer::ParseFloat(words.Last());
    const double number = words.negative() ? -size : size;
    if (size < 1e15 && number >= static_cast<double>(Limits::min()) &&
        number <= static_cast<double>(Limits::max())) {
      return Wrong(words, number == std::floor(number)
                              ? absl::StrCat("a whole number: write ",
                                             static_cast<int64_t>(number))
                              : "a whole number");
    }
  }
  return NoNumber(words, RangeText<T>());
}

// The name of a floating-point value that is no number.
absl::StatusOr<double> ReadNamedDouble(const ScalarWords& words) {
  const std::string name = absl::AsciiStrToLower(words.Last());
  if (name == "inf" || name == "infinity") {
    return std::numeric_limits<double>::infinity();
  }
  if (name == "nan") {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return NoNumber(words, "a number");
}

absl::StatusOr<double> ReadUnsignedDouble(const ScalarWords& words) {
  if (words.kind() == Kind::kIdentifier) {
    return ReadNamedDouble(words);
  }
  const std::string word = words.Last();
  if (words.kind() == Kind::kInteger) {
    if (word.size() > 1 && word[0] == '0') {
      return Wrong(words,
                   "a decimal number: it is neither octal nor hexadecimal");
    }
    uint64_t number = 0;
    if (Tokenizer::ParseInteger(word, std::numeric_limits<uint64_t>::max(),
                                &number)) {
      return static_cast<double>(number);
    }
  } else if (words.kind() != Kind::kFloat) {
    return NoNumber(words, "a number");
  }
  const double number = Tokenizer::ParseFloat(word);
  if (std::isinf(number)) {
    return Wrong(words, "a number up to 1.8e308");
  }
  return number;
}

}  // namespace

absl::Status NoNumber(const ScalarWords& words, const std::string& expected) {
  if (words.kind() == Kind::kString && LooksLikeNumber(words.String())) {
    return Wrong(words, absl::StrCat(expected, ": write ", words.String(),
                                     " without quotes"));
  }
  const std::string lower = absl::AsciiStrToLower(words.All());
  if (lower == "null" || lower == "none") {
    return Wrong(words, absl::StrCat(expected, ": leave the field out"));
  }
  return Wrong(words, expected);
}

std::string OctalWarning(const ScalarWords& words) {
  const std::string word = words.Last();
  uint64_t number = 0;
  if (words.kind() != Kind::kInteger || word.size() < 2 || word[0] != '0' ||
      !absl::ascii_isdigit(word[1]) ||
      !Tokenizer::ParseInteger(word, std::numeric_limits<uint64_t>::max(),
                               &number)) {
    return "";
  }
  const std::string sign = words.negative() ? "-" : "";
  const std::string octal = absl::StrCat(sign, number);
  const std::string decimal = absl::StrCat(
      sign,
      word.substr(std::min(word.find_first_not_of('0'), word.size() - 1)));
  return absl::StrCat("found ", sign, word, ", which is octal for ", octal,
                      "; write ", octal,
                      octal == decimal ? "" : absl::StrCat(" or ", decimal));
}

template <typename T>
absl::StatusOr<T> ReadInteger(const ScalarWords& words) {
  using Limits = std::numeric_limits<T>;
  const bool negative = words.negative();
  uint64_t number = 0;
  if (words.kind() != Kind::kInteger || (negative && !Limits::is_signed) ||
      !Tokenizer::ParseInteger(
          words.Last(),
          static_cast<uint64_t>(Limits::max()) + (negative ? 1 : 0), &number)) {
    return NoInteger<T>(words);
  }
  return static_cast<T>(negative ? 0 - number : number);
}

template absl::StatusOr<int32_t> ReadInteger<int32_t>(const ScalarWords& words);
template absl::StatusOr<int64_t> ReadInteger<int64_t>(const ScalarWords& words);
template absl::StatusOr<uint32_t> ReadInteger<uint32_t>(
    const ScalarWords& words);
template absl::StatusOr<uint64_t> ReadInteger<uint64_t>(
    const ScalarWords& words);

absl::StatusOr<double> ReadDouble(const ScalarWords& words) {
  auto number = ReadUnsignedDouble(words);
  if (number.ok() && words.negative()) {
    return -*number;
  }
  return number;
}

absl::StatusOr<float> ReadFloat(const ScalarWords& words) {
  // FLT_MAX and half a unit in its last place: what rounds to FLT_MAX.
  constexpr double kRoundsToMax = 3.4028235677973366e+38;
  const auto number = ReadDouble(words);
  if (!number.ok()) {
    return number.status();
  }
  const double size = std::fabs(*number);
  if (std::isinf(size) || !(size > FLT_MAX)) {
    return static_cast<float>(*number);
  }
  if (size <= kRoundsToMax) {
    return *number < 0 ? -FLT_MAX : FLT_MAX;
  }
  return Wrong(words, "a number up to 3.4e38");
}

}  // namespace cxr
