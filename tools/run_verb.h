// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_RUN_VERB_H_
#define TOOLS_RUN_VERB_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/exit_code.h"

namespace cxr {

// run TARGET: executes what of the target is not in the store yet, prints its
// table and writes it to --out. `program` is argv[0], `words` what stands
// behind the verb.
ExitCode RunVerb(absl::string_view program,
                 const std::vector<std::string>& words);

// Prints what a target of `run` is, for its --help: its title or description.
ExitCode DescribeTarget(absl::string_view program, absl::string_view name);

}  // namespace cxr

#endif  // TOOLS_RUN_VERB_H_
