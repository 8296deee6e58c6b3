// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "cxr/base/textproto.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/spec/options.pb.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/table.pb.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

template <typename Message>
std::vector<std::string> ValueIssues(const char* text) {
  Message message;
  const ParsedTextproto parsed = ParseTextproto(text, message);
  EXPECT_THAT(parsed.issues, IsEmpty());
  std::vector<std::string> texts;
  for (const SpecIssue& issue :
       CheckValues(message, *parsed.positions, "x.textproto")) {
    texts.push_back(ToString(issue));
  }
  return texts;
}

std::vector<std::string> FieldsOf(const std::vector<SpecIssue>& issues) {
  std::vector<std::string> fields;
  for (const SpecIssue& issue : issues) {
    fields.push_back(issue.field);
  }
  return fields;
}

// Every message reachable from `descriptor` through fields of cxr.spec.
void Collect(const Descriptor* descriptor, std::set<const Descriptor*>& all) {
  if (descriptor == nullptr || !all.insert(descriptor).second) {
    return;
  }
  for (int i = 0; i < descriptor->field_count(); ++i) {
    Collect(descriptor->field(i)->message_type(), all);
  }
}

std::set<const Descriptor*> AllSpecMessages() {
  std::set<const Descriptor*> all;
  for (const Descriptor* root :
       {spec::ExperimentSpec::descriptor(), spec::RungSet::descriptor(),
        spec::TableSpec::descriptor(), spec::PublishedValues::descriptor(),
        spec::FamilySet::descriptor(), spec::DeploymentSpec::descriptor(),
        spec::RunRecord::descriptor()}) {
    Collect(root, all);
  }
  return all;
}

TEST(ValidateTest, EveryFieldOfEverySpecMessageHasAClass) {
  const std::set<const Descriptor*> messages = AllSpecMessages();
  EXPECT_GT(messages.size(), 30u);
  for (const Descriptor* message : messages) {
    for (int i = 0; i < message->field_count(); ++i) {
      const FieldDescriptor* field = message->field(i);
      EXPECT_NE(field->options().GetExtension(spec::field_class),
                spec::FIELD_CLASS_UNSPECIFIED)
          << field->full_name();
    }
  }
}

TEST(ValidateTest, EverySingleScalarTellsUnsetFromZero) {
  for (const Descriptor* message : AllSpecMessages()) {
    for (int i = 0; i < message->field_count(); ++i) {
      EXPECT_TRUE(message->field(i)->is_repeated() ||
                  message->field(i)->has_presence())
          << message->field(i)->full_name();
    }
  }
}

TEST(ValidateTest, EveryEnumBeginsWithUnspecified) {
  for (const Descriptor* message : AllSpecMessages()) {
    for (int i = 0; i < message->field_count(); ++i) {
      const auto* type = message->field(i)->enum_type();
      if (type != nullptr) {
        EXPECT_THAT(type->value(0)->name(), HasSubstr("_UNSPECIFIED"));
        EXPECT_EQ(type->value(0)->number(), 0);
      }
    }
  }
}

TEST(ValidateTest, OutOfRangeNamesPositionPathFoundAndExpected) {
  EXPECT_THAT(
      ValueIssues<spec::ExperimentSpec>(
          "data { max_patients: -2 }\n"
          "train {\n  linear_probe { learning_rate: 0 beta1: 1.5 }\n}\n"),
      ElementsAre(
          "x.textproto:1:8: error: data.max_patients: found -2, expected >= 0",
          "x.textproto:3:18: error: train.linear_probe.learning_rate: found 0, "
          "expected > 0 and <= 10",
          "x.textproto:3:35: error: train.linear_probe.beta1: found 1.5, "
          "expected >= 0 and <= 0.999999"));
}

TEST(ValidateTest, OverflowedNumbersAreErrors) {
  EXPECT_THAT(ValueIssues<spec::ExperimentSpec>(
                  "train { linear_probe { learning_rate: 1e400 } }"),
              ElementsAre(HasSubstr("found inf, expected a finite number")));
}

TEST(ValidateTest, UnspecifiedIsNoDecision) {
  EXPECT_THAT(ValueIssues<spec::ExperimentSpec>(
                  "data { source: RSNA\n views: [PA, VIEW_UNSPECIFIED] }"),
              ElementsAre("x.textproto:2:2: error: data.views[1]: found "
                          "VIEW_UNSPECIFIED, expected a decision"));
}

TEST(ValidateTest, CompleteMessagesHaveEverythingSet) {
  spec::DataSpec data;
  EXPECT_THAT(FieldsOf(CheckComplete(data, "x")),
              ElementsAre("source", "views", "max_patients"));
  data.set_source(spec::NIH64);
  data.add_views(spec::PA);
  data.set_max_patients(0);
  EXPECT_THAT(CheckComplete(data, "x"), IsEmpty());
}

TEST(ValidateTest, OneofsAreDecided) {
  spec::WeightsSpec weights;
  const std::vector<SpecIssue> issues = CheckComplete(weights, "x");
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(ToString(issues[0]),
            "x:1:1: error: origin: nothing is set, expected one of random, "
            "pretrained");
  weights.mutable_random()->set_seed(1);
  EXPECT_THAT(FieldsOf(CheckComplete(weights, "x")),
              ElementsAre("random.layer_scale_init", "random.linear_std",
                          "random.position_std"));
}

TEST(ValidateTest, FieldsThatMayBeUnsetMay) {
  EXPECT_THAT(FieldsOf(CheckComplete(spec::ExperimentSpec(), "x")),
              Not(::testing::Contains("description")));
}

TEST(ValidateTest, RulesBetweenFields) {
  spec::ExperimentSpec experiment;
  const ParsedTextproto parsed = ParseTextproto(
      "features { preprocess { input_size_pixels: 100 }"
      "  vit { backbone { width: 96 depth: 3 heads: 5 patch_size_pixels: 14 }"
      "        last_layers: 4 } }"
      "train { patient_folds {} targets: ['a', 'a'] }"
      "predict { subset: TEST }",
      experiment);
  ASSERT_THAT(parsed.issues, IsEmpty());
  EXPECT_THAT(
      FieldsOf(CheckExperiment(experiment, "x")),
      ElementsAre("features.vit.backbone.heads", "features.vit.last_layers",
                  "features.preprocess.input_size_pixels", "train.targets",
                  "predict.subset"));
}

TEST(ValidateTest, TheMeanOfNoPatchIsRefused) {
  spec::ExperimentSpec experiment;
  ParseTextproto(
      "features { preprocess { input_size_pixels: 14 }"
      "  vit { backbone { width: 96 depth: 3 heads: 3 patch_size_pixels: 14 }"
      "        last_layers: 1 token: TOP_LEFT_PATCH_AS_RELEASED } }"
      "train { targets: 'macro' }",
      experiment);
  EXPECT_THAT(
      FieldsOf(CheckExperiment(experiment, "x")),
      ElementsAre("features.preprocess.input_size_pixels", "train.targets"));
}

}  // namespace
}  // namespace cxr
