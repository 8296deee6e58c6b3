// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/identity.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>

#include "cxr/base/textproto.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/options.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/table.pb.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::MessageFactory;
using ::google::protobuf::Reflection;

std::string IdOf(const Message& message) {
  return StageId({.stage = "x", .version = 1, .parts = IdentityParts(message)});
}

// Sets `field` of `message` to something that it was not.
void Change(Message& message, const FieldDescriptor* field) {
  const Reflection& r = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      r.SetInt32(&message, field, r.GetInt32(message, field) + 1);
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      r.SetInt64(&message, field, r.GetInt64(message, field) + 1);
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      r.SetUInt32(&message, field, r.GetUInt32(message, field) + 1);
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      r.SetUInt64(&message, field, r.GetUInt64(message, field) + 1);
      break;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      r.SetDouble(&message, field, r.GetDouble(message, field) + 1e-9);
      break;
    case FieldDescriptor::CPPTYPE_FLOAT:
      r.SetFloat(&message, field, r.GetFloat(message, field) + 1);
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      r.SetBool(&message, field, !r.GetBool(message, field));
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      r.SetEnumValue(&message, field,
                     r.GetEnumValue(message, field) == 1 ? 2 : 1);
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      r.SetString(&message, field, r.GetString(message, field) + "x");
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      r.MutableMessage(&message, field);
      break;
  }
}

void ChangeAny(Message& message, const FieldDescriptor* field) {
  if (!field->is_repeated()) {
    Change(message, field);
    return;
  }
  const Reflection& r = *message.GetReflection();
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    r.AddMessage(&message, field);
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    r.AddEnumValue(&message, field, 1);
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    r.AddString(&message, field, "x");
  }
}

void Collect(const Descriptor* descriptor, std::set<const Descriptor*>& all) {
  if (descriptor == nullptr || !all.insert(descriptor).second) {
    return;
  }
  for (int i = 0; i < descriptor->field_count(); ++i) {
    Collect(descriptor->field(i)->message_type(), all);
  }
}

// For every field of every message of the language: the id changes with the
// field exactly if the field is of the identity class.
TEST(IdentityTest, ExactlyTheIdentityFieldsChangeTheId) {
  std::set<const Descriptor*> all;
  Collect(spec::ExperimentSpec::descriptor(), all);
  Collect(spec::DeploymentSpec::descriptor(), all);
  Collect(spec::TableSpec::descriptor(), all);
  Collect(spec::RungSet::descriptor(), all);
  int identity_fields = 0;
  int other_fields = 0;
  for (const Descriptor* descriptor : all) {
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      std::unique_ptr<Message> message(
          MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
      const std::string before = IdOf(*message);
      ChangeAny(*message, field);
      const bool is_identity =
          field->options().GetExtension(spec::field_class) == spec::IDENTITY;
      EXPECT_EQ(IdOf(*message) != before, is_identity) << field->full_name();
      ++(is_identity ? identity_fields : other_fields);
    }
  }
  EXPECT_GT(identity_fields, 40);
  EXPECT_GT(other_fields, 20);
}

TEST(IdentityTest, PartsSayPathAndValue) {
  spec::FeaturesSpec features;
  ParseTextproto(
      "preprocess { equalization: OPENCV_HISTOGRAM input_size_pixels: 32 }"
      "pixels {}",
      features);
  const std::vector<spec::IdentityPart> parts = IdentityParts(features);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].path(), "preprocess.equalization");
  EXPECT_EQ(parts[0].value(), "OPENCV_HISTOGRAM");
  EXPECT_EQ(parts[1].value(), "32");
  EXPECT_EQ(parts[2].path(), "pixels");
  EXPECT_EQ(parts[2].value(), "{}");
}

TEST(IdentityTest, DoublesCountWithAllTheirDigits) {
  spec::LinearProbeSpec a;
  spec::LinearProbeSpec b;
  a.set_learning_rate(0.1);
  b.set_learning_rate(0.1 + 2e-17);  // The neighbouring double.
  ASSERT_NE(a.learning_rate(), b.learning_rate());
  EXPECT_NE(IdOf(a), IdOf(b));
}

TEST(IdentityTest, StageVersionAndInputsCount) {
  const StageIdentity base{.stage = "train", .version = 1};
  StageIdentity other = base;
  EXPECT_EQ(StageId(base), StageId(other));
  other.version = 2;
  EXPECT_NE(StageId(base), StageId(other));
  other = base;
  other.stage = "score";
  EXPECT_NE(StageId(base), StageId(other));
  other = base;
  other.inputs.emplace_back().set_id("abc");
  EXPECT_NE(StageId(base), StageId(other));
}

TEST(IdentityTest, NoValueCanForgeALine) {
  spec::TrainSpec one;
  one.add_targets("a\nfield targets[1] = b");
  spec::TrainSpec two;
  two.add_targets("a");
  two.add_targets("b");
  EXPECT_NE(IdOf(one), IdOf(two));
}

}  // namespace
}  // namespace cxr
