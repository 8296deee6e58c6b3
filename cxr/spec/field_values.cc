// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/field_values.h"

#include <google/protobuf/text_format.h>

namespace cxr {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

int ValueCount(const Message& message, const FieldDescriptor& field) {
  const auto& r = *message.GetReflection();
  return field.is_repeated() ? r.FieldSize(message, &field)
                             : static_cast<int>(r.HasField(message, &field));
}

const Message& InnerMessage(const Message& message,
                            const FieldDescriptor& field, int index) {
  const auto& r = *message.GetReflection();
  return field.is_repeated() ? r.GetRepeatedMessage(message, &field, index)
                             : r.GetMessage(message, &field);
}

std::string ValueText(const Message& message, const FieldDescriptor& field,
                      int index) {
  std::string text;
  google::protobuf::TextFormat::PrintFieldValueToString(
      message, &field, field.is_repeated() ? index : -1, &text);
  return text;
}

}  // namespace cxr
