// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/fuzz.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/type.pb.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/textproto/syntax.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;
using ::google::protobuf::TextFormat;

class NoErrors final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int, int, const std::string&) override {}
  void AddWarning(int, int, const std::string&) override {}
};

bool AcceptedByProtobuf(const std::string& text, Message& message) {
  NoErrors none;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&none);
  parser.SetRecursionLimit(kMaxTextprotoDepth);
  return parser.ParseFromString(text, &message);
}

void CheckInside(TextSpan inner, TextSpan outer) {
  CXR_CHECK(inner.begin <= inner.end);
  CXR_CHECK(outer.begin <= inner.begin && inner.end <= outer.end)
      << inner.begin << ".." << inner.end << " in " << outer.begin << ".."
      << outer.end;
}

void CheckFields(const std::vector<SyntaxField>& fields, TextSpan outer);

void CheckValue(const SyntaxValue& value, TextSpan outer) {
  CheckInside(value.span, outer);
  for (const SyntaxToken& token : value.tokens) {
    CheckInside(token.span, value.span);
  }
  for (const SyntaxValue& item : value.items) {
    CheckValue(item, value.span);
  }
  CheckFields(value.fields, value.span);
}

void CheckFields(const std::vector<SyntaxField>& fields, TextSpan outer) {
  size_t end = outer.begin;
  for (const SyntaxField& field : fields) {
    CheckInside(field.span, {end, outer.end});
    CheckInside(field.name_span, field.span);
    CheckValue(field.value, {field.name_span.end, field.span.end});
    end = field.span.end;
  }
}

// A place on a line of the text, no longer than that line.
void CheckPlace(const TextPlace& place, const std::vector<int>& widths) {
  CXR_CHECK(place.line >= 1 && place.line <= static_cast<int>(widths.size()))
      << place.line;
  const int width = widths[static_cast<size_t>(place.line) - 1];
  CXR_CHECK(place.column >= 1 && place.length >= 1);
  CXR_CHECK(place.column + place.length - 1 <= width + 1)
      << place.line << ":" << place.column << "+" << place.length;
}

void CheckPlaces(const FieldPlace& place, const std::vector<int>& widths) {
  CheckPlace(place.place, widths);
  for (const FieldPlace& inner : place.inner) {
    CheckPlaces(inner, widths);
  }
}

// The characters of each line.
std::vector<int> WidthsOf(const std::string& text) {
  std::vector<int> widths = {0};
  for (const char c : text) {
    if (c == '\n') {
      widths.push_back(0);
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++widths.back();
    }
  }
  return widths;
}

// Whether the field at `path` of `root`, as "fields[1].kind", is an enum with a
// number that the enum has no name for.
bool HoldsUnnamedEnum(const Message& root, const std::string& path) {
  const Message* message = &root;
  for (const absl::string_view step : absl::StrSplit(path, '.')) {
    const std::vector<std::string> parts =
        absl::StrSplit(step, absl::ByAnyChar("[]"));
    const FieldDescriptor* field =
        message->GetDescriptor()->FindFieldByName(parts[0]);
    CXR_CHECK(field != nullptr) << path;
    int index = 0;
    CXR_CHECK(!field->is_repeated() || absl::SimpleAtoi(parts.at(1), &index))
        << path;
    const Reflection& values = *message->GetReflection();
    if (field->enum_type() != nullptr) {
      const int number =
          field->is_repeated()
              ? values.GetRepeatedEnumValue(*message, field, index)
              : values.GetEnumValue(*message, field);
      return field->enum_type()->FindValueByNumber(number) == nullptr;
    }
    CXR_CHECK(field->message_type() != nullptr) << path;
    message = field->is_repeated()
                  ? &values.GetRepeatedMessage(*message, field, index)
                  : &values.GetMessage(*message, field);
  }
  return false;
}

// Whether we reject for a documented reason what protobuf accepts and reads as
// `accepted`.
bool KnownDifference(const TextIssue& issue, const Message& accepted) {
  if (absl::StrContains(issue.message, "expected one of")) {
    return HoldsUnnamedEnum(accepted, issue.field);
  }
  for (const absl::string_view reason :
       {"expected a number up to", "expected UTF-8", "that are not UTF-8",
        "again, expected it once", "of the same choice", "and no Any here",
        "more mistakes follow"}) {
    if (absl::StrContains(issue.message, reason)) {
      return true;
    }
  }
  return false;
}

void CheckAgainstProtobuf(const std::string& text,
                          const ParsedTextproto& parsed,
                          const Message& message) {
  // Ours alone passes over a mark at the start of the file.
  const std::string plain =
      absl::StartsWith(text, "\xEF\xBB\xBF") ? text.substr(3) : text;
  const std::unique_ptr<Message> other(message.New());
  const bool accepted = AcceptedByProtobuf(plain, *other);
  const auto error =
      std::find_if(parsed.issues.begin(), parsed.issues.end(),
                   [](const TextIssue& issue) { return !issue.warning; });
  if (error == parsed.issues.end()) {
    CXR_CHECK(accepted) << text;
    CXR_CHECK(message.SerializeAsString() == other->SerializeAsString())
        << text;
  } else if (accepted) {
    CXR_CHECK(KnownDifference(*error, *other)) << error->message << "\n"
                                               << text;
  }
}

template <typename Proto>
void CheckOne(const std::string& text) {
  Proto message;
  const ParsedTextproto parsed = ParseTextproto(text, message);
  const std::vector<int> widths = WidthsOf(text);
  CheckPlaces(parsed.places, widths);
  for (const TextIssue& issue : parsed.issues) {
    CheckPlace(issue.place, widths);
    CXR_CHECK(!issue.message.empty());
  }
  CheckAgainstProtobuf(text, parsed, message);
}

}  // namespace
}  // namespace cxr

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(data, data + size);
  cxr::CheckFields(cxr::ParseSyntax(text).fields, {0, text.size()});
  cxr::CheckOne<google::protobuf::FileDescriptorProto>(text);
  cxr::CheckOne<google::protobuf::FileOptions>(text);
  // Of proto3, where protobuf keeps an enum's unknown numbers.
  cxr::CheckOne<google::protobuf::Type>(text);
  return 0;
}
