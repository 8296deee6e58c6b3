// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/find_table.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr absl::string_view kGzip = ".gz";

// Names of the tables called `pattern` in `folder`; of one that is there with
// and without ".gz" the latter alone.
std::vector<std::string> TablesIn(absl::string_view folder,
                                  absl::string_view pattern) {
  const size_t star = pattern.find('*');
  if (star == absl::string_view::npos) {
    const auto table = FindOptionalFile(folder, {std::string(pattern)});
    return table.has_value() ? std::vector<std::string>{*table}
                             : std::vector<std::string>{};
  }
  const absl::string_view start = pattern.substr(0, star);
  const absl::string_view end = pattern.substr(star + 1);
  std::vector<std::string> tables;
  for (std::string& name :
       ListFolder(folder).value_or(std::vector<std::string>{})) {
    const absl::string_view plain = absl::StripSuffix(name, kGzip);
    if (plain.size() >= start.size() + end.size() &&
        absl::StartsWith(plain, start) && absl::EndsWith(plain, end) &&
        (tables.empty() || tables.back() != plain)) {
      tables.push_back(std::move(name));
    }
  }
  return tables;
}

}  // namespace

absl::StatusOr<std::string> FindFile(absl::string_view folder,
                                     absl::Span<const std::string> names) {
  std::optional<std::string> found = FindOptionalFile(folder, names);
  if (!found.has_value()) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": found none of ", absl::StrJoin(names, ", "),
                     ", expected one of them, with or without .gz at its end"));
  }
  return *std::move(found);
}

std::optional<std::string> FindOptionalFile(
    absl::string_view folder, absl::Span<const std::string> names) {
  for (const std::string& name : names) {
    for (const absl::string_view ending : {absl::string_view(), kGzip}) {
      std::string file = absl::StrCat(name, ending);
      if (Exists(JoinPath(folder, file))) {
        return file;
      }
    }
  }
  return std::nullopt;
}

absl::StatusOr<std::string> FindTable(absl::string_view folder,
                                      absl::string_view pattern) {
  std::vector<std::string> found = TablesIn(folder, pattern);
  if (found.empty()) {
    CXR_ASSIGN_OR_RETURN(const std::vector<std::string> inside,
                         ListFolder(folder));
    for (const std::string& name : inside) {
      for (const std::string& table :
           TablesIn(JoinPath(folder, name), pattern)) {
        found.push_back(JoinPath(name, table));
      }
    }
  }
  if (found.empty()) {
    return absl::NotFoundError(absl::StrCat(
        folder, ": found no ", pattern,
        ", with or without .gz, expected one there or in a folder in it"));
  }
  if (found.size() > 1) {
    return absl::DataLossError(absl::StrCat(folder, ": found ",
                                            absl::StrJoin(found, " and "),
                                            ", expected one of them alone"));
  }
  return found.front();
}

std::string FolderOf(absl::string_view file) {
  const size_t slash = file.rfind('/');
  return std::string(
      file.substr(0, slash == absl::string_view::npos ? 0 : slash));
}

}  // namespace cxr
