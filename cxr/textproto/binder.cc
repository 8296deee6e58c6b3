// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/binder.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/textproto/doctor.h"
#include "cxr/textproto/issues.h"
#include "cxr/textproto/names.h"
#include "cxr/textproto/seen.h"
#include "cxr/textproto/value.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::OneofDescriptor;
using ::google::protobuf::Reflection;

// One field on the way from the root to where the binder stands.
struct Step {
  const Step* outer = nullptr;  // Null at the root, which has no field.
  const FieldDescriptor* field = nullptr;
  int index = 0;  // Among the values in the text; -1 for all of them.
};

std::string PathOf(const Step* step) {
  std::string path;
  for (; step != nullptr && step->field != nullptr; step = step->outer) {
    std::string name = step->field->name();
    if (step->field->is_repeated() && step->index >= 0) {
      absl::StrAppend(&name, "[", step->index, "]");
    }
    path = path.empty() ? name : absl::StrCat(name, ".", path);
  }
  return path;
}

// The fields from the root to where the binder stands.
std::vector<const FieldDescriptor*> FieldsOf(const Step* step) {
  std::vector<const FieldDescriptor*> fields;
  for (; step != nullptr && step->field != nullptr; step = step->outer) {
    fields.insert(fields.begin(), step->field);
  }
  return fields;
}

bool AreBlocks(const SyntaxField& a, const SyntaxField& b) {
  return a.value.kind == SyntaxValue::Kind::kMessage &&
         b.value.kind == SyntaxValue::Kind::kMessage;
}

// Writes a tree into a message, by its reflection.
class Binder {
 public:
  // `issues` are those of the syntax, sorted; the binder adds to them, and says
  // more where a field's type tells more.
  Binder(absl::string_view text, const Descriptor& root,
         std::vector<TextIssue>& issues)
      : text_(text),
        lines_(text),
        root_(root),
        issues_(issues),
        syntax_issues_(issues.size()) {
    for (const TextIssue& issue : issues) {
      if (!issue.warning) {
        wrong_lines_.push_back(issue.place.line);
      }
    }
  }

  // `earlier`, if any, are the fields of a first block of the same message.
  void BindFields(const std::vector<SyntaxField>& fields, Message& message,
                  FieldPlace& place, const Step& step,
                  const std::vector<SyntaxField>* earlier = nullptr);

 private:
  void BindField(const SyntaxField& syntax, const FieldDescriptor& field,
                 Message& message, FieldPlace& place, const Step& step);
  void BindValue(const SyntaxField& syntax, const SyntaxValue& value,
                 Message& message, FieldPlace& place, const Step& step);
  void BindScalar(const SyntaxValue& value, bool in_list, Message& message,
                  FieldPlace& place, const Step& step);
  void BindMessage(const SyntaxValue& value, TextSpan name, Message& message,
                   FieldPlace& place, const Step& step);
  void BindBlockAgain(const SyntaxField& syntax, const SyntaxField& first,
                      Message& message, FieldPlace& place, const Step& step);
  bool SetTwice(const SyntaxField& syntax, const FieldDescriptor& field,
                Seen& seen, const Step& step);
  bool HasSyntaxError(TextSpan span) const;
  void Refine(TextSpan span, const FieldDescriptor& field);
  bool IsEcho(TextSpan span) const;
  void Add(TextSpan span, const Step& step, std::string message);
  void AddWarning(TextSpan span, const Step& step, std::string message);

  absl::string_view text_;
  LineIndex lines_;
  const Descriptor& root_;
  std::vector<TextIssue>& issues_;
  const size_t syntax_issues_;
  int warnings_ = 0;
  std::vector<int> wrong_lines_;  // With a syntax error; ascending.
  Seen* seen_ = nullptr;          // Of the message that is bound.
};

// What is on a line with a syntax error is mostly that error's echo.
bool Binder::IsEcho(TextSpan span) const {
  return issues_.size() > 2 * kMaxTextIssues ||
         std::binary_search(wrong_lines_.begin(), wrong_lines_.end(),
                            lines_.LineOf(span.begin));
}

void Binder::Add(TextSpan span, const Step& step, std::string message) {
  if (IsEcho(span)) {
    return;
  }
  issues_.push_back({.place = lines_.PlaceOf(span),
                     .field = PathOf(&step),
                     .message = std::move(message)});
}

