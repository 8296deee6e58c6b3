// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_PLACES_H_
#define TOOLS_PLACES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Where things lie on this machine.

namespace cxr {

// The value of an environment variable; empty if it is not set.
std::string Environment(const char* name);

// The folder that holds experiments/ and cxr/data/samples/: --root, else the
// program's own data (Bazel's runfiles), else the working folder. NotFound if
// there is none.
absl::StatusOr<std::string> FindRoot(absl::string_view program);

// --store, else $CXR_STORE, else ~/.cache/cxr/store. InvalidArgument if none
// of them says anything.
absl::StatusOr<std::string> StorePath();

// --out, else results/`rung` of the working copy from which Bazel started the
// program, else of the working folder.
std::string OutPath(absl::string_view rung);

// Where a person edits specs: --root, else the working copy from which Bazel
// started the program, else the working folder.
std::string WorkingCopy();

// A path that a person gave, relative to the folder where they are: under
// `bazel run` that is not the program's working folder.
std::string UserPath(absl::string_view path);

}  // namespace cxr

#endif  // TOOLS_PLACES_H_
