// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_UPGRADE_VERB_H_
#define TOOLS_UPGRADE_VERB_H_

#include <string>
#include <vector>

#include "tools/exit_code.h"

namespace cxr {

// upgrade [FILE...]: rewrites specs of an older version in place, all of
// experiments/ or the named files, which need not lie there. Either all files
// are understood or none is written.
ExitCode UpgradeVerb(const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_UPGRADE_VERB_H_
