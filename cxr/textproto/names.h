// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_NAMES_H_
#define CXR_TEXTPROTO_NAMES_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/strings/string_view.h"

// What to say of a field that does not exist.

namespace cxr {

// The message for a field `name` that `here` has not. In this order: a name of
// `here` that differs in case or "-" alone; the same name elsewhere below
// `root`, as near to it as can be; a name of `here` that is near; all names.
std::string ExplainUnknownField(absl::string_view name,
                                const google::protobuf::Descriptor& here,
                                const google::protobuf::Descriptor& root);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_NAMES_H_
