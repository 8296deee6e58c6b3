// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_REPORT_VERB_H_
#define TOOLS_REPORT_VERB_H_

#include <string>
#include <vector>

#include "tools/exit_code.h"

namespace cxr {

// `cxr report sections|findings FILE...`: the sections of reports, and what
// they say of 14 findings, as tables or as JSON.
ExitCode ReportVerb(const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_REPORT_VERB_H_
