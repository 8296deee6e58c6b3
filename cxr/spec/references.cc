// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/references.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "absl/functional/function_ref.h"
#include "cxr/spec/field_values.h"
#include "cxr/spec/places.h"
#include "cxr/spec/result_options.pb.h"

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
                         : r.GetString(message, field),
             .is_result = field->options().GetExtension(spec::is_result)});
      }
    }
  }
}

// The names of the references that `is_wanted` takes, each once.
std::vector<std::string> NamesOf(
    const Message& message,
    absl::FunctionRef<bool(const SpecReference&)> is_wanted) {
  std::vector<std::string> names;
  for (SpecReference& reference : ReferencesOf(message)) {
    if (is_wanted(reference) &&
        std::find(names.begin(), names.end(), reference.name) == names.end()) {
      names.push_back(std::move(reference.name));
    }
  }
  return names;
}

}  // namespace

std::vector<SpecReference> ReferencesOf(const Message& message) {
  std::vector<SpecReference> references;
  Collect(message, "", references);
  return references;
}

std::vector<std::string> NamesIn(const Message& message, spec::Reference kind) {
  return NamesOf(message, [&](const SpecReference& reference) {
    return reference.kind == kind;
  });
}

std::vector<std::string> ResultsIn(const Message& message) {
  return NamesOf(message, [](const SpecReference& reference) {
    return reference.is_result;
  });
}

}  // namespace cxr
