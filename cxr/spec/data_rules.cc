// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/data_rules.h"

#include <set>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

// A setting that one source needs and no other has.
void CheckSetting(bool has, const spec::DataSpec& data, spec::Source source,
                  const std::string& field,
                  std::vector<FieldProblem>& problems) {
  if (has == (data.source() == source)) {
    return;
  }
  problems.push_back(
      {.field = field,
       .message = has ? absl::StrCat("is set, but only ",
                                     spec::Source_Name(source), " has it")
                      : absl::StrCat("is not set; ", spec::Source_Name(source),
                                     " needs it")});
}

}  // namespace

std::vector<FieldProblem> CheckSample(const spec::PatientSampleSpec& sample,
                                      const std::string& field) {
  if (sample.fraction() < 1) {
    return {};
  }
  return {{.field = JoinField(field, "fraction"),
           .message = absl::StrCat("found ", sample.fraction(),
                                   ", which is no sample; leave it out")}};
}

std::vector<FieldProblem> CheckData(const spec::DataSpec& data,
                                    const std::string& field) {
  std::vector<FieldProblem> problems;
  if (data.has_sample()) {
    problems = CheckSample(data.sample(), JoinField(field, "sample"));
  }
  CheckSetting(data.has_sixteen_bit(), data, spec::PADCHEST,
               JoinField(field, "sixteen_bit"), problems);
  CheckSetting(data.has_masks(), data, spec::CHEXMASK,
               JoinField(field, "masks"), problems);
  if (data.has_drawn() &&
      (data.source() == spec::NIH64 || data.source() == spec::HANNOVER)) {
    problems.push_back({.field = JoinField(field, "drawn"),
                        .message = absl::StrCat(
                            "is set, but ", spec::Source_Name(data.source()),
                            " are real images, which come with the "
                            "program and are not drawn")});
  }
  std::set<int> views;
  for (int i = 0; i < data.views_size(); ++i) {
    const std::string at = ItemField(JoinField(field, "views"), i);
    if (!views.insert(data.views(i)).second) {
      problems.push_back(
          {.field = at,
           .message = absl::StrCat("'", spec::View_Name(data.views(i)),
                                   "' stands there twice")});
    }
    if (data.views(i) == spec::ANY_VIEW && data.views_size() > 1) {
      problems.push_back(
          {.field = at,
           .message = "found ANY_VIEW beside others, expected it alone"});
    }
  }
  return problems;
}

}  // namespace cxr
