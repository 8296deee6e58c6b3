// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_VALUE_H_
#define CXR_TEXTPROTO_VALUE_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "cxr/textproto/syntax.h"

// One scalar value from its words into a message.

namespace cxr {

struct ValueError {
  TextSpan span;  // Of the value, or of what is wrong inside it.
  std::string message;
};

// Sets `field` of `message` to the scalar `value`, or adds it if the field is
// repeated. Nothing changes on an error. `field` is no message, and `value` has
// tokens.
std::optional<ValueError> PutScalar(
    absl::string_view text, const SyntaxValue& value,
    const google::protobuf::FieldDescriptor& field,
    google::protobuf::Message& message);

// A warning about a value that PutScalar took but that may not be what was
// meant; empty if there is none. `in_list`: between the brackets of a list.
std::string WarningOf(absl::string_view text, const SyntaxValue& value,
                      const google::protobuf::FieldDescriptor& field,
                      bool in_list);

// What to say for a `field` with the syntax's `message` of its value, where the
// type of the field tells more: 10% as a decimal. Else `message`.
std::string MessageFor(const google::protobuf::FieldDescriptor& field,
                       absl::string_view message);

// What a value of `field` is, for messages: "an integer from 0 to 4294967295",
// "one of A, B".
std::string ExpectedOf(const google::protobuf::FieldDescriptor& field);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_VALUE_H_