// So few that the list of issues, which is cut, has room for an error.
void Binder::AddWarning(TextSpan span, const Step& step, std::string message) {
  constexpr int kMostWarnings = 100;
  if (++warnings_ <= kMostWarnings && !IsEcho(span)) {
    issues_.push_back({.place = lines_.PlaceOf(span),
                       .warning = true,
                       .field = PathOf(&step),
                       .message = std::move(message)});
  }
}

// Whether a line of `span` has a syntax error.
bool Binder::HasSyntaxError(TextSpan span) const {
  const auto line = std::lower_bound(wrong_lines_.begin(), wrong_lines_.end(),
                                     lines_.LineOf(span.begin));
  return line != wrong_lines_.end() && *line <= lines_.LineOf(span.end);
}

// Says of the syntax errors in a value of `field` what its type tells.
void Binder::Refine(TextSpan span, const FieldDescriptor& field) {
  if (span.begin == span.end || !HasSyntaxError(span)) {
    return;
  }
  const auto at = [](const TextPlace& place) {
    return std::pair(place.line, place.column);
  };
  const auto first = at(lines_.PlaceOf({span.begin, span.begin + 1}));
  const auto last = at(lines_.PlaceOf({span.end - 1, span.end}));
  for (size_t i = 0; i < syntax_issues_; ++i) {
    TextIssue& issue = issues_[i];
    if (at(issue.place) >= first && at(issue.place) <= last) {
      issue.message = MessageFor(field, issue.message);
    }
  }
}

void Binder::BindFields(const std::vector<SyntaxField>& fields,
                        Message& message, FieldPlace& place, const Step& step,
                        const std::vector<SyntaxField>* earlier) {
  const Descriptor& type = *message.GetDescriptor();
  Seen seen(type);
  if (earlier != nullptr) {
    seen.Remember(type, *earlier);
  }
  place.inner.reserve(fields.size());
  for (const SyntaxField& syntax : fields) {
    const FieldDescriptor* field = type.FindFieldByName(syntax.name);
    if (field != nullptr && field->message_type() == nullptr) {
      Refine(syntax.value.span, *field);
    }
    if (syntax.value.kind == SyntaxValue::Kind::kScalar &&
        syntax.value.tokens.empty()) {
      continue;  // The tree has an issue that says why.
    }
    if (field == nullptr) {
      if (!IsEcho(syntax.name_span)) {
        Add(syntax.name_span, step,
            ExplainUnknownField(syntax.name, root_, FieldsOf(&step)));
      }
      continue;
    }
    Step inner{&step, field, 0};
    if (!SetTwice(syntax, *field, seen, inner)) {
      seen_ = &seen;
      BindField(syntax, *field, message, place, inner);
    } else {
      BindBlockAgain(syntax, seen.First(*field, syntax), message, place, inner);
    }
  }
}

// Whether a field that holds one value, or another of its choice, was set.
bool Binder::SetTwice(const SyntaxField& syntax, const FieldDescriptor& field,
                      Seen& seen, const Step& step) {
  if (field.is_repeated()) {
    return false;
  }
  const SyntaxField& first = seen.First(field, syntax);
  if (&first != &syntax) {
    const int line = lines_.LineOf(first.name_span.begin);
    const bool blocks = AreBlocks(first, syntax);
    Add(syntax.name_span, step,
        absl::StrCat("found '", field.name(), "' again, expected it once: ",
                     blocks ? "move its fields into the block at line "
                            : "it is set at line ",
                     line, blocks ? "" : ", delete one of them"));
    return true;
  }
  const OneofDescriptor* choice = field.real_containing_oneof();
  if (choice == nullptr) {
    return false;
  }
  const FieldDescriptor* chosen = seen.Chosen(*choice, field);
  if (chosen == &field) {
    return false;
  }
  const TextSpan other = seen.First(*chosen, syntax).name_span;
  Add(syntax.name_span, step,
      absl::StrCat("'", field.name(), "' is set, but '", chosen->name(),
                   "' of the same choice is set at line ",
                   lines_.LineOf(other.begin), ": keep one of them"));
  return true;
}

