// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_UPGRADE_H_
#define CXR_SPEC_UPGRADE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/spec_file.h"

namespace cxr {

// The text of a spec of an older version, rewritten in the language of this
// one (kSpecVersion): the same declaration, comments and order kept. Text of
// this version comes back as it is.
//
// What a version said without words, because it had no field for it, is
// written out where the file sets what goes with it; a file made of fragments
// may still lack fields that its fragments have to give (lint says which).
//
// InvalidArgument if the text has syntax errors or is of a newer version.
absl::StatusOr<std::string> Upgrade(absl::string_view text, SpecKind kind);

}  // namespace cxr

#endif  // CXR_SPEC_UPGRADE_H_
