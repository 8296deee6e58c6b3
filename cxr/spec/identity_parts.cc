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

void Collect(const Message& message, const std::string& prefix,
             std::vector<spec::IdentityPart>& parts);

void AddPart(std::string path, std::string value,
             std::vector<spec::IdentityPart>& parts) {
  spec::IdentityPart& part = parts.emplace_back();
  part.set_path(std::move(path));
  part.set_value(std::move(value));
}

void CollectMessage(const Message& message, const std::string& path,
                    std::vector<spec::IdentityPart>& parts) {
  const size_t before = parts.size();
  Collect(message, absl::StrCat(path, "."), parts);
  if (parts.size() == before) {
    AddPart(path, "{}", parts);
  }
}

void Collect(const Message& message, const std::string& prefix,
             std::vector<spec::IdentityPart>& parts) {
  const auto* descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    if (field->options().GetExtension(spec::field_class) != spec::IDENTITY) {
      continue;
    }
    const std::string path = absl::StrCat(prefix, field->name());
    for (int k = 0; k < ValueCount(message, *field); ++k) {
      const std::string item = field->is_repeated() ? ItemField(path, k) : path;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        CollectMessage(InnerMessage(message, *field, k), item, parts);
      } else {
        AddPart(item, ValueText(message, *field, k), parts);
      }
    }
  }
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
      const std::string item = field->is_repeated() ? ItemField(path, k) : path;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        AppendInner(InnerMessage(message, *field, k), item, depth, text);
      } else {
        absl::StrAppend(&text, "field ", item, " = ",
                        ValueText(message, *field, k), "\n");
      }
    }
  }
}

void IdentityTexts::AppendInner(const Message& message, const std::string& path,
                                int depth, std::string& text) {
  const auto write = [&](std::string& out) {
    const size_t before = out.size();
    Append(message, absl::StrCat(path, "."), depth + 1, out);
    if (out.size() == before) {
      absl::StrAppend(&out, "field ", path, " = {}\n");
    }
  };
  // Outer messages differ too often to be kept, those deep inside are short.
  if (depth == 0 || depth > kDeepestKept) {
    return write(text);
  }
  const auto [it, added] =
      known_.try_emplace(std::make_pair(path, message.SerializeAsString()));
  if (added) {
    std::string inner;
    write(inner);
    // Looked up again: the inner ones were added meanwhile.
    known_[std::make_pair(path, message.SerializeAsString())] = inner;
    absl::StrAppend(&text, inner);
  } else {
    absl::StrAppend(&text, it->second);
  }
}

std::string SpecDigest(const Message& message) {
  std::string text;
  for (const spec::IdentityPart& part : IdentityParts(message)) {
    absl::StrAppend(&text, part.path(), " = ", part.value(), "\n");
  }
  return Sha256Hex(text);
}

}  // namespace cxr
