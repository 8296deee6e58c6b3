// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_FIELD_VALUES_H_
#define CXR_SPEC_FIELD_VALUES_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>

// The values of a field, whether it is single or repeated: reflection has a
// function for each. An index counts from 0; of a single field it is 0.

namespace cxr {

// How many values are set.
int ValueCount(const google::protobuf::Message& message,
               const google::protobuf::FieldDescriptor& field);

// A value of a field of messages.
const google::protobuf::Message& InnerMessage(
    const google::protobuf::Message& message,
    const google::protobuf::FieldDescriptor& field, int index);

// A value as text format writes it: strings quoted and escaped, so that none
// can forge another; numbers with all the digits they need to be told from
// their neighbours.
std::string ValueText(const google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor& field,
                      int index);

}  // namespace cxr

#endif  // CXR_SPEC_FIELD_VALUES_H_
