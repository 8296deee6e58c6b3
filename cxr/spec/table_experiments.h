// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_TABLE_EXPERIMENTS_H_
#define CXR_SPEC_TABLE_EXPERIMENTS_H_

#include <string>
#include <vector>

#include "cxr/spec/table.pb.h"

namespace cxr {

// Names of the experiments that a table shows anywhere, each once, in the order
// of the table.
std::vector<std::string> ExperimentsOf(const spec::TableSpec& table);

}  // namespace cxr

#endif  // CXR_SPEC_TABLE_EXPERIMENTS_H_
