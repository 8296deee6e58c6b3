// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/validate.h"

#include <google/protobuf/descriptor.h>

#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/spec/options.pb.h"

namespace cxr {
namespace {

using ::google::protobuf::EnumValueDescriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::OneofDescriptor;
using ::google::protobuf::Reflection;
using ParseInfoTree = ::google::protobuf::TextFormat::ParseInfoTree;

// The name of the mean over all targets in records.
constexpr absl::string_view kMacro = "macro";

std::string Join(absl::string_view prefix, absl::string_view name) {
  return prefix.empty() ? std::string(name) : absl::StrCat(prefix, ".", name);
}

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
  return text;
}

bool InRange(double value, const spec::Range& range) {
  // Written so that NaN and infinity are outside every range.
  return std::isfinite(value) && (!range.has_min() || value >= range.min()) &&
         (!range.has_max() || value <= range.max()) &&
         (!range.has_above() || value > range.above());
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
  std::string text;
  google::protobuf::TextFormat::PrintFieldValueToString(
      item.message, &item.field, item.index, &text);
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
                          RangeText(range));
    }
  }
  return "";
}

class ValueChecker {
 public:
  explicit ValueChecker(absl::string_view file) : file_(file) {}

  void Check(const Message& message, const ParseInfoTree* positions,
             const std::string& prefix) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      if (!field->is_repeated()) {
        CheckItem({message, *field, -1}, positions,
                  Join(prefix, field->name()));
        continue;
      }
      const int size = message.GetReflection()->FieldSize(message, field);
      for (int i = 0; i < size; ++i) {
        CheckItem({message, *field, i}, positions,
                  Join(prefix, absl::StrCat(field->name(), "[", i, "]")));
      }
    }
  }

  std::vector<SpecIssue> TakeIssues() { return std::move(issues_); }

 private:
  void CheckItem(const Item& item, const ParseInfoTree* positions,
                 const std::string& path) {
    const FieldDescriptor* field = &item.field;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      const Reflection& r = item.reflection();
      const Message& inner =
          item.repeated()
              ? r.GetRepeatedMessage(item.message, field, item.index)
              : r.GetMessage(item.message, field);
      Check(inner,
            positions == nullptr
                ? nullptr
                : positions->GetTreeForNested(field, item.index),
            path);
      return;
    }
    std::string problem = ProblemOf(item);
    if (problem.empty()) {
      return;
    }
    SpecIssue issue{.file = std::string(file_),
                    .field = path,
                    .message = std::move(problem)};
    if (positions != nullptr) {
      // A short-form list, [1, 2], has one position for all its items.
      auto at = positions->GetLocation(field, item.index);
      if (at.line < 0 && item.repeated()) {
        at = positions->GetLocation(field, 0);
      }
      issue.line = at.line + 1;
      issue.column = at.column + 1;
    }
    issues_.push_back(std::move(issue));
  }

  absl::string_view file_;
  std::vector<SpecIssue> issues_;
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
  explicit CompletenessChecker(absl::string_view file) : file_(file) {}

  void Check(const Message& message, const std::string& prefix) {
    const auto* descriptor = message.GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      CheckField(message, *descriptor->field(i), prefix);
    }
    for (int i = 0; i < descriptor->real_oneof_decl_count(); ++i) {
      const OneofDescriptor* oneof = descriptor->oneof_decl(i);
      if (!message.GetReflection()->HasOneof(message, oneof)) {
        Add(Join(prefix, oneof->name()),
            absl::StrCat("nothing is set, expected one of ",
                         MembersOf(*oneof)));
      }
    }
  }

  std::vector<SpecIssue> TakeIssues() { return std::move(issues_); }

 private:
  void CheckField(const Message& message, const FieldDescriptor& field,
                  const std::string& prefix) {
    const std::string path = Join(prefix, field.name());
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
        Check(r.GetRepeatedMessage(message, &field, i),
              absl::StrCat(path, "[", i, "]"));
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
    if (is_message) {
      Check(r.GetMessage(message, &field), path);
    }
  }

  void Add(std::string field, std::string message) {
    issues_.push_back({.file = std::string(file_),
                       .field = std::move(field),
                       .message = std::move(message)});
  }

  absl::string_view file_;
  std::vector<SpecIssue> issues_;
};

