// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/merge.h"

#include <gtest/gtest.h>

#include "cxr/base/textproto.h"
#include "cxr/spec/experiment.pb.h"

namespace cxr {
namespace {

std::string Merged(const char* base_text, const char* overlay_text) {
  spec::ExperimentSpec base;
  spec::ExperimentSpec overlay;
  EXPECT_TRUE(ParseTextproto(base_text, base).issues.empty());
  EXPECT_TRUE(ParseTextproto(overlay_text, overlay).issues.empty());
  MergeOver(overlay, base);
  return base.ShortDebugString();
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

TEST(MergeTest, AZeroIsAValue) {
  EXPECT_EQ(Merged("data { max_patients: 3 }", "data { max_patients: 0 }"),
            "data { max_patients: 0 }");
}

TEST(MergeTest, AnotherMemberOfAOneofReplaces) {
  EXPECT_EQ(
      Merged("features { pixels { } }", "features { vit { last_layers: 4 } }"),
      "features { vit { last_layers: 4 } }");
  EXPECT_EQ(Merged("features { vit { last_layers: 4 } }",
                   "features { vit { token: CLASS_TOKEN } }"),
            "features { vit { last_layers: 4 token: CLASS_TOKEN } }");
}

}  // namespace
}  // namespace cxr
