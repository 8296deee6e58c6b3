// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_SEEN_H_
#define CXR_TEXTPROTO_SEEN_H_

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <vector>

#include "cxr/textproto/syntax.h"

// What is set once or twice; for the binder alone.

namespace cxr {

// What of one message the text has set so far.
class Seen {
 public:
  explicit Seen(const google::protobuf::Descriptor& type)
      : fields_(static_cast<size_t>(type.field_count())),
        choices_(static_cast<size_t>(type.oneof_decl_count())) {}

  // Counts a value of `field`; its index among those in the text.
  int Count(const google::protobuf::FieldDescriptor& field) {
    return Of(field).count++;
  }
  // What first set `field`; `syntax` becomes that the first time.
  const SyntaxField& First(const google::protobuf::FieldDescriptor& field,
                           const SyntaxField& syntax) {
    Entry& entry = Of(field);
    entry.first = entry.first == nullptr ? &syntax : entry.first;
    return *entry.first;
  }
  // The member of `choice` that was set first, `field` the first time.
  const google::protobuf::FieldDescriptor* Chosen(
      const google::protobuf::OneofDescriptor& choice,
      const google::protobuf::FieldDescriptor& field) {
    const google::protobuf::FieldDescriptor*& chosen =
        choices_[static_cast<size_t>(choice.index())];
    chosen = chosen == nullptr ? &field : chosen;
    return chosen;
  }

  // Counts and sets all of `fields` of a message of `type`.
  void Remember(const google::protobuf::Descriptor& type,
                const std::vector<SyntaxField>& fields) {
    for (const SyntaxField& syntax : fields) {
      const google::protobuf::FieldDescriptor* field =
          type.FindFieldByName(syntax.name);
      if (field == nullptr) {
        continue;
      }
      First(*field, syntax);
      const bool list = syntax.value.kind == SyntaxValue::Kind::kList;
      Of(*field).count +=
          list ? static_cast<int>(syntax.value.items.size()) : 1;
      if (field->real_containing_oneof() != nullptr) {
        Chosen(*field->real_containing_oneof(), *field);
      }
    }
  }

 private:
  struct Entry {
    const SyntaxField* first = nullptr;
    int count = 0;
  };
  Entry& Of(const google::protobuf::FieldDescriptor& field) {
    return fields_[static_cast<size_t>(field.index())];
  }

  std::vector<Entry> fields_;
  std::vector<const google::protobuf::FieldDescriptor*> choices_;
};

}  // namespace cxr

#endif  // CXR_TEXTPROTO_SEEN_H_
