// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/textproto.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/textproto/binder.h"
#include "cxr/textproto/issues.h"
#include "cxr/textproto/syntax.h"

namespace cxr {
namespace {

using ::google::protobuf::Message;
using ::google::protobuf::TextFormat;

// A proto2 message may require fields; ours never do.
void CheckRequired(const Message& message, std::vector<TextIssue>& issues) {
  const bool understood =
      std::all_of(issues.begin(), issues.end(),
                  [](const TextIssue& issue) { return issue.warning; });
  if (understood && !message.IsInitialized()) {
    issues.push_back(
        {.message = absl::StrCat("missing required fields, expected ",
                                 message.InitializationErrorString())});
  }
}

// Drops what protobuf's parser has to say of an unknown field.
class Ignorer final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int, google::protobuf::io::ColumnNumber,
                const std::string&) override {}
  void AddWarning(int, google::protobuf::io::ColumnNumber,
                  const std::string&) override {}
};

}  // namespace

ParsedTextproto ParseTextproto(absl::string_view text, Message& message) {
  ParsedTextproto parsed = BindSyntax(text, ParseSyntax(text), message);
  CheckRequired(message, parsed.issues);
  SortIssues(parsed.issues);
  return parsed;
}

bool ReadTextproto(absl::string_view text, Message& message) {
  Ignorer ignorer;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&ignorer);
  parser.SetRecursionLimit(kMaxTextprotoDepth);
  parser.AllowUnknownField(true);
  google::protobuf::io::ArrayInputStream stream(text.data(),
                                                static_cast<int>(text.size()));
  return parser.Parse(&stream, &message);
}

std::string ToTextproto(const Message& message) {
  std::string text;
  CXR_CHECK(TextFormat::PrintToString(message, &text)) << message.GetTypeName();
  return text;
}

}  // namespace cxr
