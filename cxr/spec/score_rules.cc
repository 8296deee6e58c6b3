// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/score_rules.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

class Checker {
 public:
  explicit Checker(const spec::SubgroupSpec& subgroups)
      : subgroups_(subgroups) {}

  std::vector<FieldProblem> Check() {
    CheckGroupings();
    CheckBands();
    return std::move(problems_);
  }

 private:
  void CheckGroupings() {
    const auto& groupings = subgroups_.groupings();
    for (auto it = groupings.begin(); it != groupings.end(); ++it) {
      if (std::count(groupings.begin(), it, *it) == 0) continue;
      const int place = static_cast<int>(it - groupings.begin());
      Add(ItemField("score.subgroups.groupings", place),
          absl::StrCat("'", spec::Grouping_Name(subgroups_.groupings(place)),
                       "' stands there twice"));
    }
  }

  void CheckBands() {
    const auto& groupings = subgroups_.groupings();
    const bool by_age = std::find(groupings.begin(), groupings.end(),
                                  spec::BY_AGE) != groupings.end();
    if (by_age == subgroups_.band_begins_years().empty()) {
      Add("score.subgroups.band_begins_years",
          by_age ? "is not set; BY_AGE needs it, e.g. [20, 40, 60, 80]"
                 : "is set, but only BY_AGE has bands of years");
    }
    for (int i = 1; i < subgroups_.band_begins_years_size(); ++i) {
      const int before = subgroups_.band_begins_years(i - 1);
      if (subgroups_.band_begins_years(i) > before) continue;
      Add(ItemField("score.subgroups.band_begins_years", i),
          absl::StrCat("found ", subgroups_.band_begins_years(i),
                       ", expected more than ", before, ", the one before"));
    }
  }

  void Add(std::string field, std::string message) {
    problems_.push_back(
        {.field = std::move(field), .message = std::move(message)});
  }

  const spec::SubgroupSpec& subgroups_;
  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> CheckScoreSpec(const spec::ScoreSpec& score) {
  if (!score.has_subgroups()) return {};
  if (!score.has_classification()) {
    return {{.field = "score.subgroups",
             .message = "is set, but only classification has subgroups"}};
  }
  return Checker(score.subgroups()).Check();
}

}  // namespace cxr
