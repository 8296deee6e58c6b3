// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_TEXTPROTO_H_
#define CXR_BASE_TEXTPROTO_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Text-format protocol buffers with the position of everything that is wrong.

namespace cxr {

// Something wrong at a place of a text file.
struct TextIssue {
  int line = 1;    // 1-based.
  int column = 1;  // 1-based.
  std::string message = {};
};

// A parsed message and where each of its fields stood.
struct ParsedTextproto {
  std::vector<TextIssue> issues =
      {};  // Empty if all of the text was understood.
  // Never null.
  std::unique_ptr<google::protobuf::TextFormat::ParseInfoTree> positions;
};

// Parses `text` into the empty `message`. Every unknown field is an issue; the
// first syntax error, wrong type or number out of its type's range ends the
// parse, and `message` then holds what came before it.
ParsedTextproto ParseTextproto(absl::string_view text,
                               google::protobuf::Message& message);

// Reads what a program wrote: fields that this version does not know are passed
// over. False if `text` is not a textproto of that type at all.
bool ReadTextproto(absl::string_view text, google::protobuf::Message& message);

// `message` as text, one field a line, fields in the order of their numbers.
std::string ToTextproto(const google::protobuf::Message& message);

}  // namespace cxr

#endif  // CXR_BASE_TEXTPROTO_H_
