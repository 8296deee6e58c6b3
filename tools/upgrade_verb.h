// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_UPGRADE_VERB_H_
#define TOOLS_UPGRADE_VERB_H_

#include <string>
#include <vector>

#include "tools/exit_code.h"

namespace cxr {

// upgrade [FILE...]: rewrites specs of an older version in place, all of
// experiments/ of the working copy or the named files, which lie below any
// folder of that name. Either all files are understood or none is written; no
// file is replaced before the new texts of all are on the disk.
ExitCode UpgradeVerb(const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_UPGRADE_VERB_H_
