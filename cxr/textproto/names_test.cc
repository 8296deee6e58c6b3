// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/names.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::DescriptorPool;
using ::google::protobuf::FileDescriptorProto;
using ::google::protobuf::TextFormat;

// Deep is two steps from Root by `near`, and three by `first` and by `last`;
// Root is inside itself.
constexpr char kTypes[] = R"(
  name: "x"
  message_type { name: "Empty" }
  message_type {
    name: "Root"
    field { name: "first" number: 1 type_name: "Way" }
    field { name: "near" number: 2 type_name: "Near" }
    field { name: "root" number: 3 type_name: "Root" }
    field { name: "batch_size" number: 4 type: TYPE_INT32 }
    field { name: "last" number: 5 type_name: "OtherWay" }
  }
  message_type {
    name: "Way"
    field { name: "near" number: 1 type_name: "Near" }
    field { name: "epoch" number: 2 type: TYPE_INT32 }
  }
  message_type {
    name: "OtherWay" field { name: "further" number: 1 type_name: "Furthest" }
  }
  message_type {
    name: "Furthest" field { name: "deep" number: 1 type_name: "Deep" }
  }
  message_type {
    name: "Near"
    field { name: "deep" number: 1 type_name: "Deep" }
    field { name: "epochs" number: 2 type: TYPE_INT32 }
    field { name: "batchsize" number: 3 type: TYPE_INT32 }
    field { name: "first_steps" number: 4 type: TYPE_INT32 }
  }
  message_type {
    name: "Goal" field { name: "goal" number: 1 type: TYPE_BOOL }
  }
  message_type {
    name: "Deep" field { name: "learning_rate" number: 1 type: TYPE_FLOAT }
  }
)";

class TextprotoNamesTest : public testing::Test {
 protected:
  TextprotoNamesTest() {
    FileDescriptorProto file;
    CXR_CHECK(TextFormat::ParseFromString(kTypes, &file));
    for (const int count : {2, 3, 4}) {
      auto* type = file.add_message_type();
      type->set_name(absl::StrCat("Fork", count));
      for (int i = 1; i <= count; ++i) {
        auto* field = type->add_field();
        field->set_name(absl::StrCat("way", i));
        field->set_number(i);
        field->set_type_name("Goal");
      }
    }
    // One more than an error lists, then two more.
    for (const int count : {12, 13}) {
      auto* type = file.add_message_type();
      type->set_name(absl::StrCat("Wide", count));
      for (int i = 1; i <= count; ++i) {
        auto* field = type->add_field();
        field->set_name(absl::StrCat("f", i));
        field->set_number(i);
        field->set_type(google::protobuf::FieldDescriptorProto::TYPE_BOOL);
      }
    }
    for (auto& type : *file.mutable_message_type()) {
      for (auto& field : *type.mutable_field()) {
        field.set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
      }
    }
    CXR_CHECK(pool_.BuildFile(file) != nullptr);
  }

  // Of a name in the message of `path`, fields from `root` on.
  std::string Explain(const std::string& name,
                      const std::vector<std::string>& path,
                      const std::string& root = "Root") const {
    const Descriptor& type = *pool_.FindMessageTypeByName(root);
    const Descriptor* inner = &type;
    std::vector<const google::protobuf::FieldDescriptor*> fields;
    for (const std::string& step : path) {
      fields.push_back(inner->FindFieldByName(step));
      inner = fields.back()->message_type();
    }
    return ExplainUnknownField(name, type, fields);
  }

  DescriptorPool pool_;
};

TEST_F(TextprotoNamesTest, CaseAndDashesComeFirst) {
  const std::string meant = "; did you mean 'batch_size'?";
  EXPECT_EQ(Explain("Batch_Size", {}), "no field 'Batch_Size' in Root" + meant);
  EXPECT_EQ(Explain("batch-size", {}), "no field 'batch-size' in Root" + meant);
  // Near has exactly this name, but it differs in a "_" alone.
  EXPECT_EQ(Explain("batchsize", {}), "no field 'batchsize' in Root" + meant);
}

TEST_F(TextprotoNamesTest, ANearNameComesBeforeTheSameNameElsewhere) {
  EXPECT_EQ(Explain("epochs", {"first"}),
            "no field 'epochs' in Way; did you mean 'epoch'?");
  EXPECT_EQ(Explain("batch_size", {"near"}),
            "no field 'batch_size' in Near; did you mean 'batchsize'?");
}

TEST_F(TextprotoNamesTest, ElsewhereIsBelowFirstAndThenFurtherOut) {
  // The root is nearer to near.deep, the message to first.near.deep.
  EXPECT_EQ(Explain("learning_rate", {"first"}),
            "no field 'learning_rate' here; there is "
            "first.near.deep.learning_rate");
  // Not below Deep: it is beside it, in Near, not in the root's own near.
  EXPECT_EQ(Explain("first_steps", {"first", "near", "deep"}),
            "no field 'first_steps' here; there is first.near.first_steps");
  EXPECT_EQ(Explain("learning_rate", {}),
            "no field 'learning_rate' here; there is near.deep.learning_rate");
  EXPECT_EQ(Explain("learning_rate", {}, "Way"),
            "no field 'learning_rate' here; there is near.deep.learning_rate");
}

TEST_F(TextprotoNamesTest, WhatTheRootHasIsWrittenAtTheTop) {
  const std::string top =
      " here; the message around all has it: write it at the top level";
  EXPECT_EQ(Explain("near", {"last", "further", "deep"}),
            "no field 'near'" + top);
  EXPECT_EQ(Explain("batch_size", {"first"}), "no field 'batch_size'" + top);
}

TEST_F(TextprotoNamesTest, UpToThreePlacesEquallyNearAreNamed) {
  EXPECT_EQ(Explain("goal", {}, "Fork2"),
            "no field 'goal' here; there are way1.goal and way2.goal");
  EXPECT_EQ(Explain("goal", {}, "Fork3"),
            "no field 'goal' here; there are way1.goal, way2.goal and "
            "way3.goal");
  EXPECT_EQ(Explain("goal", {}, "Fork4"),
            "no field 'goal' here; there are way1.goal, way2.goal, way3.goal "
            "and others");
}

TEST_F(TextprotoNamesTest, ANearNameIsAsked) {
  EXPECT_EQ(Explain("epocks", {"near"}),
            "no field 'epocks' in Near; did you mean 'epochs'?");
}

TEST_F(TextprotoNamesTest, AllNamesWhereNothingIsNear) {
  EXPECT_EQ(Explain("momentum", {"near"}),
            "no field 'momentum' in Near; there are deep, epochs, batchsize, "
            "first_steps");
  EXPECT_EQ(Explain("momentum", {}, "Empty"),
            "no field 'momentum' in Empty; it has no fields");
}

TEST_F(TextprotoNamesTest, AListOfNamesEndsAfterTwelve) {
  const std::string twelve =
      "there are f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12";
  EXPECT_EQ(Explain("momentum", {}, "Wide12"),
            "no field 'momentum' in Wide12; " + twelve);
  EXPECT_EQ(Explain("momentum", {}, "Wide13"),
            "no field 'momentum' in Wide13; " + twelve + " and 1 more");
}

}  // namespace
}  // namespace cxr
