// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/identity.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/check.h"
#include "cxr/base/digest.h"
#include "cxr/spec/options.pb.h"

namespace cxr {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// Doubles with all 17 digits: two specs are equal only if their values are.
std::string Exact(double value) { return absl::StrFormat("%.17g", value); }

std::string SingleValue(const Message& m, const FieldDescriptor* f) {
  const Reflection& r = *m.GetReflection();
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(r.GetInt32(m, f));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(r.GetInt64(m, f));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(r.GetUInt32(m, f));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(r.GetUInt64(m, f));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Exact(r.GetDouble(m, f));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Exact(r.GetFloat(m, f));
    case FieldDescriptor::CPPTYPE_BOOL:
      return r.GetBool(m, f) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return r.GetEnum(m, f)->name();
    case FieldDescriptor::CPPTYPE_STRING:
      return absl::CEscape(r.GetString(m, f));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  CXR_CHECK(false) << f->full_name() << " is no single value";
  return "";
}

std::string RepeatedValue(const Message& m, const FieldDescriptor* f, int i) {
  const Reflection& r = *m.GetReflection();
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(r.GetRepeatedInt32(m, f, i));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(r.GetRepeatedInt64(m, f, i));
    case FieldDescriptor::CPPTYPE_UINT32:
      return absl::StrCat(r.GetRepeatedUInt32(m, f, i));
    case FieldDescriptor::CPPTYPE_UINT64:
      return absl::StrCat(r.GetRepeatedUInt64(m, f, i));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Exact(r.GetRepeatedDouble(m, f, i));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Exact(r.GetRepeatedFloat(m, f, i));
    case FieldDescriptor::CPPTYPE_BOOL:
      return r.GetRepeatedBool(m, f, i) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return r.GetRepeatedEnum(m, f, i)->name();
    case FieldDescriptor::CPPTYPE_STRING:
      return absl::CEscape(r.GetRepeatedString(m, f, i));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  CXR_CHECK(false) << f->full_name() << " is no single value";
  return "";
}

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
  const Reflection& r = *message.GetReflection();
  const auto* descriptor = message.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    if (field->options().GetExtension(spec::field_class) != spec::IDENTITY) {
      continue;
    }
    const std::string path = absl::StrCat(prefix, field->name());
    const bool is_message =
        field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (field->is_repeated()) {
      for (int k = 0; k < r.FieldSize(message, field); ++k) {
        const std::string item = absl::StrCat(path, "[", k, "]");
        if (is_message) {
          CollectMessage(r.GetRepeatedMessage(message, field, k), item, parts);
        } else {
          AddPart(item, RepeatedValue(message, field, k), parts);
        }
      }
    } else if (r.HasField(message, field)) {
      if (is_message) {
        CollectMessage(r.GetMessage(message, field), path, parts);
      } else {
        AddPart(path, SingleValue(message, field), parts);
      }
    }
  }
}

}  // namespace

std::vector<spec::IdentityPart> IdentityParts(const Message& sub_spec) {
  std::vector<spec::IdentityPart> parts;
  Collect(sub_spec, "", parts);
  return parts;
}

std::string StageId(const StageIdentity& identity) {
  // One fact a line; values are escaped, so that no value can forge a line.
  std::string text = absl::StrCat("stage ", identity.stage, "\nversion ",
                                  identity.version, "\n");
  for (const spec::IdentityPart& part : identity.parts) {
    absl::StrAppend(&text, "field ", part.path(), " = ", part.value(), "\n");
  }
  for (const spec::StageInput& input : identity.inputs) {
    absl::StrAppend(&text, "input ", input.stage(), " = ", input.id(), "\n");
  }
  return Sha256Hex(text);
}

}  // namespace cxr
