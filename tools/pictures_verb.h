// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_PICTURES_VERB_H_
#define TOOLS_PICTURES_VERB_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/exit_code.h"

namespace cxr {

// pictures TARGET: a page of curves and of the worst mistakes of each
// experiment of the target, from the store, in the folder --out.
ExitCode PicturesVerb(absl::string_view program,
                      const std::vector<std::string>& words);

}  // namespace cxr

#endif  // TOOLS_PICTURES_VERB_H_
