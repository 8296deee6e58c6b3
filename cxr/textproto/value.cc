// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/value.h"

#include <google/protobuf/io/tokenizer.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/textproto/doctor.h"
#include "cxr/textproto/number.h"
#include "cxr/textproto/words.h"

namespace cxr {
namespace {

using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::EnumValueDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;
using ::google::protobuf::io::Tokenizer;
using Kind = SyntaxToken::Kind;

constexpr size_t kMaxListed = 12;

absl::Status NoBool(const ScalarWords& words) {
  const std::string word = absl::AsciiStrToLower(
      words.kind() == Kind::kString ? words.String() : words.All());
  const absl::string_view quotes =
      words.kind() == Kind::kString ? " without quotes" : "";
  if (word == "true" || word == "yes" || word == "on" || word == "1") {
    return Wrong(words, absl::StrCat("true or false: write true", quotes));
  }
  if (word == "false" || word == "no" || word == "off" || word == "0") {
    return Wrong(words, absl::StrCat("true or false: write false", quotes));
  }
  return NoNumber(words, "true or false");
}

absl::StatusOr<bool> ReadBool(const ScalarWords& words) {
  const std::string word = words.Last();
  if (words.tokens().size() > 1 || words.kind() == Kind::kString) {
    return NoBool(words);
  }
  uint64_t number = 0;
  if (words.kind() == Kind::kInteger &&
      Tokenizer::ParseInteger(word, 1, &number)) {
    return number == 1;
  }
  if (word == "true" || word == "True" || word == "t") {
    return true;
  }
  if (word == "false" || word == "False" || word == "f") {
    return false;
  }
  return NoBool(words);
}

// What a person may write: proto3's value for "nothing was decided" is none.
std::vector<std::string> ValueNames(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    if (value.number() != 0 || !absl::EndsWith(value.name(), "_UNSPECIFIED")) {
      names.push_back(value.name());
    }
  }
  return names;
}

std::string OneOf(std::vector<std::string> names) {
  const size_t more = names.size() > kMaxListed ? names.size() - kMaxListed : 0;
  names.resize(names.size() - more);
  const std::string list = absl::StrJoin(names, ", ");
  return more == 0 ? absl::StrCat("one of ", list)
                   : absl::StrCat("one of ", list, " and ", more, " more");
}

// The name that is near to `word`, else those that it begins or ends, if they
// are few.
std::string Meant(absl::string_view word,
                  const std::vector<std::string>& names) {
  constexpr size_t kShortest = 2;
  constexpr size_t kMost = 3;
  const std::string near = Nearest(word, names);
  const std::string upper = absl::AsciiStrToUpper(word);
  if (!near.empty() || upper.size() < kShortest) {
    return near;
  }
  std::vector<std::string> parts;
  for (const std::string& name : names) {
    if (absl::StartsWith(name, upper) ||
        absl::EndsWith(name, absl::StrCat("_", upper))) {
      parts.push_back(name);
    }
  }
  if (parts.empty() || parts.size() > kMost ||
      (parts.size() > 1 && parts.size() == names.size())) {
    return "";
  }
  const std::string last = parts.back();
  parts.pop_back();
  return parts.empty() ? last
                       : absl::StrCat(absl::StrJoin(parts, ", "), " or ", last);
}

absl::Status NoEnum(const ScalarWords& words, const EnumDescriptor& type) {
  const std::vector<std::string> names = ValueNames(type);
  const bool quoted = words.kind() == Kind::kString;
  const std::string word = quoted ? words.String() : std::string(words.All());
  std::string expected = OneOf(names);
  if (quoted && type.FindValueByName(word) != nullptr) {
    return Wrong(words,
                 absl::StrCat(expected, ": write ", word, " without quotes"));
  }
  if (const std::string meant = Meant(word, names); !meant.empty()) {
    absl::StrAppend(&expected, "; did you mean ", meant, "?");
  }
  return Wrong(words, expected);
}

absl::StatusOr<const EnumValueDescriptor*> ReadEnum(
    const ScalarWords& words, const EnumDescriptor& type) {
  const EnumValueDescriptor* found = nullptr;
  if (words.kind() == Kind::kInteger) {
    const auto number = ReadInteger<int32_t>(words);
    found = number.ok() ? type.FindValueByNumber(*number) : nullptr;
  } else if (words.kind() == Kind::kIdentifier && !words.negative()) {
    found = type.FindValueByName(words.Last());
  }
  if (found == nullptr) {
    return NoEnum(words, type);
  }
  return found;
}

// How many of the first bytes of `text` are UTF-8.
size_t ValidUtf8(absl::string_view text) {
  const auto byte = [&](size_t i) -> uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  size_t at = 0;
  while (at < text.size()) {
    const uint32_t lead = byte(at);
    const size_t size = lead < 0x80                    ? 1
                        : lead >= 0xC2 && lead <= 0xDF ? 2
                        : (lead & 0xF0) == 0xE0        ? 3
                        : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                       : 0;
    bool good = size > 0;
    for (size_t i = 1; i < size; ++i) {
      good = good && (byte(at + i) & 0xC0) == 0x80;
    }
    // No longer forms than needed, no surrogates, nothing over U+10FFFF.
    const uint32_t second = byte(at + 1);
    good = good && !(lead == 0xE0 && second < 0xA0) &&
           !(lead == 0xED && second > 0x9F) &&
           !(lead == 0xF0 && second < 0x90) && !(lead == 0xF4 && second > 0x8F);
    if (!good) {
      return at;
    }
    at += size;
  }
  return at;
}

absl::StatusOr<std::string> ReadString(const ScalarWords& words) {
  if (words.kind() == Kind::kString) {
    return words.String();
  }
  const std::string lower = absl::AsciiStrToLower(words.All());
  return Wrong(words, lower == "null" || lower == "none"
                          ? std::string("a text in quotes: leave the field out")
                          : absl::StrCat("a text in quotes: write ",
                                         Quoted(words.All())));
}

std::optional<ValueError> NotUtf8(const ScalarWords& words, TextSpan span) {
  for (const SyntaxToken& token : words.tokens()) {
    const absl::string_view raw = words.Text(token);
    if (const size_t valid = ValidUtf8(raw); valid < raw.size()) {
      const size_t at = token.span.begin + valid;
      return ValueError{
          {at, at + 1},
          absl::StrFormat("found the byte 0x%02X, expected UTF-8: save the "
                          "file as UTF-8",
                          static_cast<unsigned char>(raw[valid]))};
    }
  }
  return ValueError{span,
                    "found escapes that are not UTF-8 together, expected a "
                    "text: write the characters themselves"};
}

// Of what is no text nothing is said here.
bool IsUtf8(const ScalarWords& words) {
  const absl::StatusOr<std::string> read = ReadString(words);
  return !read.ok() || ValidUtf8(*read) == read->size();
}

}  // namespace

