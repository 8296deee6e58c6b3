// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_BUILD_FILE_H_
#define TESTS_BUILD_FILE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// A reader of BUILD files that knows calls at the left margin, their named
// attributes and the strings in them. It evaluates nothing.
namespace cxr::tests {

struct BuildAttribute {
  std::string name;
  int line = 0;
  std::vector<std::string> strings;  // every string literal of the value
  bool has_glob = false;
};

struct BuildRule {
  std::string kind;  // cc_library
  int line = 0;
  std::vector<BuildAttribute> attributes;  // in the order written
};

// The calls that `text` makes at the left margin, `load` and `package` too.
std::vector<BuildRule> ParseBuildFile(absl::string_view text);

// The attribute of that name, or nullptr.
const BuildAttribute* FindAttribute(const BuildRule& rule,
                                    absl::string_view name);

// The strings of an attribute; empty if it is absent.
std::vector<std::string> StringsOf(const BuildRule& rule,
                                   absl::string_view name);

}  // namespace cxr::tests

#endif  // TESTS_BUILD_FILE_H_
