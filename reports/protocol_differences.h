// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_PROTOCOL_DIFFERENCES_H_
#define REPORTS_PROTOCOL_DIFFERENCES_H_

#include <vector>

#include "cxr/spec/library.h"
#include "cxr/spec/table_report.pb.h"

namespace cxr::reports {

// The identity fields that differ between the same experiments under two
// protocols, by path, then by values: with the experiments where it is so. Of
// an experiment that one list lacks every field differs.
std::vector<spec::ProtocolDifference> DifferencesBetween(
    const std::vector<ResolvedExperiment>& first,
    const std::vector<ResolvedExperiment>& second);

}  // namespace cxr::reports

#endif  // REPORTS_PROTOCOL_DIFFERENCES_H_
