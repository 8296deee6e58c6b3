// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_PREDICTIONS_VERB_H_
#define TOOLS_PREDICTIONS_VERB_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/exit_code.h"

namespace cxr {

// predictions EXPERIMENT: what it predicted, from the store, as tables for
// score classification, in the folder --out.
ExitCode PredictionsVerb(absl::string_view program,
                         const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_PREDICTIONS_VERB_H_
