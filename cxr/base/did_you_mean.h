// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_DID_YOU_MEAN_H_
#define CXR_BASE_DID_YOU_MEAN_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// What a mistyped word was meant to be.

namespace cxr {

// The word of `known` nearest to `word`: one that differs in case, "-" and "_"
// alone, else the one with the fewest letters to insert, delete, replace or
// swap with their neighbour; of equals the first. Empty if nothing is near:
// up to 1 such step for 3 or 4 letters, 2 for 5 to 8, 3 for more. Words of
// more than 64 letters are near to nothing else.
std::string Nearest(absl::string_view word,
                    const std::vector<std::string>& known);

// What helps whoever wrote `name`, which is none of `known`: "did you mean
// 'x'?", or "there are: a, b" if none is near.
std::string Hint(absl::string_view name, const std::vector<std::string>& known);

// "no WHAT 'name'; " and the hint.
std::string NotThere(absl::string_view what, absl::string_view name,
                     const std::vector<std::string>& known);

}  // namespace cxr

#endif  // CXR_BASE_DID_YOU_MEAN_H_
