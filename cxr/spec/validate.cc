// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/validate.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/check.h"
#include "cxr/spec/field_values.h"
#include "cxr/spec/options.pb.h"

namespace cxr {
namespace {

using ::google::protobuf::EnumValueDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::OneofDescriptor;
using ::google::protobuf::Reflection;

std::string RangeText(const spec::Range& range) {
  std::string text;
  if (range.has_above()) {
    text = absl::StrCat("> ", range.above());
  }
  if (range.has_min()) {
    absl::StrAppend(&text, text.empty() ? "" : " and ", ">= ", range.min());
  }
  if (range.has_max()) {
    absl::StrAppend(&text, text.empty() ? "" : " and ", "<= ", range.max());
  }
  if (range.has_below()) {
    absl::StrAppend(&text, text.empty() ? "" : " and ", "< ", range.below());
  }
  return text;
}

bool InRange(double value, const spec::Range& range) {
  // Written so that NaN and infinity are outside every range.
  return std::isfinite(value) && (!range.has_min() || value >= range.min()) &&
         (!range.has_max() || value <= range.max()) &&
         (!range.has_above() || value > range.above()) &&
         (!range.has_below() || value < range.below());
}

// One value of a field; `index` is -1 for a single field.
struct Item {
  const Message& message;
  const FieldDescriptor& field;
  int index;

  const Reflection& reflection() const { return *message.GetReflection(); }
  bool repeated() const { return index >= 0; }
};

// Any number as a double: its text has all the digits it needs.
double NumberOf(const Item& item) {
  const std::string text = ValueText(item.message, item.field, item.index);
  double value = 0;
  CXR_CHECK(absl::SimpleAtod(text, &value)) << item.field.full_name();
  return value;
}

const EnumValueDescriptor& EnumOf(const Item& item) {
  const Reflection& r = item.reflection();
  return item.repeated()
             ? *r.GetRepeatedEnum(item.message, &item.field, item.index)
             : *r.GetEnum(item.message, &item.field);
}

// " pixels", or nothing.
std::string UnitText(const FieldDescriptor& field) {
  const std::string& unit = field.options().GetExtension(spec::unit);
  return unit.empty() || unit == "fraction" ? "" : absl::StrCat(" ", unit);
}

// A result must not depend on where things lie on one machine.
std::string PathProblem(const Item& item) {
  std::string scratch;
  const Reflection& r = item.reflection();
  const std::string& text =
      item.repeated()
          ? r.GetRepeatedStringReference(item.message, &item.field, item.index,
                                         &scratch)
          : r.GetStringReference(item.message, &item.field, &scratch);
  const bool drive =
      text.size() > 2 && text[1] == ':' && (text[2] == '\\' || text[2] == '/');
  if (drive || absl::StartsWith(text, "/") || absl::StartsWith(text, "~") ||
      absl::StartsWith(text, "file:")) {
    return absl::StrCat("found the absolute path '", text,
                        "', expected a path below a root that the command "
                        "line gives (--data_root, --weights_root)");
  }
  const std::vector<absl::string_view> steps = absl::StrSplit(text, '/');
  if (std::find(steps.begin(), steps.end(), "..") != steps.end()) {
    return absl::StrCat("found '", text,
                        "', expected a path that stays below its root");
  }
  return "";
}

// What is wrong with one value, or nothing.
std::string ProblemOf(const Item& item) {
  const auto& options = item.field.options();
  switch (item.field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumOf(item).number() == 0
                 ? absl::StrCat("found ", EnumOf(item).name(),
                                ", expected a decision")
                 : "";
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      if (!std::isfinite(NumberOf(item))) {
        return absl::StrCat("found ", NumberOf(item),
                            ", expected a finite number");
      }
      break;
    default:
      break;
  }
  if (options.HasExtension(spec::range)) {
    const spec::Range& range = options.GetExtension(spec::range);
    if (!InRange(NumberOf(item), range)) {
      return absl::StrCat("found ", NumberOf(item), ", expected ",
                          RangeText(range), UnitText(item.field));
    }
  }
  if (item.field.cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
      options.GetExtension(spec::field_class) != spec::COSMETIC) {
    return PathProblem(item);
  }
  return "";
}

class ValueChecker {
 public:
  void Check(const Message& message, const std::string& prefix) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const std::string path = JoinField(prefix, field->name());
      if (!field->is_repeated()) {
        CheckItem({message, *field, -1}, path);
        continue;
      }
      const int size = message.GetReflection()->FieldSize(message, field);
      for (int i = 0; i < size; ++i) {
        CheckItem({message, *field, i}, ItemField(path, i));
      }
    }
  }

  std::vector<FieldProblem> TakeProblems() { return std::move(problems_); }

 private:
  void CheckItem(const Item& item, const std::string& path) {
    if (item.field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Check(InnerMessage(item.message, item.field, item.index), path);
      return;
    }
    std::string problem = ProblemOf(item);
    if (!problem.empty()) {
      problems_.push_back({.field = path, .message = std::move(problem)});
    }
  }

  std::vector<FieldProblem> problems_;
};

std::string MembersOf(const OneofDescriptor& oneof) {
  std::string names;
  for (int i = 0; i < oneof.field_count(); ++i) {
    absl::StrAppend(&names, i == 0 ? "" : ", ", oneof.field(i)->name());
  }
  return names;
}

class CompletenessChecker {
 public:
  void Check(const Message& message, const std::string& prefix) {
    const auto* descriptor = message.GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      CheckField(message, *descriptor->field(i), prefix);
    }
    for (int i = 0; i < descriptor->real_oneof_decl_count(); ++i) {
      const OneofDescriptor* oneof = descriptor->oneof_decl(i);
      if (!message.GetReflection()->HasOneof(message, oneof)) {
        Add(JoinField(prefix, oneof->name()),
            absl::StrCat("nothing is set, expected one of ",
                         MembersOf(*oneof)));
      }
    }
  }

  std::vector<FieldProblem> TakeProblems() { return std::move(problems_); }

 private:
  void CheckField(const Message& message, const FieldDescriptor& field,
                  const std::string& prefix) {
    const std::string path = JoinField(prefix, field.name());
    const Reflection& r = *message.GetReflection();
    const bool may_be_unset = field.options().GetExtension(spec::may_be_unset);
    const bool is_message =
        field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (field.is_repeated()) {
      const int size = r.FieldSize(message, &field);
      if (size == 0 && !may_be_unset) {
        Add(path, "is empty, expected at least one value");
      }
      for (int i = 0; is_message && i < size; ++i) {
        Check(r.GetRepeatedMessage(message, &field, i), ItemField(path, i));
      }
      return;
    }
    if (!r.HasField(message, &field)) {
      // Members of a oneof are judged together.
      if (!may_be_unset && field.real_containing_oneof() == nullptr) {
        Add(path, "is not set; nothing that matters has a default");
      }
      return;
    }
    if (is_message && !field.options().GetExtension(spec::partial)) {
      Check(r.GetMessage(message, &field), path);
    }
  }

  void Add(std::string field, std::string message) {
    problems_.push_back(
        {.field = std::move(field), .message = std::move(message)});
  }

  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> CheckValues(const Message& message) {
  ValueChecker checker;
  checker.Check(message, "");
  return checker.TakeProblems();
}

std::vector<FieldProblem> CheckComplete(const Message& message) {
  CompletenessChecker checker;
  checker.Check(message, "");
  return checker.TakeProblems();
}

}  // namespace cxr
