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

// What a name on the command line stands for, from its specs to its table.

namespace cxr {

// A table, a study or a single experiment, with the experiments behind it.
struct Target {
  std::string name = {};
  std::optional<spec::TableSpec> table = {};
  std::optional<spec::StudySpec> study = {};
  std::vector<ResolvedExperiment> experiments = {};
};

// Under the rules of --rung and --protocol. InvalidArgument with the nearest
// name or the names there are, or with all that is wrong with the specs.
absl::StatusOr<Target> FindTarget(const SpecLibrary& library,
                                  absl::string_view name);

// The same target, but of its experiments only those that the cell --cell
// needs; all if that is not given. InvalidArgument if the target has no such
// cell.
absl::StatusOr<Target> OnlyCell(const SpecLibrary& library, Target target);

// What a run, or a look at the store, says of each experiment.
reports::ResultMap ToResults(DriverResult result);

struct RenderedTarget {
  std::string markdown = {};
  std::vector<std::string> failed_checks = {};
};

// A table with its published values, a study's cells, or an experiment's
// metrics. Uses the flags --rung, --protocol and --family.
absl::StatusOr<RenderedTarget> RenderTarget(const SpecLibrary& library,
                                            const Target& target,
                                            const reports::ResultMap& results);

}  // namespace cxr

#endif  // TOOLS_TARGET_H_
