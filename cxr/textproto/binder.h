// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXTPROTO_BINDER_H_
#define CXR_TEXTPROTO_BINDER_H_

#include <google/protobuf/message.h>

#include "absl/strings/string_view.h"
#include "cxr/textproto/syntax.h"
#include "cxr/textproto/textproto.h"

// The second half of ParseTextproto; for that file alone.

namespace cxr {

// Writes `tree`, which is that of `text`, into the empty `message`. Its issues
// come first, unsorted the binder's behind them.
ParsedTextproto BindSyntax(absl::string_view text, SyntaxTree tree,
                           google::protobuf::Message& message);

}  // namespace cxr

#endif  // CXR_TEXTPROTO_BINDER_H_
