// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain_rules.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

double Number(const std::string& cell) {
  double value = 0;
  EXPECT_TRUE(absl::SimpleAtod(cell, &value)) << cell;
  return value;
}

// Columns: layer_decay, patch_embed_multiplier, unit, name and what is
// expected.
TEST(PretrainRulesTest, EqualTheReferencesForAllParameters) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData("cxr/train/testdata/pretrain_rules_golden.csv")));
  ASSERT_EQ(table.rows().size(), 3u * (4 + 2 + 12 * 14 + 2 + 2 * 8));
  for (const CsvTable::Row& row : table.rows()) {
    const TrainingRule rule =
        RuleOf(row.cells[2], row.cells[3],
               {.depth = 12,
                .layer_decay = Number(row.cells[0]),
                .patch_embed_multiplier = Number(row.cells[1])});
    SCOPED_TRACE(absl::StrCat(row.cells[2], "/", row.cells[3]));
    EXPECT_DOUBLE_EQ(rule.learning_rate_factor, Number(row.cells[4]));
    EXPECT_EQ(rule.weight_decay_factor, Number(row.cells[5]));
    EXPECT_EQ(rule.is_prototype, Number(row.cells[6]) == 1);
    EXPECT_EQ(rule.clip_unit, row.cells[2]);
  }
}

// So that they share a block.
TEST(PretrainRulesTest, ParametersOfOneLayerAndKindHaveEqualRules) {
  const PretrainRuleOptions options = {.depth = 12, .layer_decay = 0.9};
  EXPECT_EQ(RuleOf("backbone", "blocks.3.norm1.bias", options),
            RuleOf("backbone", "blocks.3.ls2.gamma", options));
  EXPECT_FALSE(RuleOf("backbone", "blocks.3.norm1.bias", options) ==
               RuleOf("backbone", "blocks.4.norm1.bias", options));
}

TEST(PretrainRulesDeathTest, ABlockThatTheBackboneDoesNotHave) {
  EXPECT_DEATH(RuleOf("backbone", "blocks.12.norm1.bias", {.depth = 12}),
               "of a backbone of 12 blocks");
  EXPECT_DEATH(RuleOf("backbone", "blocks.x.norm1.bias", {.depth = 12}),
               "names no block");
}

}  // namespace
}  // namespace cxr
