// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/group_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/textproto/textproto.h"

namespace cxr::reports {
namespace {

using ::testing::IsEmpty;
using ::testing::StartsWith;

spec::RunRecord Record(absl::string_view text) {
  spec::RunRecord record;
  EXPECT_THAT(ParseTextproto(text, record).issues, IsEmpty());
  return record;
}

TEST(GroupTablesTest, NoGroupsAreNoTables) {
  EXPECT_EQ(RenderGroups(Record("metrics { metric: 'auroc' value: 0.5 }")), "");
}

constexpr char kScore[] = R"pb(
  metrics { metric: "auroc" target: "Mass" value: 0.75 images: 1500 }
  metrics {
    metric: "auroc"
    target: "Mass"
    group: "sex=F"
    value: 0.5
    interval { low: 0.25 high: 0.75 }
    images: 1000
    positives: 83
  }
  metrics {
    metric: "auroc"
    target: "macro"
    group: "sex=F"
    value: 0.5
    images: 1000
    patients: 264
    positives: 83
  }
  metrics {
    metric: "auprc"
    target: "macro"
    group: "sex=F"
    value: 0.125
    positives: 83
  }
  metrics { metric: "auroc" target: "Mass" group: "sex=M" value: nan }
  metrics {
    metric: "auroc"
    target: "macro"
    group: "sex=M"
    value: nan
    images: 500
    patients: 100
  }
  metrics { metric: "auroc" target: "Mass" group: "age=80+" value: 0.875 }
)pb";

// Written down by hand.
TEST(GroupTablesTest, EachGroupingIsATableOfItsGroups) {
  const std::string text = RenderGroups(Record(kScore));
  EXPECT_THAT(
      text,
      StartsWith("\n"
                 "## AUROC % by sex\n"
                 "\n"
                 "| Target       | F                     | M             |\n"
                 "| ------------ | --------------------- | ------------- |\n"
                 "| Images       | 1,000                 | 500           |\n"
                 "| Patients     | 264                   | 100           |\n"
                 "| Mass         | 50.0 [25.0,75.0] (83) | undefined (0) |\n"
                 "| macro        | 50.0 (83)             | undefined (0) |\n"
                 "| macro, AUPRC | 12.5 (83)             | -             |\n"
                 "\n"
                 "## AUROC % by age\n"
                 "\n"
                 "| Target       | 80+      |\n"
                 "| ------------ | -------- |\n"
                 "| Images       | -        |\n"
                 "| Patients     | -        |\n"
                 "| Mass         | 87.5 (0) |\n"
                 "| macro        | -        |\n"
                 "| macro, AUPRC | -        |\n"
                 "\n"
                 "In parentheses the number of positives. "));
}

}  // namespace
}  // namespace cxr::reports
