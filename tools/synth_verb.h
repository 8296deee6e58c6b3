// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_SYNTH_VERB_H_
#define TOOLS_SYNTH_VERB_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/exit_code.h"

namespace cxr {

// `cxr synth`: draws a source, or all, in its makers' layout.
// `cxr synth pictures`: a page of sheets of what it draws, to look at.
ExitCode SynthVerb(absl::string_view program,
                   const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_SYNTH_VERB_H_
