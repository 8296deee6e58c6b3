// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_TARGET_H_
#define TOOLS_TARGET_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/driver_options.h"
#include "cxr/spec/library.h"
#include "reports/experiment_result.h"

// What a name on the command line stands for.

namespace cxr {

struct NamedTable {
  std::string name = {};
  spec::TableSpec spec = {};
};

// A table, a study, all seeds of a study's cell, or a single experiment, with
// the experiments behind it.
struct Target {
  std::string name = {};
  Setting setting = {};
  std::optional<spec::TableSpec> table = {};
  // The tables that are shown: the target itself, or those it consists of.
  std::vector<NamedTable> tables = {};
  std::optional<spec::StudySpec> study = {};
  std::string study_name = {};
  std::vector<ResolvedExperiment> experiments = {};
};

// InvalidArgument with the nearest name or the names there are, or with all
// that is wrong with the specs.
absl::StatusOr<Target> FindTarget(const SpecLibrary& library,
                                  absl::string_view name,
                                  const Setting& setting);

// The target under the rules of --rung and --protocol: one, or of a table with
// --protocol=both two, as published and corrected. Errors as FindTarget.
absl::StatusOr<std::vector<Target>> FindTargets(const SpecLibrary& library,
                                                absl::string_view name);

// The same target, but of its experiments only those that the cell --cell
// needs; all if that is not given. InvalidArgument if the target has no such
// cell.
absl::StatusOr<Target> OnlyCell(const SpecLibrary& library, Target target);

// What a run, or a look at the store, says of each experiment.
reports::ResultMap ToResults(DriverResult result);

}  // namespace cxr

#endif  // TOOLS_TARGET_H_
