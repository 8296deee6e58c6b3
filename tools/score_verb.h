// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_SCORE_VERB_H_
#define TOOLS_SCORE_VERB_H_

#include <string>
#include <vector>

#include "tools/exit_code.h"

namespace cxr {

// `cxr score classification|segmentation`: scores predictions that lie in
// files, whoever made them.
ExitCode ScoreVerb(const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_SCORE_VERB_H_
