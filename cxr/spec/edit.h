// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_EDIT_H_
#define CXR_SPEC_EDIT_H_

#include <string>

#include "absl/strings/string_view.h"

// Changes to the text of a spec that leave everything else as it is: comments,
// order, blank lines. A path names a field from a message, "train.targets".
// The text must have no syntax errors; what a path does not find is no error.

namespace cxr {

// Writes `field`, e.g. "spec_version: 2", before the first field of the file;
// a file without fields stays as it is.
std::string InsertFirst(absl::string_view text, absl::string_view field);

// A field to be written where another one is.
struct FieldInsert {
  // The messages in which it happens; "" is the root. Through any item of
  // repeated messages.
  std::string common = {};
  std::string where = {};   // Below `common`: happens where this is set.
  std::string parent = {};  // Below `common`: written behind the last field of
                            // this one, which is created if it is not there.
  std::string field = {};   // E.g. "norm: FINAL_NORM".
};

// Nothing happens where the field is set already.
std::string InsertField(absl::string_view text, const FieldInsert& insert);

// A field to be moved to another message.
struct FieldMove {
  std::string common = {};  // As in FieldInsert.
  std::string path = {};    // Below `common`.
  std::string parent = {};  // Below `common`; created if it is not there.
  std::string name = {};    // The name it has there.
};

// The comments right above the line that the field begins and behind it on the
// line that it ends go with it. Messages that this leaves empty are removed.
std::string MoveField(absl::string_view text, const FieldMove& move);

}  // namespace cxr

#endif  // CXR_SPEC_EDIT_H_
