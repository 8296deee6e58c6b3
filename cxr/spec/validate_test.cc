// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/validate.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/claim.pb.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/journal.pb.h"
#include "cxr/spec/options.pb.h"
#include "cxr/spec/plan.pb.h"
#include "cxr/spec/protocol.pb.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/study.pb.h"
#include "cxr/spec/table.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <typename Message>
std::vector<std::string> ValueProblems(absl::string_view text) {
  return TextsOf(CheckValues(ParseSpec<Message>(text)));
}

template <typename Message>
std::vector<std::string> Lacks(absl::string_view text) {
  return TextsOf(CheckComplete(ParseSpec<Message>(text)));
}

// Every field of every message of the language; of records too on request.
std::vector<const FieldDescriptor*> AllFields(bool records) {
  std::set<const Descriptor*> all;
  for (const Descriptor* root :
       {spec::ExperimentSpec::descriptor(), spec::StudySpec::descriptor(),
        spec::RungSet::descriptor(), spec::ProtocolSet::descriptor(),
        spec::TableSpec::descriptor(), spec::PublishedValues::descriptor(),
        spec::ClaimSet::descriptor(), spec::FamilySet::descriptor(),
        spec::DeploymentSpec::descriptor()}) {
    AddMessages(root, all);
  }
  if (records) {
    AddMessages(spec::RunRecord::descriptor(), all);
    AddMessages(spec::PlanRecord::descriptor(), all);
    AddMessages(spec::LeaseRecord::descriptor(), all);
    AddMessages(spec::FailureRecord::descriptor(), all);
    AddMessages(spec::CheckpointRecord::descriptor(), all);
    AddMessages(spec::RunEvent::descriptor(), all);
  }
  std::vector<const FieldDescriptor*> fields;
  for (const Descriptor* message : all) {
    for (int i = 0; i < message->field_count(); ++i) {
      fields.push_back(message->field(i));
    }
  }
  return fields;
}

bool IsNumber(const FieldDescriptor& field) {
  return field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE &&
         field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM &&
         field.cpp_type() != FieldDescriptor::CPPTYPE_BOOL &&
         field.cpp_type() != FieldDescriptor::CPPTYPE_STRING;
}

// The last word of a field's name that says what a number counts, or nothing.
std::string UnitOfName(const FieldDescriptor& field) {
  for (const char* unit :
       {"pixels", "epochs", "images", "steps", "seconds", "patients", "layers",
        "tokens", "patches", "fraction", "threads", "beams", "batches",
        "processes", "degrees", "years"}) {
    if (field.name() == unit ||
        absl::EndsWith(field.name(), absl::StrCat("_", unit))) {
      return unit;
    }
  }
  return "";
}

TEST(ValidateTest, EveryFieldOfEverySpecMessageHasAClass) {
  const std::vector<const FieldDescriptor*> fields = AllFields(true);
  EXPECT_GT(fields.size(), 300u);
  for (const FieldDescriptor* field : fields) {
    EXPECT_NE(field->options().GetExtension(spec::field_class),
              spec::FIELD_CLASS_UNSPECIFIED)
        << field->full_name();
  }
}

TEST(ValidateTest, EverySingleScalarTellsUnsetFromZero) {
  for (const FieldDescriptor* field : AllFields(true)) {
    EXPECT_TRUE(field->is_repeated() || field->has_presence())
        << field->full_name();
  }
}

TEST(ValidateTest, EveryEnumBeginsWithUnspecified) {
  for (const FieldDescriptor* field : AllFields(true)) {
    const auto* type = field->enum_type();
    if (type != nullptr) {
      EXPECT_THAT(type->value(0)->name(), HasSubstr("_UNSPECIFIED"));
      EXPECT_EQ(type->value(0)->number(), 0);
    }
  }
}

TEST(ValidateTest, NamesThatEndInAUnitHaveItAndNoOthers) {
  for (const FieldDescriptor* field : AllFields(false)) {
    if (IsNumber(*field)) {
      EXPECT_EQ(field->options().GetExtension(spec::unit), UnitOfName(*field))
          << field->full_name();
    } else {
      EXPECT_FALSE(field->options().HasExtension(spec::unit))
          << field->full_name();
    }
  }
}

TEST(ValidateTest, SeedsSayWhatTheyStart) {
  for (const FieldDescriptor* field : AllFields(false)) {
    EXPECT_EQ(absl::EndsWith(field->name(), "seed"),
              field->options().GetExtension(spec::seed_axis) !=
                  spec::SEED_AXIS_UNSPECIFIED)
        << field->full_name();
  }
}

TEST(ValidateTest, NumbersThatCountHaveARange) {
  for (const FieldDescriptor* field : AllFields(false)) {
    if (IsNumber(*field) &&
        field->options().GetExtension(spec::field_class) == spec::IDENTITY) {
      EXPECT_NE(field->options().HasExtension(spec::range),
                field->options().HasExtension(spec::seed_axis))
          << field->full_name();
    }
  }
}

TEST(ValidateTest, PartialMessagesAreOverlays) {
  for (const FieldDescriptor* field : AllFields(false)) {
    EXPECT_EQ(field->options().GetExtension(spec::partial),
              field->message_type() == spec::ExperimentSpec::descriptor())
        << field->full_name();
  }
}

