// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_NAMES_H_
#define CXR_TEXTPROTO_NAMES_H_

#include <google/protobuf/descriptor.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// What to say of a field that does not exist.

namespace cxr {

// The message for a field `name` that was written where it does not exist: in
// the message at the end of `path`, fields that hold messages from `root` on;
// an empty path is `root` itself. In this order: a name of that message that is
// near; up to three places of the same name, below that message, else below the
// one around it and so on up to `root`, of these the shallowest; all names.
std::string ExplainUnknownField(
    absl::string_view name, const google::protobuf::Descriptor& root,
    const std::vector<const google::protobuf::FieldDescriptor*>& path);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_NAMES_H_
