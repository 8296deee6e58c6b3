// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_TABLE_INPUT_H_
#define REPORTS_TABLE_INPUT_H_

#include <map>
#include <string>
#include <vector>

#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/protocol.pb.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/table.pb.h"
#include "cxr/spec/table_report.pb.h"
#include "reports/experiment_result.h"

namespace cxr::reports {

// What came out by the rules of one protocol.
struct ProtocolResults {
  const spec::ProtocolSpec& protocol;
  // By the names that the table's cells use, seeds left out where they are.
  const ResultMap& results;
};

// All that a table of results is made of.
struct ResultsTableInput {
  std::string name = {};
  const spec::TableSpec& table;
  const spec::PublishedValues& published;
  const spec::FamilySpec& family;
  const spec::RungSpec& rung;
  // One, or two whose lines stand side by side.
  std::vector<ProtocolResults> protocols = {};
  // The experiments of counted cells at the paper's rung, by name.
  std::map<std::string, spec::ExperimentSpec> declared = {};
  // What the second protocol resolves differently.
  std::vector<spec::ProtocolDifference> differences = {};
};

}  // namespace cxr::reports

#endif  // REPORTS_TABLE_INPUT_H_
