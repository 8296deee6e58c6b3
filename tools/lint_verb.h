// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_LINT_VERB_H_
#define TOOLS_LINT_VERB_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/exit_code.h"

namespace cxr {

// lint [FILE...]: prints every problem of all specs, or of the named files
// among them, to stdout.
ExitCode LintVerb(absl::string_view program,
                  const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_LINT_VERB_H_