std::string WarningOf(absl::string_view text, const SyntaxValue& value,
                      const FieldDescriptor& field, bool in_list) {
  const ScalarWords words(text, value);
  const size_t count = words.tokens().size();
  if (in_list && words.kind() == Kind::kString && count > 1) {
    return absl::StrCat("found ", count == 2 ? "two" : absl::StrCat(count),
                        " texts without ',' between them, which are read as "
                        "one: ",
                        Shown(words.String()));
  }
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
    case FieldDescriptor::CPPTYPE_ENUM:
      return OctalWarning(words);
    default:
      return "";
  }
}

std::string MessageFor(const FieldDescriptor& field,
                       absl::string_view message) {
  constexpr absl::string_view kFound = "found '";
  const size_t end = message.find("%', expected a number: write");
  double percent = 0;
  if ((field.cpp_type() != FieldDescriptor::CPPTYPE_DOUBLE &&
       field.cpp_type() != FieldDescriptor::CPPTYPE_FLOAT) ||
      !absl::StartsWith(message, kFound) || end == absl::string_view::npos ||
      !absl::SimpleAtod(message.substr(kFound.size(), end - kFound.size()),
                        &percent)) {
    return std::string(message);
  }
  return absl::StrFormat("%s%%', expected a number: write %.12g",
                         message.substr(0, end), percent / 100);
}

std::string ExpectedOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return RangeText<int32_t>();
    case FieldDescriptor::CPPTYPE_INT64:
      return RangeText<int64_t>();
    case FieldDescriptor::CPPTYPE_UINT32:
      return RangeText<uint32_t>();
    case FieldDescriptor::CPPTYPE_UINT64:
      return RangeText<uint64_t>();
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return "a number";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return OneOf(ValueNames(*field.enum_type()));
    case FieldDescriptor::CPPTYPE_STRING:
      return "a text in quotes";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return "a message in { }";
  }
  return "a value";
}

std::optional<ValueError> PutScalar(absl::string_view text,
                                    const SyntaxValue& value,
                                    const FieldDescriptor& field,
                                    Message& message) {
  const ScalarWords words(text, value);
  if (field.type() == FieldDescriptor::TYPE_STRING && !IsUtf8(words)) {
    return NotUtf8(words, value.span);
  }
  const Reflection& reflection = *message.GetReflection();
  std::optional<ValueError> error;
  // Calls the member function for one value or for one more.
  const auto put = [&](auto read, auto set, auto add) {
    if (!read.ok()) {
      error = ValueError{value.span, std::string(read.status().message())};
    } else if (field.is_repeated()) {
      (reflection.*add)(&message, &field, *std::move(read));
    } else {
      (reflection.*set)(&message, &field, *std::move(read));
    }
  };
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      put(ReadInteger<int32_t>(words), &Reflection::SetInt32,
          &Reflection::AddInt32);
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      put(ReadInteger<int64_t>(words), &Reflection::SetInt64,
          &Reflection::AddInt64);
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      put(ReadInteger<uint32_t>(words), &Reflection::SetUInt32,
          &Reflection::AddUInt32);
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      put(ReadInteger<uint64_t>(words), &Reflection::SetUInt64,
          &Reflection::AddUInt64);
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      put(ReadDouble(words), &Reflection::SetDouble, &Reflection::AddDouble);
      break;
    case FieldDescriptor::CPPTYPE_FLOAT:
      put(ReadFloat(words), &Reflection::SetFloat, &Reflection::AddFloat);
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      put(ReadBool(words), &Reflection::SetBool, &Reflection::AddBool);
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      put(ReadEnum(words, *field.enum_type()), &Reflection::SetEnum,
          &Reflection::AddEnum);
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      put(ReadString(words), &Reflection::SetString, &Reflection::AddString);
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return error;
}

}  // namespace cxr
