// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/identity_parts.h"

#include <google/protobuf/descriptor.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/digest.h"
#include "cxr/spec/field_values.h"
#include "cxr/spec/options.pb.h"
#include "cxr/spec/places.h"

namespace cxr {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

// Messages at this depth or above are kept as text.
constexpr int kDeepestKept = 2;
// The value of a message without identity fields of its own.
constexpr char kEmptyMessage[] = "{}";

// Calls `on_value(path, text)` for each identity field with a value of its own,
// `on_message(message, path)` for each that is a message, in the order of the
// schema.
template <typename OnValue, typename OnMessage>
void ForEachField(const Message& message, const std::string& prefix,
                  OnValue on_value, OnMessage on_message) {
  const auto* descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    const int count = ValueCount(message, *field);
    if (count == 0 ||
        field->options().GetExtension(spec::field_class) != spec::IDENTITY) {
      continue;
    }
    const std::string path = absl::StrCat(prefix, field->name());
    for (int k = 0; k < count; ++k) {
      std::string item = field->is_repeated() ? ItemField(path, k) : path;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        on_message(InnerMessage(message, *field, k), item);
      } else {
        on_value(std::move(item), ValueText(message, *field, k));
      }
    }
  }
}

void Collect(const Message& message, const std::string& prefix,
             std::vector<spec::IdentityPart>& parts) {
  const auto add = [&](std::string path, std::string value) {
    spec::IdentityPart& part = parts.emplace_back();
    part.set_path(std::move(path));
    part.set_value(std::move(value));
  };
  ForEachField(message, prefix, add,
               [&](const Message& inner, const std::string& path) {
                 const size_t before = parts.size();
                 Collect(inner, absl::StrCat(path, "."), parts);
                 if (parts.size() == before) {
                   add(path, kEmptyMessage);
                 }
               });
}

}  // namespace

std::vector<spec::IdentityPart> IdentityParts(const Message& message) {
  std::vector<spec::IdentityPart> parts;
  Collect(message, "", parts);
  return parts;
}

std::string IdentityTexts::TextOf(const Message& message) {
  std::string text;
  Append(message, "", /*depth=*/0, text);
  return text;
}

void IdentityTexts::Append(const Message& message, const std::string& prefix,
                           int depth, std::string& text) {
  ForEachField(
      message, prefix,
      [&](const std::string& path, const std::string& value) {
        absl::StrAppend(&text, "field ", path, " = ", value, "\n");
      },
      [&](const Message& inner, const std::string& path) {
        AppendInner(inner, path, depth, text);
      });
}

void IdentityTexts::AppendInner(const Message& message, const std::string& path,
                                int depth, std::string& text) {
  const auto write = [&](std::string& out) {
    const size_t before = out.size();
    Append(message, absl::StrCat(path, "."), depth + 1, out);
    if (out.size() == before) {
      absl::StrAppend(&out, "field ", path, " = ", kEmptyMessage, "\n");
    }
  };
  // Outer messages differ too often to be kept, those deep inside are short.
  if (depth == 0 || depth > kDeepestKept) {
    return write(text);
  }
  std::pair<std::string, std::string> key(path, message.SerializeAsString());
  const auto known = known_.find(key);
  if (known != known_.end()) {
    absl::StrAppend(&text, known->second);
    return;
  }
  std::string inner;
  write(inner);
  absl::StrAppend(&text, inner);
  known_.emplace(std::move(key), std::move(inner));
}

std::string SpecDigest(const Message& message) {
  std::string text;
  for (const spec::IdentityPart& part : IdentityParts(message)) {
    absl::StrAppend(&text, part.path(), " = ", part.value(), "\n");
  }
  return Sha256Hex(text);
}

}  // namespace cxr
