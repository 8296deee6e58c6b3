// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/textproto.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/textproto/doctor.h"
#include "cxr/textproto/issues.h"
#include "cxr/textproto/names.h"
#include "cxr/textproto/syntax.h"
#include "cxr/textproto/value.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::OneofDescriptor;
using ::google::protobuf::Reflection;
using ::google::protobuf::TextFormat;

// One field on the way from the root to where the binder stands.
struct Step {
  const Step* outer = nullptr;  // Null at the root, which has no field.
  const FieldDescriptor* field = nullptr;
  int index = 0;  // Among the values in the text.
};

std::string PathOf(const Step* step) {
  std::string path;
  for (; step != nullptr && step->field != nullptr; step = step->outer) {
    std::string name = step->field->name();
    if (step->field->is_repeated()) {
      absl::StrAppend(&name, "[", step->index, "]");
    }
    path = path.empty() ? name : absl::StrCat(name, ".", path);
  }
  return path;
}

// What of one message the text has set so far.
class Seen {
 public:
  explicit Seen(const Descriptor& type)
      : fields_(static_cast<size_t>(type.field_count())),
        choices_(static_cast<size_t>(type.oneof_decl_count())) {}

  // Counts a value of `field`; its index among those in the text.
  int Count(const FieldDescriptor& field) { return Of(field).count++; }
  // The place where `field` was first set; `name` becomes that the first time.
  const TextSpan& First(const FieldDescriptor& field, const TextSpan& name) {
    Entry& entry = Of(field);
    if (!entry.name.has_value()) {
      entry.name = name;
    }
    return *entry.name;
  }
  // The member of `choice` that was set first, `field` the first time.
  const FieldDescriptor* Chosen(const OneofDescriptor& choice,
                                const FieldDescriptor& field) {
    const FieldDescriptor*& chosen =
        choices_[static_cast<size_t>(choice.index())];
    chosen = chosen == nullptr ? &field : chosen;
    return chosen;
  }

 private:
  struct Entry {
    std::optional<TextSpan> name;
    int count = 0;
  };
  Entry& Of(const FieldDescriptor& field) {
    return fields_[static_cast<size_t>(field.index())];
  }

  std::vector<Entry> fields_;
  std::vector<const FieldDescriptor*> choices_;
};

// Writes a tree into a message, by its reflection.
class Binder {
 public:
  // `issues` are those of the syntax, sorted; the binder adds to them.
  Binder(absl::string_view text, const Descriptor& root,
         std::vector<TextIssue>& issues)
      : text_(text), lines_(text), root_(root), issues_(issues) {
    for (const TextIssue& issue : issues) {
      if (!issue.warning) {
        wrong_lines_.push_back(issue.place.line);
      }
    }
  }

  void BindFields(const std::vector<SyntaxField>& fields, Message& message,
                  FieldPlace& place, const Step& step);

 private:
  void BindField(const SyntaxField& syntax, const FieldDescriptor& field,
                 Message& message, FieldPlace& place, const Step& step);
  void BindValue(const SyntaxField& syntax, const SyntaxValue& value,
                 Message& message, FieldPlace& place, const Step& step);
  void BindScalar(const SyntaxValue& value, Message& message, FieldPlace& place,
                  const Step& step);
  void BindMessage(const SyntaxValue& value, TextSpan name, Message& message,
                   FieldPlace& place, const Step& step);
  bool SetTwice(const SyntaxField& syntax, const FieldDescriptor& field,
                Seen& seen, const Step& step);
  bool IsEcho(TextSpan span) const;
  void Add(TextSpan span, const Step& step, std::string message);

  absl::string_view text_;
  LineIndex lines_;
  const Descriptor& root_;
  std::vector<TextIssue>& issues_;
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

void Binder::BindFields(const std::vector<SyntaxField>& fields,
                        Message& message, FieldPlace& place, const Step& step) {
  const Descriptor& type = *message.GetDescriptor();
  Seen seen(type);
  place.inner.reserve(fields.size());
  for (const SyntaxField& syntax : fields) {
    if (syntax.value.kind == SyntaxValue::Kind::kScalar &&
        syntax.value.tokens.empty()) {
      continue;  // The tree has an issue that says why.
    }
    const FieldDescriptor* field = type.FindFieldByName(syntax.name);
    if (field == nullptr) {
      if (!IsEcho(syntax.name_span)) {
        Add(syntax.name_span, step,
            ExplainUnknownField(syntax.name, type, root_));
      }
      continue;
    }
    Step inner{&step, field, 0};
    if (!SetTwice(syntax, *field, seen, inner)) {
      seen_ = &seen;
      BindField(syntax, *field, message, place, inner);
    }
  }
}

// Whether a field that holds one value, or another of its choice, was set.
bool Binder::SetTwice(const SyntaxField& syntax, const FieldDescriptor& field,
                      Seen& seen, const Step& step) {
  if (field.is_repeated()) {
    return false;
  }
  const TextSpan first = seen.First(field, syntax.name_span);
  if (first.begin != syntax.name_span.begin) {
    Add(syntax.name_span, step,
        absl::StrCat("found '", field.name(), "' again, expected it once: it ",
                     "is set at line ", lines_.LineOf(first.begin),
                     ", delete one of them"));
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
  const TextSpan other = seen.First(*chosen, syntax.name_span);
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
  if (is_message) {
    const bool own = &value != &syntax.value;
    BindMessage(value, own ? value.span : syntax.name_span, message, place,
                inner);
  } else {
    BindScalar(value, message, place, inner);
  }
}

void Binder::BindScalar(const SyntaxValue& value, Message& message,
                        FieldPlace& place, const Step& step) {
  const FieldDescriptor& field = *step.field;
  auto error = PutScalar(text_, value, field, message);
  if (error.has_value()) {
    Add(error->span, step, std::move(error->message));
    return;
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

// A proto2 message may require fields; ours never do.
void CheckRequired(const Message& message, std::vector<TextIssue>& issues) {
  const bool understood =
      std::all_of(issues.begin(), issues.end(),
                  [](const TextIssue& issue) { return issue.warning; });
  if (understood && !message.IsInitialized()) {
    issues.push_back(
        {.message = absl::StrCat("missing required fields, expected ",
                                 message.InitializationErrorString())});
  }
}

// Drops what protobuf's parser has to say of an unknown field.
class Ignorer final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int, google::protobuf::io::ColumnNumber,
                const std::string&) override {}
  void AddWarning(int, google::protobuf::io::ColumnNumber,
                  const std::string&) override {}
};

}  // namespace

ParsedTextproto ParseTextproto(absl::string_view text, Message& message) {
  SyntaxTree tree = ParseSyntax(text);
  ParsedTextproto parsed;
  parsed.issues = std::move(tree.issues);
  Binder binder(text, *message.GetDescriptor(), parsed.issues);
  binder.BindFields(tree.fields, message, parsed.places, Step{});
  CheckRequired(message, parsed.issues);
  SortIssues(parsed.issues);
  return parsed;
}

bool ReadTextproto(absl::string_view text, Message& message) {
  Ignorer ignorer;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&ignorer);
  parser.SetRecursionLimit(kMaxTextprotoDepth);
  parser.AllowUnknownField(true);
  google::protobuf::io::ArrayInputStream stream(text.data(),
                                                static_cast<int>(text.size()));
  return parser.Parse(&stream, &message);
}

std::string ToTextproto(const Message& message) {
  std::string text;
  CXR_CHECK(TextFormat::PrintToString(message, &text)) << message.GetTypeName();
  return text;
}

}  // namespace cxr
