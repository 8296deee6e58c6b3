// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/table_details.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/toy_table_testing.h"

namespace cxr::reports {
namespace {

using ::testing::ElementsAre;

// More is tested through the whole table, in results_table_test.
class TableDetailsTest : public ToyTableTest {};

TEST_F(TableDetailsTest, EachProtocolHasItsColumn) {
  *table_.add_details() = Parse<spec::DetailSpec>(
      "title: 'Targets' experiments { heading: 'S' experiment: 's_a' }");
  AddCheck(0.9);
  results_["s_a"] = Computed({Value("auroc", "Mass", 0.5)});
  results_["v"] = Macro(0.8, 0);
  ResultMap others;
  others["s_a"] = Computed({Value("auroc", "Mass", 0.25)});
  others["v"] = Macro(0.95, 0);
  spec::ProtocolSpec corrected;
  corrected.set_name("corrected");
  ResultsTableInput input = Input();
  input.protocols.push_back({corrected, others});
  EXPECT_EQ(DetailsText(input),
            "\n## Targets\n\n"
            "| Target | Positives    | S, as_published | S, corrected |\n"
            "| ------ | ------------ | --------------- | ------------ |\n"
            "| Mass   | 491 of 1,000 | 50.0            | 25.0         |\n");
  const SanityChecks checks = CheckSanity(input);
  EXPECT_EQ(checks.markdown,
            "\n## Sanity: tasks that any working pipeline solves (AUROC %)\n\n"
            "- view, expected 90 or more: Toy, as_published 80.0 BELOW, Toy, "
            "corrected 95.0\n");
  EXPECT_THAT(checks.failed, ElementsAre("view: Toy, as_published 80.0 BELOW"));
}

TEST_F(TableDetailsTest, WithoutDetailsAndChecksThereIsNothing) {
  EXPECT_EQ(DetailsText(Input()), "");
  EXPECT_EQ(CheckSanity(Input()).markdown, "");
}

}  // namespace
}  // namespace cxr::reports
