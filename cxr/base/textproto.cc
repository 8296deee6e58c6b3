// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/textproto.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "cxr/base/check.h"

namespace cxr {
namespace {

using ::google::protobuf::TextFormat;

// Messages nested deeper are refused: no spec needs it, and the parser would
// run out of stack.
constexpr int kMaxDepth = 100;

// Collects errors, and warnings too: with unknown fields allowed, protobuf
// reports each of them as a warning and goes on to the next.
class Collector final : public google::protobuf::io::ErrorCollector {
 public:
  explicit Collector(std::vector<TextIssue>& issues) : issues_(issues) {}

  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    issues_.push_back({line + 1, column + 1, message});
  }
  void AddWarning(int line, google::protobuf::io::ColumnNumber column,
                  const std::string& message) override {
    AddError(line, column, message);
  }

 private:
  std::vector<TextIssue>& issues_;
};

// Whether all of `text` was a textproto. `positions` may be null.
bool Parse(absl::string_view text, google::protobuf::Message& message,
           std::vector<TextIssue>& issues,
           TextFormat::ParseInfoTree* positions) {
  Collector collector(issues);
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  parser.WriteLocationsTo(positions);
  parser.SetRecursionLimit(kMaxDepth);
  parser.AllowUnknownField(true);
  google::protobuf::io::ArrayInputStream stream(text.data(),
                                                static_cast<int>(text.size()));
  return parser.Parse(&stream, &message);
}

}  // namespace

ParsedTextproto ParseTextproto(absl::string_view text,
                               google::protobuf::Message& message) {
  ParsedTextproto parsed{.positions =
                             std::make_unique<TextFormat::ParseInfoTree>()};
  Parse(text, message, parsed.issues, parsed.positions.get());
  return parsed;
}

bool ReadTextproto(absl::string_view text, google::protobuf::Message& message) {
  std::vector<TextIssue> passed_over;
  return Parse(text, message, passed_over, /*positions=*/nullptr);
}

std::string ToTextproto(const google::protobuf::Message& message) {
  std::string text;
  CXR_CHECK(TextFormat::PrintToString(message, &text)) << message.GetTypeName();
  return text;
}

}  // namespace cxr
