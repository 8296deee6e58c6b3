// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/names.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/textproto/doctor.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

constexpr size_t kMaxListed = 12;
constexpr size_t kMaxPlaces = 3;

std::vector<std::string> NamesOf(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) {
    names.push_back(type.field(i)->name());
  }
  return names;
}

// Finds the places of a name, from inside to outside. One search passes no type
// twice: what has not the name the first time has not got it later.
class Places {
 public:
  explicit Places(absl::string_view name) : name_(name) {}

  // The paths of the shallowest fields of that name in or below `type`, which
  // `prefix` leads to, at most one more than are shown.
  std::vector<std::string> Below(const Descriptor& type, std::string prefix) {
    std::vector<std::string> found;
    std::vector<Way> level;
    Extend(type, std::move(prefix), level);
    while (found.empty() && !level.empty()) {
      for (const auto& [inner, path] : level) {
        if (inner->FindFieldByName(name_) != nullptr &&
            found.size() <= kMaxPlaces) {
          found.push_back(absl::StrCat(path, name_));
        }
      }
      level = Deeper(level);
    }
    return found;
  }

 private:
  using Way = std::pair<const Descriptor*, std::string>;

  // Several ways to one type are kept, but no more than are shown.
  void Extend(const Descriptor& type, std::string path,
              std::vector<Way>& level) {
    const auto same = [&](const Way& way) { return way.first == &type; };
    if (seen_.insert(&type).second ||
        (std::any_of(level.begin(), level.end(), same) &&
         std::count_if(level.begin(), level.end(), same) <=
             static_cast<std::ptrdiff_t>(kMaxPlaces))) {
      level.emplace_back(&type, std::move(path));
    }
  }

  std::vector<Way> Deeper(const std::vector<Way>& level) {
    std::vector<Way> deeper;
    for (const auto& [type, path] : level) {
      for (int i = 0; i < type->field_count(); ++i) {
        const FieldDescriptor& field = *type->field(i);
        if (field.message_type() != nullptr) {
          Extend(*field.message_type(), absl::StrCat(path, field.name(), "."),
                 deeper);
        }
      }
    }
    return deeper;
  }

  const std::string name_;
  absl::flat_hash_set<const Descriptor*> seen_;
};

// Where else the field is; empty if nowhere.
std::string Elsewhere(absl::string_view name, const Descriptor& root,
                      const std::vector<const FieldDescriptor*>& path) {
  Places places(name);
  for (size_t depth = path.size() + 1; depth-- > 0;) {
    std::string prefix;
    for (size_t i = 0; i < depth; ++i) {
      absl::StrAppend(&prefix, path[i]->name(), ".");
    }
    const Descriptor& type =
        depth == 0 ? root : *path[depth - 1]->message_type();
    std::vector<std::string> found = places.Below(type, std::move(prefix));
    if (found.empty()) {
      continue;
    }
    if (found[0] == name) {
      return "the message around all has it: write it at the top level";
    }
    if (found.size() == 1) {
      return absl::StrCat("there is ", found[0]);
    }
    const bool more = found.size() > kMaxPlaces;
    const std::string last = more ? "others" : found.back();
    found.pop_back();
    return absl::StrCat("there are ", absl::StrJoin(found, ", "), " and ",
                        last);
  }
  return "";
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

std::string ExplainUnknownField(
    absl::string_view name, const Descriptor& root,
    const std::vector<const FieldDescriptor*>& path) {
  const Descriptor& here = path.empty() ? root : *path.back()->message_type();
  std::vector<std::string> names = NamesOf(here);
  const std::string near = Nearest(name, names);
  const std::string none =
      absl::StrCat("no field ", Shown(name), " in ", here.name());
  if (!near.empty()) {
    return absl::StrCat(none, "; did you mean '", near, "'?");
  }
  const std::string elsewhere = Elsewhere(name, root, path);
  if (!elsewhere.empty()) {
    return absl::StrCat("no field ", Shown(name), " here; ", elsewhere);
  }
  return absl::StrCat(none, "; ", ListOf(std::move(names)));
}

}  // namespace cxr