void Binder::BindField(const SyntaxField& syntax, const FieldDescriptor& field,
                       Message& message, FieldPlace& place, const Step& step) {
  const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  const SyntaxValue& value = syntax.value;
  if (value.kind != SyntaxValue::Kind::kList) {
    BindValue(syntax, value, message, place, step);
    return;
  }
  if (!field.is_repeated()) {
    Add(value.span, step,
        absl::StrCat("found a list, expected ", ExpectedOf(field), ": '",
                     field.name(), "' holds one value"));
    return;
  }
  if (!is_message && !syntax.has_colon) {
    Add(syntax.name_span, step,
        absl::StrCat("found '[' behind '", field.name(),
                     "', expected ':': write ", field.name(), ": ["));
    return;
  }
  if (value.items.empty() && !HasSyntaxError(value.span)) {
    AddWarning(value.span, Step{step.outer, &field, -1},
               "an empty list sets nothing; leave the field out or name the "
               "values");
  }
  place.inner.reserve(place.inner.size() + value.items.size());
  Seen* const seen = seen_;
  for (const SyntaxValue& item : value.items) {
    BindValue(syntax, item, message, place, step);
    seen_ = seen;
  }
}

void Binder::BindValue(const SyntaxField& syntax, const SyntaxValue& value,
                       Message& message, FieldPlace& place, const Step& step) {
  const FieldDescriptor& field = *step.field;
  Step inner = step;
  inner.index = field.is_repeated() ? seen_->Count(field) : 0;
  const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  if (is_message != (value.kind == SyntaxValue::Kind::kMessage)) {
    const absl::string_view found =
        text_.substr(value.span.begin, value.span.end - value.span.begin);
    Add(is_message ? value.span
                   : TextSpan{value.span.begin, value.span.begin + 1},
        inner,
        is_message
            ? absl::StrCat("found ", Shown(found), ", expected a message: ",
                           "write ", field.name(), " { ... }")
            : absl::StrCat("found a message, expected ", ExpectedOf(field),
                           ": write ", field.name(), ": and the value"));
    return;
  }
  const bool in_list = &value != &syntax.value;
  if (is_message) {
    BindMessage(value, in_list ? value.span : syntax.name_span, message, place,
                inner);
  } else {
    BindScalar(value, in_list, message, place, inner);
  }
}

void Binder::BindScalar(const SyntaxValue& value, bool in_list,
                        Message& message, FieldPlace& place, const Step& step) {
  const FieldDescriptor& field = *step.field;
  auto error = PutScalar(text_, value, field, message);
  if (error.has_value()) {
    Add(error->span, step, std::move(error->message));
    return;
  }
  if (std::string warning = WarningOf(text_, value, field, in_list);
      !warning.empty()) {
    AddWarning(value.span, step, std::move(warning));
  }
  const int index =
      field.is_repeated()
          ? message.GetReflection()->FieldSize(message, &field) - 1
          : 0;
  place.inner.push_back({.number = field.number(),
                         .index = index,
                         .place = lines_.PlaceOf(value.span)});
}

void Binder::BindMessage(const SyntaxValue& value, TextSpan name,
                         Message& message, FieldPlace& place,
                         const Step& step) {
  const FieldDescriptor& field = *step.field;
  const Reflection& reflection = *message.GetReflection();
  Message* inner = field.is_repeated()
                       ? reflection.AddMessage(&message, &field)
                       : reflection.MutableMessage(&message, &field);
  const int index =
      field.is_repeated() ? reflection.FieldSize(message, &field) - 1 : 0;
  place.inner.push_back({.number = field.number(),
                         .index = index,
                         .place = lines_.PlaceOf(name)});
  BindFields(value.fields, *inner, place.inner.back(), step);
}

// The fields of a second block join those of the first, so that what is wrong
// with them is said too.
void Binder::BindBlockAgain(const SyntaxField& syntax, const SyntaxField& first,
                            Message& message, FieldPlace& place,
                            const Step& step) {
  const FieldDescriptor& field = *step.field;
  const auto bound = std::find_if(
      place.inner.begin(), place.inner.end(),
      [&](const FieldPlace& inner) { return inner.number == field.number(); });
  if (!AreBlocks(first, syntax) || bound == place.inner.end() ||
      field.message_type() == nullptr) {
    return;
  }
  BindFields(syntax.value.fields,
             *message.GetReflection()->MutableMessage(&message, &field), *bound,
             step, &first.value.fields);
}

}  // namespace

ParsedTextproto BindSyntax(absl::string_view text, SyntaxTree tree,
                           Message& message) {
  ParsedTextproto parsed;
  parsed.issues = std::move(tree.issues);
  Binder binder(text, *message.GetDescriptor(), parsed.issues);
  binder.BindFields(tree.fields, message, parsed.places, Step{});
  return parsed;
}

}  // namespace cxr
