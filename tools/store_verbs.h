// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_STORE_VERBS_H_
#define TOOLS_STORE_VERBS_H_

#include <string>
#include <vector>

#include "tools/exit_code.h"

// The verbs that look at a store, and the one that clears it.

namespace cxr {

// `status [RUN]`: all runs, or one of them.
ExitCode StatusVerb(const std::vector<std::string>& words);

// `watch [RUN]`: a run, the newest by default, until it is over.
ExitCode WatchVerb(const std::vector<std::string>& words);

// `gc`: deletes what no run can use.
ExitCode GcVerb(const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_STORE_VERBS_H_