TEST(ValidateTest, OutOfRangeNamesFoundExpectedAndUnit) {
  EXPECT_THAT(
      ValueProblems<spec::ExperimentSpec>(
          "data { max_patients: -2 }"
          "train { linear_probe { optimizer { learning_rate: 0 beta1: 1 }"
          "  epochs: 0 }"
          "  official { held_out_patients { fraction: 1 } } }"),
      ElementsAre(
          "data.max_patients: found -2, expected >= 0 patients",
          "train.official.held_out_patients.fraction: found 1, expected > 0 "
          "and < 1",
          "train.linear_probe.epochs: found 0, expected >= 1 and <= 100000 "
          "epochs",
          "train.linear_probe.optimizer.learning_rate: found 0, expected > 0 "
          "and <= 10",
          "train.linear_probe.optimizer.beta1: found 1, expected >= 0 and < "
          "1"));
}

TEST(ValidateTest, TheEndsOfARangeAreInIt) {
  EXPECT_THAT(ValueProblems<spec::ExperimentSpec>(
                  "data { max_patients: 0 sample { fraction: 1 } }"
                  "train { linear_probe { epochs: 100000 } }"),
              IsEmpty());
}

TEST(ValidateTest, ItemsOfListsAreJudgedOneByOne) {
  EXPECT_THAT(ValueProblems<spec::ProbeSweepSpec>(
                  "learning_rates: [0.1, 0, 11] last_layers: [1, 101]"),
              ElementsAre("learning_rates[1]: found 0, expected > 0 and <= 10",
                          "learning_rates[2]: found 11, expected > 0 and <= 10",
                          "last_layers[1]: found 101, expected >= 1 and <= 100 "
                          "layers"));
}

TEST(ValidateTest, InfinityAndNanAreOutsideEveryRange) {
  EXPECT_THAT(ValueProblems<spec::AdamWSpec>("learning_rate: inf"),
              ElementsAre("learning_rate: found inf, expected a finite "
                          "number"));
  EXPECT_THAT(ValueProblems<spec::PublishedInterval>("low: nan"),
              ElementsAre("low: found nan, expected a finite number"));
}

TEST(ValidateTest, UnspecifiedIsNoDecision) {
  EXPECT_THAT(ValueProblems<spec::DataSpec>("views: [PA, VIEW_UNSPECIFIED]"),
              ElementsAre("views[1]: found VIEW_UNSPECIFIED, expected a "
                          "decision"));
}

TEST(ValidateTest, PathsStayBelowTheirRoot) {
  for (const char* path :
       {"/data/w.pth", "~/w.pth", "C:/w.pth", "C:\\\\w.pth", "file:w.pth"}) {
    EXPECT_THAT(
        ValueProblems<spec::WeightsFileSpec>(
            absl::StrCat("file: '", path, "'")),
        ElementsAre(HasSubstr("', expected a path below a root that the "
                              "command line gives (--data_root, "
                              "--weights_root)")));
  }
  EXPECT_THAT(ValueProblems<spec::WeightsFileSpec>("file: 'a/../w.pth'"),
              ElementsAre("file: found 'a/../w.pth', expected a path that "
                          "stays below its root"));
  EXPECT_THAT(ValueProblems<spec::WeightsFileSpec>(
                  "file: 'a/w..pth' where_to_get: '/anywhere'"),
              IsEmpty());
}

TEST(ValidateTest, CompleteMessagesHaveEverythingSet) {
  EXPECT_THAT(
      Lacks<spec::DataSpec>(""),
      ElementsAre("source: is not set; nothing that matters has a default",
                  "part: is not set; nothing that matters has a default",
                  "views: is empty, expected at least one value",
                  "max_patients: is not set; nothing that matters has a "
                  "default"));
  EXPECT_THAT(Lacks<spec::DataSpec>(
                  "source: NIH64 part: ALL_PARTS views: PA max_patients: 0"),
              IsEmpty());
}

TEST(ValidateTest, ItemsOfListsAreComplete) {
  EXPECT_THAT(
      Lacks<spec::PublishedRow>("key: 'a' cells { text: 'x' } cells {}"),
      ElementsAre("cells[1].content: nothing is set, expected one of "
                  "text, number"));
}

TEST(ValidateTest, OneofsAreDecided) {
  EXPECT_THAT(Lacks<spec::WeightsSpec>(""),
              ElementsAre("origin: nothing is set, expected one of random, "
                          "pretrained, own_pretraining, file, bundled"));
  EXPECT_THAT(Lacks<spec::WeightsSpec>("pretrained {}"),
              ElementsAre("pretrained.experiment: is not set; nothing that "
                          "matters has a default"));
  EXPECT_THAT(Lacks<spec::WeightsSpec>("own_pretraining {}"), IsEmpty());
}

TEST(ValidateTest, OverlaysNeedNotBeComplete) {
  EXPECT_THAT(Lacks<spec::OverlayRule>("including: 'a' overlay { data {} }"),
              IsEmpty());
  EXPECT_THAT(Lacks<spec::OverlayRule>("including: 'a'"),
              ElementsAre("overlay: is not set; nothing that matters has a "
                          "default"));
}

}  // namespace
}  // namespace cxr
