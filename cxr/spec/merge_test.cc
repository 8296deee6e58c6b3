// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/merge.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/places.h"
#include "cxr/spec/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

std::string Merged(const char* base_text, const char* overlay_text) {
  return Layered({base_text, overlay_text}).ShortDebugString();
}

// Every place that is left after merging, as "field=file:line", in the order of
// the fields' numbers.
void AppendPlaces(const google::protobuf::Descriptor& type,
                  const FieldPlace& place, const std::string& path,
                  std::string& text) {
  for (int i = 0; i < type.field_count(); ++i) {
    for (const FieldPlace& inner : place.inner) {
      if (inner.number != type.field(i)->number()) {
        continue;
      }
      const std::string name = JoinField(path, type.field(i)->name());
      const std::string item =
          type.field(i)->is_repeated() ? ItemField(name, inner.index) : name;
      absl::StrAppend(&text, text.empty() ? "" : " ", item, "=", inner.file,
                      ":", inner.place.line);
      if (type.field(i)->message_type() != nullptr) {
        AppendPlaces(*type.field(i)->message_type(), inner, item, text);
      }
    }
  }
}

// `base_text` is file 1, `overlay_text` file 2.
std::string MergedPlaces(const char* base_text, const char* overlay_text) {
  spec::ExperimentSpec base;
  spec::ExperimentSpec overlay;
  ParsedTextproto lower = ParseTextproto(base_text, base);
  ParsedTextproto upper = ParseTextproto(overlay_text, overlay);
  EXPECT_TRUE(lower.issues.empty() && upper.issues.empty());
  SetFile(1, lower.places);
  SetFile(2, upper.places);
  MergePlacesOver(overlay, upper.places, lower.places);
  std::string text;
  AppendPlaces(*base.GetDescriptor(), lower.places, "", text);
  return text;
}

TEST(MergeTest, SingleValuesReplaceAndMessagesMerge) {
  EXPECT_EQ(
      Merged("data { source: RSNA max_patients: 3 }", "data { source: VINDR }"),
      "data { source: VINDR max_patients: 3 }");
}

TEST(MergeTest, RepeatedFieldsReplaceAsAWhole) {
  EXPECT_EQ(Merged("train { targets: ['a', 'b'] }", "train { targets: 'c' }"),
            "train { targets: \"c\" }");
  EXPECT_EQ(Merged("train { targets: ['a', 'b'] }", "train { }"),
            "train { targets: \"a\" targets: \"b\" }");
}

TEST(MergeTest, RepeatedMessagesReplaceAsAWhole) {
  EXPECT_EQ(Merged("pretrain { data { source: RSNA } data { source: BRAX } }",
                   "pretrain { data { max_patients: 3 } }"),
            "pretrain { data { max_patients: 3 } }");
}

TEST(MergeTest, AZeroIsAValue) {
  EXPECT_EQ(Merged("data { max_patients: 3 }", "data { max_patients: 0 }"),
            "data { max_patients: 0 }");
}

TEST(MergeTest, AnotherMemberOfAOneofReplaces) {
  EXPECT_EQ(
      Merged("features { pixels { } }", "features { vit { registers: KEPT } }"),
      "features { vit { registers: KEPT } }");
  EXPECT_EQ(
      Merged("features { vit { pooled { last_layers: 4 } } }",
             "features { vit { pooled { token: CLASS_TOKEN } } }"),
      "features { vit { pooled { last_layers: 4 token: CLASS_TOKEN } } }");
}

TEST(MergeTest, NothingLeavesAllAsItIs) {
  EXPECT_EQ(Merged("data { source: RSNA }", ""), "data { source: RSNA }");
  EXPECT_EQ(MergedPlaces("data { source: RSNA }", ""),
            "data=1:1 data.source=1:1");
}

TEST(MergeTest, PlacesOfSingleValuesReplaceAndOfMessagesMerge) {
  EXPECT_EQ(MergedPlaces("data {\n  source: RSNA\n  max_patients: 3\n}",
                         "\n\n\n\ndata { source: VINDR }"),
            "data=2:5 data.source=2:5 data.max_patients=1:3");
}

TEST(MergeTest, PlacesOfRepeatedFieldsReplaceAsAWhole) {
  EXPECT_EQ(MergedPlaces("train { targets: ['a', 'b', 'c'] }",
                         "\ntrain { targets: ['d',\n'e'] }"),
            "train=2:2 train.targets[0]=2:2 train.targets[1]=2:3");
  EXPECT_EQ(MergedPlaces("pretrain { data { source: RSNA } data {} }",
                         "pretrain { data { max_patients: 3 } }"),
            "pretrain=2:1 pretrain.data[0]=2:1 "
            "pretrain.data[0].max_patients=2:1");
}

TEST(MergeTest, PlacesOfAnotherMemberOfAOneofReplace) {
  EXPECT_EQ(MergedPlaces("features { pixels {} }",
                         "\nfeatures { vit { registers: KEPT } }"),
            "features=2:2 features.vit=2:2 features.vit.registers=2:2");
  EXPECT_EQ(MergedPlaces("features { vit { pooled { last_layers: 4 } } }",
                         "features { vit {\npooled { token: CLASS_TOKEN } } }"),
            "features=2:1 features.vit=2:1 features.vit.pooled=2:2 "
            "features.vit.pooled.last_layers=1:1 "
            "features.vit.pooled.token=2:2");
}

}  // namespace
}  // namespace cxr
