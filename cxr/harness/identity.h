// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_IDENTITY_H_
#define CXR_HARNESS_IDENTITY_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/run_record.pb.h"

// What makes two runs of a stage the same run.

namespace cxr {

// The identity fields of a stage's sub-spec, in the order of their numbers:
// path and value as text. A set message without identity fields of its own
// counts with the value "{}". Fields of other classes leave no trace.
std::vector<spec::IdentityPart> IdentityParts(
    const google::protobuf::Message& sub_spec);

// All that a stage's id is made of.
struct StageIdentity {
  std::string stage = {};
  int version = 0;
  std::vector<spec::IdentityPart> parts = {};
  std::vector<spec::StageInput> inputs = {};
};

// SHA-256 of the identity, 64 hexadecimal digits.
std::string StageId(const StageIdentity& identity);

}  // namespace cxr

#endif  // CXR_HARNESS_IDENTITY_H_
