// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/references.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "cxr/spec/field_values.h"
#include "cxr/spec/places.h"

namespace cxr {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

void Collect(const Message& message, const std::string& prefix,
             std::vector<SpecReference>& references) {
  const Reflection& r = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  r.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string path = JoinField(prefix, field->name());
    const spec::Reference kind = field->options().GetExtension(spec::refers_to);
    const bool is_message =
        field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (!is_message && kind == spec::REFERENCE_UNSPECIFIED) {
      continue;
    }
    for (int i = 0; i < ValueCount(message, *field); ++i) {
      const std::string item = field->is_repeated() ? ItemField(path, i) : path;
      if (is_message) {
        Collect(InnerMessage(message, *field, i), item, references);
      } else {
        references.push_back(
            {.field = item,
             .kind = kind,
             .name = field->is_repeated()
                         ? r.GetRepeatedString(message, field, i)
                         : r.GetString(message, field)});
      }
    }
  }
}

}  // namespace

std::vector<SpecReference> ReferencesOf(const Message& message) {
  std::vector<SpecReference> references;
  Collect(message, "", references);
  return references;
}

std::vector<std::string> NamesIn(const Message& message, spec::Reference kind) {
  std::vector<std::string> names;
  for (SpecReference& reference : ReferencesOf(message)) {
    if (reference.kind == kind &&
        std::find(names.begin(), names.end(), reference.name) == names.end()) {
      names.push_back(std::move(reference.name));
    }
  }
  return names;
}

}  // namespace cxr
