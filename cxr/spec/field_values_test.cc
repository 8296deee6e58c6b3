// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/field_values.h"

#include <gtest/gtest.h>

#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;

const FieldDescriptor& Field(const Message& message, const char* name) {
  return *message.GetDescriptor()->FindFieldByName(name);
}

TEST(FieldValuesTest, SingleAndRepeatedFieldsAreReadAlike) {
  const auto spec = ParseSpec<spec::ExperimentSpec>(
      "include: ['a', 'b\"'] data { max_patients: 3 }"
      "pretrain { data { source: RSNA } data { source: VINDR } }");
  EXPECT_EQ(ValueCount(spec, Field(spec, "include")), 2);
  EXPECT_EQ(ValueText(spec, Field(spec, "include"), 1), "\"b\\\"\"");
  EXPECT_EQ(ValueCount(spec, Field(spec, "data")), 1);
  EXPECT_EQ(ValueCount(spec, Field(spec, "train")), 0);
  const Message& data = InnerMessage(spec, Field(spec, "data"), 0);
  EXPECT_EQ(ValueText(data, Field(data, "max_patients"), 0), "3");
  const auto& mixture = spec.pretrain();
  const Message& second = InnerMessage(mixture, Field(mixture, "data"), 1);
  EXPECT_EQ(ValueText(second, Field(second, "source"), 0), "VINDR");
}

}  // namespace
}  // namespace cxr
