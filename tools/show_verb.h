// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_SHOW_VERB_H_
#define TOOLS_SHOW_VERB_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/exit_code.h"

namespace cxr {

// show NAME [--resolved] [--origin]: prints a declaration as it was written, or
// what all includes and rules make of it. Of a study --resolved lists the
// cells.
ExitCode ShowVerb(absl::string_view program,
                  const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_SHOW_VERB_H_
