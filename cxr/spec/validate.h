// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_VALIDATE_H_
#define CXR_SPEC_VALIDATE_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/issue.h"

// What makes a spec wrong, beyond its syntax. The rules stand as options on
// the fields (options.proto); nothing here names a field, except the rules
// between fields in CheckExperiment.

namespace cxr {

// What is wrong with the values that a file sets: numbers outside their range
// and the UNSPECIFIED enumerator. `positions` are those of the file's parse.
std::vector<SpecIssue> CheckValues(
    const google::protobuf::Message& message,
    const google::protobuf::TextFormat::ParseInfoTree& positions,
    absl::string_view file);

// What a merged message still lacks: every field must be set, every oneof must
// be decided, every repeated field must have an item, unless the field says
// that it may be unset. Positions are 1:1 of `file`.
std::vector<SpecIssue> CheckComplete(const google::protobuf::Message& message,
                                     absl::string_view file);

// Rules between the fields of a complete experiment, e.g. that the number of
// heads divides the width.
std::vector<SpecIssue> CheckExperiment(const spec::ExperimentSpec& experiment,
                                       absl::string_view file);

}  // namespace cxr

#endif  // CXR_SPEC_VALIDATE_H_
