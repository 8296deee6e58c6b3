// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_HELP_VERB_H_
#define TOOLS_HELP_VERB_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tools/exit_code.h"

namespace cxr {

// help [VERB]: what the program does, or one verb with its flags and an
// example.
ExitCode HelpVerb(const std::vector<std::string>& words);

// The flags of a verb that there is, as help lists them.
std::vector<absl::string_view> FlagsOf(absl::string_view verb);

// InvalidArgument if there is no such verb, or if it does not take one of the
// flags.
absl::Status CheckVerb(const std::string& verb,
                       const std::vector<std::string>& flags);

}  // namespace cxr

#endif  // TOOLS_HELP_VERB_H_
