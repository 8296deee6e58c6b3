// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_IDENTITY_PARTS_H_
#define CXR_SPEC_IDENTITY_PARTS_H_

#include <google/protobuf/message.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "cxr/spec/run_record.pb.h"

// What of a spec determines a result.

namespace cxr {

// The identity fields of `message`, in the order of the schema: path and value
// as text. A set message without identity fields of its own counts with the
// value "{}". Fields of other classes leave no trace.
std::vector<spec::IdentityPart> IdentityParts(
    const google::protobuf::Message& message);

// The same as text, a line "field PATH = VALUE" each, for many messages that
// share most of their values: what stands in one message is written out once.
class IdentityTexts {
 public:
  std::string TextOf(const google::protobuf::Message& message);

 private:
  void Append(const google::protobuf::Message& message,
              const std::string& prefix, int depth, std::string& text);
  void AppendInner(const google::protobuf::Message& message,
                   const std::string& path, int depth, std::string& text);

  // Texts of inner messages by path and contents.
  absl::flat_hash_map<std::pair<std::string, std::string>, std::string> known_;
};

// SHA-256 of the identity fields, 64 hexadecimal digits: equal for specs that
// compute the same, however they were written.
std::string SpecDigest(const google::protobuf::Message& message);

}  // namespace cxr

#endif  // CXR_SPEC_IDENTITY_PARTS_H_
