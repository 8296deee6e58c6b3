// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_RENDER_VERB_H_
#define TOOLS_RENDER_VERB_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/exit_code.h"

namespace cxr {

// render TABLE: prints the table as published (--source=published) or from
// what is in the store (--source=results), and runs nothing.
ExitCode RenderVerb(absl::string_view program,
                    const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_RENDER_VERB_H_
