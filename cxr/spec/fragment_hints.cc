// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/fragment_hints.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/spec/references.h"

namespace cxr {
namespace {

constexpr size_t kMostNames = 4;

// Whether `message` sets the field `path`, which has no repeated messages on
// its way.
bool Sets(const google::protobuf::Message& message, absl::string_view path) {
  const size_t dot = path.find('.');
  const auto* field = message.GetDescriptor()->FindFieldByName(
      std::string(path.substr(0, dot)));
  if (field == nullptr) {
    return false;
  }
  const auto& r = *message.GetReflection();
  if (field->is_repeated()) {
    return dot == absl::string_view::npos && r.FieldSize(message, field) > 0;
  }
  return r.HasField(message, field) &&
         (dot == absl::string_view::npos ||
          Sets(r.GetMessage(message, field), path.substr(dot + 1)));
}

}  // namespace

FragmentHints::FragmentHints(const SpecCatalog& catalog) : catalog_(catalog) {
  for (const auto& file : catalog.files()) {
    if (file->kind == SpecKind::kExperiment ||
        file->kind == SpecKind::kFragment || file->kind == SpecKind::kStudy) {
      for (const std::string& name : NamesIn(*file->message, spec::FRAGMENT)) {
        ++uses_[name];
      }
    }
  }
}

std::string FragmentHints::WhoSets(absl::string_view field) const {
  std::vector<std::pair<int, std::string>> names;
  for (const auto& [name, uses] : uses_) {
    const SpecFile* file = catalog_.Find(SpecKind::kFragment, name);
    if (file != nullptr && Sets(*file->message, field)) {
      names.emplace_back(-uses, name);
    }
  }
  if (names.empty()) {
    return "";
  }
  std::sort(names.begin(), names.end());
  const bool cut = names.size() > kMostNames;
  names.resize(std::min(names.size(), kMostNames));
  return absl::StrCat("; fragments that set it: ",
                      absl::StrJoin(names, ", ",
                                    [](std::string* out, const auto& entry) {
                                      out->append(entry.second);
                                    }),
                      cut ? ", ..." : "");
}

}  // namespace cxr
