// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_RENDER_TARGET_H_
#define TOOLS_RENDER_TARGET_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/harness/store.h"
#include "cxr/spec/library.h"
#include "cxr/spec/table_report.pb.h"
#include "reports/experiment_result.h"
#include "tools/target.h"

// From results to what is printed.

namespace cxr {

// What is known of a target by the rules of one protocol.
struct TargetResults {
  const Target& target;
  // Its experiments and those whose pretraining they read.
  std::vector<ResolvedExperiment> experiments = {};
  reports::ResultMap results = {};
};

// Adds the means over seeds of all that `target` shows so: predictions come
// from `store`, means are computed on `threads` threads.
void AddSeedMeans(const SpecLibrary& library, const Target& target,
                  const Store& store, int threads, reports::ResultMap& results);

struct RenderedTarget {
  std::string markdown = {};
  // Of tables.
  std::optional<spec::TableReports> tables = {};
  std::vector<std::string> failed_checks = {};
};

// A table with its published values and what was imported into it, a study's
// cells, or an experiment's metrics; of a table the lines of one or two
// protocols. Uses --family and --store.
absl::StatusOr<RenderedTarget> RenderTarget(
    const SpecLibrary& library, const std::vector<TargetResults>& shown);

}  // namespace cxr

#endif  // TOOLS_RENDER_TARGET_H_
