// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/identity_parts.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/options.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/study.pb.h"
#include "cxr/spec/table.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::MessageFactory;
using ::google::protobuf::Reflection;
using ::testing::ElementsAre;

// "path = value" of each part.
std::vector<std::string> Parts(const Message& message) {
  std::vector<std::string> texts;
  for (const spec::IdentityPart& part : IdentityParts(message)) {
    texts.push_back(absl::StrCat(part.path(), " = ", part.value()));
  }
  return texts;
}

// Sets the single field `field` of an empty message to what is not its default.
void Set(Message& message, const FieldDescriptor* field) {
  const Reflection& r = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return r.SetInt32(&message, field, 1);
    case FieldDescriptor::CPPTYPE_INT64:
      return r.SetInt64(&message, field, 1);
    case FieldDescriptor::CPPTYPE_UINT32:
      return r.SetUInt32(&message, field, 1);
    case FieldDescriptor::CPPTYPE_UINT64:
      return r.SetUInt64(&message, field, 1);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return r.SetDouble(&message, field, 1e-9);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return r.SetFloat(&message, field, 1);
    case FieldDescriptor::CPPTYPE_BOOL:
      return r.SetBool(&message, field, true);
    case FieldDescriptor::CPPTYPE_ENUM:
      return r.SetEnumValue(&message, field, 1);
    case FieldDescriptor::CPPTYPE_STRING:
      return r.SetString(&message, field, "x");
    case FieldDescriptor::CPPTYPE_MESSAGE:
      r.MutableMessage(&message, field);
  }
}

// The same for a repeated field.
void Add(Message& message, const FieldDescriptor* field) {
  const Reflection& r = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return r.AddInt32(&message, field, 1);
    case FieldDescriptor::CPPTYPE_UINT32:
      return r.AddUInt32(&message, field, 1);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return r.AddDouble(&message, field, 1);
    case FieldDescriptor::CPPTYPE_ENUM:
      return r.AddEnumValue(&message, field, 1);
    case FieldDescriptor::CPPTYPE_STRING:
      return r.AddString(&message, field, "x");
    case FieldDescriptor::CPPTYPE_MESSAGE:
      r.AddMessage(&message, field);
      return;
    default:
      FAIL() << "no value for " << field->full_name();
  }
}

// For every field of every message of the language.
TEST(IdentityPartsTest, ExactlyTheIdentityFieldsChangeTheDigest) {
  std::set<const Descriptor*> all;
  for (const Descriptor* root :
       {spec::ExperimentSpec::descriptor(), spec::DeploymentSpec::descriptor(),
        spec::TableSpec::descriptor(), spec::RungSet::descriptor(),
        spec::StudySpec::descriptor()}) {
    AddMessages(root, all);
  }
  int identity_fields = 0;
  int other_fields = 0;
  for (const Descriptor* descriptor : all) {
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      std::unique_ptr<Message> message(
          MessageFactory::generated_factory()->GetPrototype(descriptor)->New());
      const std::string before = SpecDigest(*message);
      field->is_repeated() ? Add(*message, field) : Set(*message, field);
      const bool is_identity =
          field->options().GetExtension(spec::field_class) == spec::IDENTITY;
      EXPECT_EQ(SpecDigest(*message) != before, is_identity)
          << field->full_name();
      ++(is_identity ? identity_fields : other_fields);
    }
  }
  EXPECT_GT(identity_fields, 200);
  EXPECT_GT(other_fields, 60);
}

TEST(IdentityPartsTest, PartsSayPathAndValue) {
  EXPECT_THAT(
      Parts(ParseSpec<spec::ExperimentSpec>(
          "train { targets: ['a\"', 'b'] }"
          "features { pixels {}"
          "  preprocess { input_size_pixels: 32"
          "    equalization: OPENCV_HISTOGRAM } }"
          "pretrain { data { source: RSNA } data {} drop_path: 0.1 }")),
      ElementsAre("pretrain.data[0].source = RSNA", "pretrain.data[1] = {}",
                  "pretrain.drop_path = 0.1",
                  "features.preprocess.equalization = OPENCV_HISTOGRAM",
                  "features.preprocess.input_size_pixels = 32",
                  "features.pixels = {}", "train.targets[0] = \"a\\\"\"",
                  "train.targets[1] = \"b\""));
}

TEST(IdentityPartsTest, OtherClassesLeaveNoTrace) {
  EXPECT_THAT(Parts(ParseSpec<spec::ExperimentSpec>(
                  "spec_version: 2 description: 'd' protocol: CORRECTED"
                  " pretrain { watch { checkpoints_kept: 1 } }")),
              ElementsAre("pretrain = {}"));
}

TEST(IdentityPartsTest, DigestsDoNotDependOnHowASpecIsWritten) {
  EXPECT_EQ(SpecDigest(ParseSpec<spec::DataSpec>("max_patients: 3 views: PA"
                                                 " views: AP source: RSNA")),
            SpecDigest(ParseSpec<spec::DataSpec>(
                "source: 6, views: [PA, AP]\n max_patients: 0x3 # Few.")));
}

TEST(IdentityPartsTest, DoublesCountWithAllTheirDigits) {
  spec::AdamWSpec a;
  spec::AdamWSpec b;
  a.set_learning_rate(0.1);
  b.set_learning_rate(0.1 + 2e-17);  // The neighbouring double.
  ASSERT_NE(a.learning_rate(), b.learning_rate());
  EXPECT_NE(SpecDigest(a), SpecDigest(b));
}

TEST(IdentityPartsTest, NoValueCanForgeALine) {
  spec::TrainSpec one;
  one.add_targets("a\"\ntargets[1] = \"b");
  spec::TrainSpec two;
  two.add_targets("a");
  two.add_targets("b");
  EXPECT_NE(SpecDigest(one), SpecDigest(two));
}

// printf 'source = RSNA\nmax_patients = 3\n' | sha256sum
TEST(IdentityPartsTest, TheDigestIsThatOfTheLines) {
  EXPECT_EQ(
      SpecDigest(ParseSpec<spec::DataSpec>("source: RSNA max_patients: 3")),
      "0793ebcce6d0dbf7e3252c375b7d10f338c65cd5524c81ae8f600b1b225577e5");
}

// The text, however much of it was written before, is that of the parts.
TEST(IdentityTextsTest, TextsAreThoseOfTheParts) {
  IdentityTexts texts;
  const auto expected = [](const Message& message) {
    std::string text;
    for (const std::string& part : Parts(message)) {
      absl::StrAppend(&text, "field ", part, "\n");
    }
    return text;
  };
  const std::string pretraining = PretrainingText();
  for (int round = 0; round < 2; ++round) {
    for (const std::vector<absl::string_view>& layers :
         std::vector<std::vector<absl::string_view>>{
             {kPixelProbe},
             {kPixelProbe, kVitOverlay},
             {kPixelProbe, kVitOverlay, kOwnPretraining},
             {pretraining}}) {
      spec::ExperimentSpec spec = Layered(layers);
      EXPECT_EQ(texts.TextOf(spec), expected(spec));
      spec.mutable_train()->mutable_linear_probe()->set_epochs(round + 77);
      EXPECT_EQ(texts.TextOf(spec), expected(spec));
      spec.mutable_pretrain()->mutable_crops()->set_local_count(round + 5);
      EXPECT_EQ(texts.TextOf(spec), expected(spec));
    }
  }
}

}  // namespace
}  // namespace cxr
