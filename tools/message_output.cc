// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/message_output.h"

#include <google/protobuf/util/json_util.h>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/status_macros.h"
#include "tools/command_line.h"

namespace cxr {

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) {
    return absl::InternalError(std::string(status.message()));
  }
  return json;
}

absl::Status CheckFormat() {
  const std::string format = absl::GetFlag(FLAGS_format);
  return format == "text" || format == "json"
             ? absl::OkStatus()
             : absl::InvalidArgumentError(absl::StrCat(
                   "--format: found '", format, "', expected text or json"));
}

absl::Status Print(const google::protobuf::Message& message,
                   absl::string_view text) {
  if (absl::GetFlag(FLAGS_format) == "text") {
    absl::PrintF("%s", text);
    return absl::OkStatus();
  }
  CXR_ASSIGN_OR_RETURN(const std::string json, ToJson(message));
  absl::PrintF("%s", json);
  return absl::OkStatus();
}

}  // namespace cxr
