// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/names.h"

#include <deque>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/textproto/doctor.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

constexpr size_t kMaxListed = 12;

std::vector<std::string> NamesOf(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) {
    names.push_back(type.field(i)->name());
  }
  return names;
}

// The path of a field `name` below `root`, nearest first; empty if none.
std::string FindPath(const std::string& name, const Descriptor& root) {
  std::deque<std::pair<const Descriptor*, std::string>> open = {{&root, ""}};
  absl::flat_hash_set<const Descriptor*> seen = {&root};
  while (!open.empty()) {
    const auto [type, path] = std::move(open.front());
    open.pop_front();
    if (type->FindFieldByName(name) != nullptr) {
      return absl::StrCat(path, name);
    }
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor& field = *type->field(i);
      if (field.message_type() != nullptr &&
          seen.insert(field.message_type()).second) {
        open.emplace_back(field.message_type(),
                          absl::StrCat(path, field.name(), "."));
      }
    }
  }
  return "";
}

bool SameLetters(absl::string_view a, absl::string_view b) {
  return absl::EqualsIgnoreCase(absl::StrReplaceAll(a, {{"_", ""}}),
                                absl::StrReplaceAll(b, {{"_", ""}}));
}

std::string ListOf(std::vector<std::string> names) {
  if (names.empty()) {
    return "it has no fields";
  }
  const size_t more = names.size() > kMaxListed ? names.size() - kMaxListed : 0;
  names.resize(names.size() - more);
  std::string list = absl::StrCat("there are ", absl::StrJoin(names, ", "));
  if (more > 0) {
    absl::StrAppend(&list, " and ", more, " more");
  }
  return list;
}

}  // namespace

std::string ExplainUnknownField(absl::string_view name, const Descriptor& here,
                                const Descriptor& root) {
  std::vector<std::string> names = NamesOf(here);
  const std::string near = Nearest(name, names);
  const std::string none =
      absl::StrCat("no field ", Shown(name), " in ", here.name());
  if (near.empty() || !SameLetters(near, name)) {
    const std::string path = FindPath(std::string(name), root);
    if (!path.empty()) {
      return absl::StrCat("no field ", Shown(name), " here; there is ", path);
    }
  }
  if (!near.empty()) {
    return absl::StrCat(none, "; did you mean '", near, "'?");
  }
  return absl::StrCat(none, "; ", ListOf(std::move(names)));
}

}  // namespace cxr
