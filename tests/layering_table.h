// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_LAYERING_TABLE_H_
#define TESTS_LAYERING_TABLE_H_

#include <string>

#include "absl/strings/string_view.h"

// The arrows of the tree: which package may depend on which, and on which
// libraries of other projects.
namespace cxr::tests {

// The package of a file, a folder or an include: the longest entry of the
// table that holds it. Empty if none does.
std::string PackageOf(absl::string_view path);

// True for a path that names something of ours: cxr/, metrics/, reports/,
// experiments/, tools/, tests/.
bool IsOurs(absl::string_view path);

// The library that an include of another project belongs to: absl, protobuf,
// re2, aten, torch, c10d, cuda, nccl, gtest, ... `std` for standard headers.
std::string LibraryOfInclude(absl::string_view path);

// The same for a repository of a label: @com_google_absl is absl.
std::string LibraryOfRepository(absl::string_view repository);

// Whether the file or target at `stem` (path without its ending) may use
// `needed`, a package of ours or a library. Packages may use themselves.
bool MayUse(absl::string_view stem, absl::string_view needed);

// aten, torch and c10d.
bool IsTorch(absl::string_view library);

// Whether the file at `stem` lies where no torch may be reached.
bool IsTorchFree(absl::string_view stem);

}  // namespace cxr::tests

#endif  // TESTS_LAYERING_TABLE_H_
