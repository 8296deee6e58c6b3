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
// one (kSpecVersion): the same declaration, comments, order, ends of lines and
// byte order mark kept. Text of this version and text without any field come
// back as they are.
//
// What a version said without words, because it had no field for it, is
// written out where the file sets what goes with it; a file made of fragments
// may still lack fields that its fragments have to give (lint says which).
//
// InvalidArgument, beginning with "LINE:COLUMN: ", if the text has syntax
// errors, is of no version up to this one, or sets a field twice in a message.
absl::StatusOr<std::string> Upgrade(absl::string_view text, SpecKind kind);

}  // namespace cxr

#endif  // CXR_SPEC_UPGRADE_H_
