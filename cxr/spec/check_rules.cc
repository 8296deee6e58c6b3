// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/check_rules.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/regex.h"

namespace cxr {
namespace {

// The problems of one rung or protocol; `earlier` are the names above it.
template <typename Rules>
void CheckOne(const Rules& one, const std::string& field,
              const std::vector<std::string>& earlier,
              std::vector<FieldProblem>& problems) {
  if (std::find(earlier.begin(), earlier.end(), one.name()) != earlier.end()) {
    problems.push_back(
        {.field = JoinField(field, "name"),
         .message = absl::StrCat("'", one.name(), "' stands there twice")});
  }
  for (int i = 0; i < one.rules_size(); ++i) {
    const absl::StatusOr<bool> valid = FullMatch("", one.rules(i).including());
    if (!valid.ok()) {
      problems.push_back(
          {.field =
               JoinField(ItemField(JoinField(field, "rules"), i), "including"),
           .message = std::string(valid.status().message())});
    }
  }
}

}  // namespace

std::vector<FieldProblem> CheckRungs(const spec::RungSet& set) {
  std::vector<FieldProblem> problems;
  std::vector<std::string> earlier;
  for (int i = 0; i < set.rungs_size(); ++i) {
    const spec::RungSpec& rung = set.rungs(i);
    const std::string field = ItemField("rungs", i);
    CheckOne(rung, field, earlier, problems);
    // Above it, so that there is no circle.
    if (rung.has_based_on() && std::find(earlier.begin(), earlier.end(),
                                         rung.based_on()) == earlier.end()) {
      problems.push_back({.field = JoinField(field, "based_on"),
                          .message = NotThere("rung above this one",
                                              rung.based_on(), earlier)});
    }
    earlier.push_back(rung.name());
  }
  return problems;
}

std::vector<FieldProblem> CheckProtocols(const spec::ProtocolSet& set) {
  std::vector<FieldProblem> problems;
  std::vector<std::string> earlier;
  for (int i = 0; i < set.protocols_size(); ++i) {
    CheckOne(set.protocols(i), ItemField("protocols", i), earlier, problems);
    earlier.push_back(set.protocols(i).name());
  }
  return problems;
}

}  // namespace cxr