std::vector<std::pair<std::string, std::string>> VitProblems(
    const spec::FeaturesSpec& features) {
  const spec::VitFeaturesSpec& vit = features.vit();
  const spec::VitSpec& backbone = vit.backbone();
  std::vector<std::pair<std::string, std::string>> problems;
  if (backbone.width() % backbone.heads() != 0) {
    problems.emplace_back(
        "features.vit.backbone.heads",
        absl::StrCat("found ", backbone.heads(),
                     ", expected a divisor of the width ", backbone.width()));
  }
  if (vit.last_layers() > backbone.depth()) {
    problems.emplace_back(
        "features.vit.last_layers",
        absl::StrCat("found ", vit.last_layers(),
                     ", expected at most the depth ", backbone.depth()));
  }
  const int pixels = features.preprocess().input_size_pixels();
  if (pixels % backbone.patch_size_pixels() != 0) {
    problems.emplace_back(
        "features.preprocess.input_size_pixels",
        absl::StrCat("found ", pixels, ", expected a multiple of the patch ",
                     backbone.patch_size_pixels()));
  }
  // Without a second patch the mean of the other patches is not a number.
  if (vit.token() == spec::TOP_LEFT_PATCH_AS_RELEASED &&
      pixels < 2 * backbone.patch_size_pixels()) {
    problems.emplace_back(
        "features.preprocess.input_size_pixels",
        absl::StrCat("found ", pixels, ", expected two patches or more for ",
                     "the token TOP_LEFT_PATCH_AS_RELEASED"));
  }
  return problems;
}

// Targets name columns of tables and rows of records.
std::string TargetProblem(const spec::TrainSpec& train) {
  std::set<std::string> known;
  for (const std::string& target : train.targets()) {
    if (target.empty() || target == kMacro) {
      return absl::StrCat("found '", target, "', expected a label's name");
    }
    if (!known.insert(target).second) {
      return absl::StrCat("'", target, "' stands there twice");
    }
  }
  return "";
}

}  // namespace

std::vector<SpecIssue> CheckValues(const Message& message,
                                   const ParseInfoTree& positions,
                                   absl::string_view file) {
  ValueChecker checker(file);
  checker.Check(message, &positions, "");
  return checker.TakeIssues();
}

std::vector<SpecIssue> CheckComplete(const Message& message,
                                     absl::string_view file) {
  CompletenessChecker checker(file);
  checker.Check(message, "");
  return checker.TakeIssues();
}

std::vector<SpecIssue> CheckExperiment(const spec::ExperimentSpec& experiment,
                                       absl::string_view file) {
  std::vector<SpecIssue> issues;
  const auto add = [&](std::string field, std::string message) {
    issues.push_back({.file = std::string(file),
                      .field = std::move(field),
                      .message = std::move(message)});
  };
  if (experiment.features().has_vit()) {
    for (auto& [field, message] : VitProblems(experiment.features())) {
      add(std::move(field), std::move(message));
    }
  }
  const std::string target_problem = TargetProblem(experiment.train());
  if (!target_problem.empty()) {
    add("train.targets", target_problem);
  }
  const bool folds = experiment.train().has_patient_folds();
  const bool out_of_fold = experiment.predict().subset() == spec::OUT_OF_FOLD;
  if (folds != out_of_fold) {
    add("predict.subset",
        folds ? "expected OUT_OF_FOLD, because train.patient_folds tests every "
                "image out of fold"
              : "expected TEST, because train.official has no folds");
  }
  return issues;
}

}  // namespace cxr
