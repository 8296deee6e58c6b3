// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/show.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/spec/field_values.h"

namespace cxr {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

// Comments begin at the same column, unless a line is longer than this.
constexpr size_t kWidestColumn = 56;

// A line with where its value comes from.
struct Line {
  std::string text = {};
  const FieldPlace* place = nullptr;
};

const FieldPlace* Find(const FieldPlace* places, int number, int index) {
  if (places != nullptr) {
    for (const FieldPlace& inner : places->inner) {
      if (inner.number == number && inner.index == index) {
        return &inner;
      }
    }
  }
  return nullptr;
}

class Printer {
 public:
  std::vector<Line> Print(const PlacedExperiment& experiment) {
    PrintMessage(experiment.spec, &experiment.places, "");
    return std::move(lines_);
  }

 private:
  void PrintMessage(const Message& message, const FieldPlace* places,
                    const std::string& indent) {
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor* field = message.GetDescriptor()->field(i);
      const bool is_message =
          field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
      for (int k = 0; k < ValueCount(message, *field); ++k) {
        const FieldPlace* place = Find(places, field->number(), k);
        if (is_message) {
          PrintInner(message, *field, k, place, indent);
        } else {
          PrintValue(message, *field, k, place, indent);
        }
      }
    }
  }

  void PrintInner(const Message& message, const FieldDescriptor& field,
                  int index, const FieldPlace* place,
                  const std::string& indent) {
    const Message& inner = InnerMessage(message, field, index);
    std::vector<const FieldDescriptor*> fields;
    inner.GetReflection()->ListFields(inner, &fields);
    if (fields.empty()) {
      lines_.push_back({absl::StrCat(indent, field.name(), " {}"), place});
      return;
    }
    lines_.push_back({absl::StrCat(indent, field.name(), " {"), nullptr});
    PrintMessage(inner, place, absl::StrCat(indent, "  "));
    lines_.push_back({absl::StrCat(indent, "}"), nullptr});
  }

  void PrintValue(const Message& message, const FieldDescriptor& field,
                  int index, const FieldPlace* place,
                  const std::string& indent) {
    lines_.push_back({absl::StrCat(indent, field.name(), ": ",
                                   ValueText(message, field, index)),
                      place});
  }

  std::vector<Line> lines_;
};

}  // namespace

std::string ToText(const PlacedExperiment& experiment) {
  std::string text;
  for (const Line& line : Printer().Print(experiment)) {
    absl::StrAppend(&text, line.text, "\n");
  }
  return text;
}

std::string ToTextWithOrigins(const PlacedExperiment& experiment,
                              const SpecCatalog& catalog) {
  const std::vector<Line> lines = Printer().Print(experiment);
  size_t width = 0;
  for (const Line& line : lines) {
    if (line.place != nullptr && line.text.size() <= kWidestColumn) {
      width = std::max(width, line.text.size());
    }
  }
  std::string text;
  for (const Line& line : lines) {
    absl::StrAppend(&text, line.text);
    if (line.place != nullptr) {
      absl::StrAppend(
          &text, std::string(width - std::min(width, line.text.size()), ' '),
          "  # ", catalog.files()[static_cast<size_t>(line.place->file)]->path,
          ":", line.place->place.line);
    }
    absl::StrAppend(&text, "\n");
  }
  return text;
}

}  // namespace cxr
