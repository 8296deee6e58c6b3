// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_MESSAGE_OUTPUT_H_
#define TOOLS_MESSAGE_OUTPUT_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Answers in two forms, by --format.

namespace cxr {

// With the names of fields as the message declares them. Internal if it cannot
// be written so.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);

// InvalidArgument if --format is neither text nor json.
absl::Status CheckFormat();

// Prints `text`, or `message` as JSON: on stdout, alone.
absl::Status Print(const google::protobuf::Message& message,
                   absl::string_view text);

}  // namespace cxr

#endif  // TOOLS_MESSAGE_OUTPUT_H_
