// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/places.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

// One step of a path: "targets[1]".
struct Step {
  std::string name = {};
  int index = 0;
};

Step TakeStep(absl::string_view& path) {
  const size_t end = path.find('.');
  absl::string_view word = path.substr(0, end);
  path = end == absl::string_view::npos ? absl::string_view()
                                        : path.substr(end + 1);
  Step step;
  const size_t bracket = word.find('[');
  step.name = std::string(word.substr(0, bracket));
  if (bracket != absl::string_view::npos) {
    word.remove_prefix(bracket + 1);
    if (!absl::SimpleAtoi(word.substr(0, word.find(']')), &step.index)) {
      step.index = -1;  // No such item.
    }
  }
  return step;
}

// The innermost place on the way to `path`, and whether it is the path's own.
std::pair<const FieldPlace*, bool> Walk(const FieldPlace& root,
                                        const Descriptor& type,
                                        absl::string_view path) {
  const FieldPlace* at = &root;
  const Descriptor* message = &type;
  while (message != nullptr && !path.empty()) {
    const Step step = TakeStep(path);
    const FieldDescriptor* field = message->FindFieldByName(step.name);
    if (field == nullptr) {
      return {at, false};  // A oneof, or what is no field at all.
    }
    const FieldPlace* next = nullptr;
    for (const FieldPlace& inner : at->inner) {
      if (inner.number == field->number() && inner.index == step.index) {
        next = &inner;
      }
    }
    if (next == nullptr) {
      return {at, false};
    }
    at = next;
    message = field->message_type();
  }
  return {at, path.empty()};
}

}  // namespace

std::string JoinField(absl::string_view prefix, absl::string_view name) {
  return prefix.empty() ? std::string(name) : absl::StrCat(prefix, ".", name);
}

std::string ItemField(absl::string_view path, int index) {
  return absl::StrCat(path, "[", index, "]");
}

const FieldPlace& FindPlace(const FieldPlace& root, const Descriptor& type,
                            absl::string_view path) {
  return *Walk(root, type, path).first;
}

const FieldPlace* FindWritten(const FieldPlace& root, const Descriptor& type,
                              absl::string_view path) {
  const auto [place, whole] = Walk(root, type, path);
  return whole ? place : nullptr;
}

void AddFilesOfValues(const FieldPlace& root, std::set<int>& files) {
  if (root.inner.empty() && root.number != 0) {
    files.insert(root.file);
  }
  for (const FieldPlace& inner : root.inner) {
    AddFilesOfValues(inner, files);
  }
}

void SetFile(int file, FieldPlace& root) {
  root.file = file;
  for (FieldPlace& inner : root.inner) {
    SetFile(file, inner);
  }
}

}  // namespace cxr
