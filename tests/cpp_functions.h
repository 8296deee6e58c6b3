// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_CPP_FUNCTIONS_H_
#define TESTS_CPP_FUNCTIONS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace cxr::tests {

// A function defined at namespace or class level, or a TEST. `line` is where
// its declaration begins; `lines` runs to its closing brace.
struct FunctionSpan {
  std::string name;
  int line = 0;
  int lines = 0;
};

// The functions that C++ text defines, in order. Lambdas and local classes
// count as part of the function around them. A lambda that initialises a
// constant at namespace level is not seen, nor is what a macro expands to.
std::vector<FunctionSpan> FindFunctions(absl::string_view text);

}  // namespace cxr::tests

#endif  // TESTS_CPP_FUNCTIONS_H_
