// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_TEXTPROTO_H_
#define CXR_TEXTPROTO_TEXTPROTO_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/textproto/place.h"

// Text-format protocol buffers with the position of everything that is wrong.
//
// The language is that of protobuf's own TextFormat::Parser for messages
// without groups, extensions and Any, with an equal message. What differs:
//   - A literal too large for its floating-point type (1e400) is an error; it
//     would become infinity. "inf" is accepted.
//   - A string field whose bytes are not UTF-8 is an error.
//   - A number for an enum that has no such value is an error; proto3 keeps it.
//   - A field that holds one value is set once, even to its default before; of
//     a choice (oneof) one member is set once.
//   - A field whose name is reserved is unknown, not passed over.
//   - A byte order mark at the start is passed over.
// Warnings, which reject nothing: a byte order mark, a tab, a whole number that
// is octal, an empty list, two texts in a list without a comma.

namespace cxr {

// Where a value stood; same shape as the message.
struct FieldPlace {
  int number = 0;  // The field's number; 0 at the root.
  int index = 0;   // Among a repeated field's values, else 0.
  int file = 0;    // For callers who lay several texts over each other.
  // Of a scalar its value, of a message the field's name; each item of a list
  // has its own.
  TextPlace place = {};
  std::vector<FieldPlace> inner = {};  // In the order of the text.
};

struct ParsedTextproto {
  // Sorted by place. Empty or all warnings if all of the text was understood.
  std::vector<TextIssue> issues = {};
  FieldPlace places = {};
};

// Parses `text` into the empty `message`, which gets everything that was
// understood. Each mistake is one issue and hides no other.
ParsedTextproto ParseTextproto(absl::string_view text,
                               google::protobuf::Message& message);

// Reads what a program wrote: fields that this version does not know are passed
// over. False if `text` is not a textproto of that type at all.
bool ReadTextproto(absl::string_view text, google::protobuf::Message& message);

// `message` as text, one field a line, fields in the order of their numbers.
std::string ToTextproto(const google::protobuf::Message& message);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_TEXTPROTO_H_
