// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_VERB_HELP_H_
#define TOOLS_VERB_HELP_H_

#include <vector>

#include "absl/strings/string_view.h"

// How verbs are explained.

namespace cxr {

struct VerbHelp {
  absl::string_view name;
  absl::string_view usage;
  absl::string_view summary;  // One line.
  absl::string_view meaning;
  std::vector<absl::string_view> flags;
  absl::string_view example;
};

// What makes results, and tables of them.
std::vector<VerbHelp> ResultVerbs();

// What shows more of a result than its table.
std::vector<VerbHelp> DetailVerbs();

}  // namespace cxr

#endif  // TOOLS_VERB_HELP_H_
