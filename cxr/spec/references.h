// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_REFERENCES_H_
#define CXR_SPEC_REFERENCES_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "cxr/spec/options.pb.h"

namespace cxr {

// A name in a spec that stands for another declaration.
struct SpecReference {
  std::string field = {};  // Path from the root.
  spec::Reference kind = spec::REFERENCE_UNSPECIFIED;
  std::string name = {};
  bool is_result = false;  // See result_options.proto.
};

// Every name in `message` that refers to something, as the fields' options
// say, in the order of the fields' numbers.
std::vector<SpecReference> ReferencesOf(
    const google::protobuf::Message& message);

// The names of one kind that `message` refers to, each once, in that order.
std::vector<std::string> NamesIn(const google::protobuf::Message& message,
                                 spec::Reference kind);

// Those that are run for their results, seeds left out where they are.
std::vector<std::string> ResultsIn(const google::protobuf::Message& message);

}  // namespace cxr

#endif  // CXR_SPEC_REFERENCES_H_
