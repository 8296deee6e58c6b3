// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_IMPORT_VERB_H_
#define TOOLS_IMPORT_VERB_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/exit_code.h"

namespace cxr {

// import TABLE: scores another system's predictions as the experiment of the
// paper's S in --column is scored, and keeps them as the table's row --row.
ExitCode ImportVerb(absl::string_view program,
                    const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_IMPORT_VERB_H_
