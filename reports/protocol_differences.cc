// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/protocol_differences.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "cxr/spec/identity_parts.h"

namespace cxr::reports {
namespace {

constexpr char kNoValue[] = "-";

using Values = std::map<std::string, std::string>;  // By path.

std::map<std::string, Values> ValuesOf(
    const std::vector<ResolvedExperiment>& experiments) {
  std::map<std::string, Values> values;
  for (const ResolvedExperiment& experiment : experiments) {
    Values& of_one = values[experiment.name];
    for (const spec::IdentityPart& part : IdentityParts(experiment.spec)) {
      of_one[part.path()] = part.value();
    }
  }
  return values;
}

std::string ValueAt(const Values& values, const std::string& path) {
  const auto it = values.find(path);
  return it == values.end() ? kNoValue : it->second;
}

}  // namespace

std::vector<spec::ProtocolDifference> DifferencesBetween(
    const std::vector<ResolvedExperiment>& first,
    const std::vector<ResolvedExperiment>& second) {
  std::map<std::string, Values> before = ValuesOf(first);
  std::map<std::string, Values> after = ValuesOf(second);
  std::set<std::string> names;
  for (const auto* values : {&before, &after}) {
    for (const auto& [name, unused] : *values) names.insert(name);
  }
  // Path and both values, with the experiments.
  std::map<std::tuple<std::string, std::string, std::string>,
           std::vector<std::string>>
      places;
  for (const std::string& name : names) {
    std::set<std::string> paths;
    for (const Values* values : {&before[name], &after[name]}) {
      for (const auto& [path, unused] : *values) paths.insert(path);
    }
    for (const std::string& path : paths) {
      std::string old_value = ValueAt(before[name], path);
      std::string new_value = ValueAt(after[name], path);
      if (old_value != new_value) {
        places[{path, std::move(old_value), std::move(new_value)}].push_back(
            name);
      }
    }
  }
  std::vector<spec::ProtocolDifference> differences;
  for (const auto& [key, experiments] : places) {
    spec::ProtocolDifference& difference = differences.emplace_back();
    difference.set_field(std::get<0>(key));
    difference.set_first(std::get<1>(key));
    difference.set_second(std::get<2>(key));
    *difference.mutable_experiments() = {experiments.begin(),
                                         experiments.end()};
  }
  return differences;
}

}  // namespace cxr::reports
