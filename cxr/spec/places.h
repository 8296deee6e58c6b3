// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_PLACES_H_
#define CXR_SPEC_PLACES_H_

#include <google/protobuf/descriptor.h>

#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "cxr/textproto/textproto.h"

// From the path of a field to where it was written.

namespace cxr {

// Something wrong with a field that is not yet placed in a file.
struct FieldProblem {
  std::string field = {};  // Path from the root, e.g. "train.targets[1]".
  std::string message = {};
};

// "prefix.name", or "name" if there is no prefix.
std::string JoinField(absl::string_view prefix, absl::string_view name);

// "path[index]".
std::string ItemField(absl::string_view path, int index);

// The place of the field `path` of a message of `type`; if it was not written,
// that of the innermost message around it that was; at last `root` itself.
const FieldPlace& FindPlace(const FieldPlace& root,
                            const google::protobuf::Descriptor& type,
                            absl::string_view path);

// The place of the field `path` if it was written, else null.
const FieldPlace* FindWritten(const FieldPlace& root,
                              const google::protobuf::Descriptor& type,
                              absl::string_view path);

// Adds the files of the values below `root`: of scalars, and of messages that
// were written empty.
void AddFilesOfValues(const FieldPlace& root, std::set<int>& files);

// Writes `file` into every place below `root`, itself included.
void SetFile(int file, FieldPlace& root);

}  // namespace cxr

#endif  // CXR_SPEC_PLACES_H_
