// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_EXPORT_VERB_H_
#define TOOLS_EXPORT_VERB_H_

#include <string>
#include <vector>

#include "tools/exit_code.h"

namespace cxr {

// `cxr export`: weights in the form of another program.
ExitCode ExportVerb(const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_EXPORT_VERB_H_
