// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/table_experiments.h"

#include <set>

namespace cxr {

std::vector<std::string> ExperimentsOf(const spec::TableSpec& table) {
  std::vector<std::string> names;
  std::set<std::string> known;
  const auto add = [&](const std::string& name) {
    if (known.insert(name).second) {
      names.push_back(name);
    }
  };
  for (const spec::RowSpec& row : table.rows()) {
    for (const spec::CellSpec& cell : row.cells()) {
      add(cell.experiment());
    }
  }
  for (const spec::DetailSpec& detail : table.details()) {
    for (const spec::HeadedExperiment& item : detail.experiments()) {
      add(item.experiment());
    }
  }
  for (const spec::SanityCheckSpec& check : table.sanity_checks()) {
    for (const spec::HeadedExperiment& item : check.experiments()) {
      add(item.experiment());
    }
  }
  return names;
}

}  // namespace cxr
