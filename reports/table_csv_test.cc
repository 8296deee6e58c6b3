// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/table_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/string_view.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "reports/toy_table_testing.h"

namespace cxr::reports {
namespace {

constexpr absl::string_view kReport = R"pb(
  tables {
    name: "table_toy"
    lines {
      kind: HEADING
      label: "S"
      cells { column: "A" status: EMPTY }
    }
    lines {
      kind: COMPUTED
      row: "S"
      label: "demo, random"
      protocol: "corrected"
      cells { column: "Avg." status: EMPTY text: "-" }
      cells {
        column: "A"
        status: VALUE
        text: "50.00 [40.00,60.00]"
        value: 50.000000000000007
        synthetic: true
        experiments: [ "a/0", "a/1" ]
        metric {
          value: 0.5
          images: 10
          patients: 5
          positives: 3
          profile: "P"
          interval { low: 0.4 high: 0.6 kind: "95 % toy, both" }
        }
        seeds {
          declared: 3
          ended_well: [ "a/0", "a/1" ]
          standard_deviation: 0.01
        }
        published {
          value: 83.3
          interval { low: 83.17 high: 83.39 }
        }
      }
      cells { column: "B" status: MISSING_RESULT text: "MISSING" reason: "n" }
    }
  }
)pb";

TEST(TableCsvTest, EveryCellIsARowThatReadsBack) {
  const auto reports = Parse<spec::TableReports>(kReport);
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Parse(TableCsv(reports), "t.csv"));
  ASSERT_EQ(table.rows().size(), 2u);
  const auto cell = [&](int row, absl::string_view column) {
    const absl::StatusOr<int> place = table.Column(column);
    EXPECT_OK(place);
    return table.rows()[row].cells[place.value_or(0)];
  };
  EXPECT_EQ(cell(0, "table"), "table_toy");
  EXPECT_EQ(cell(0, "row"), "S");
  EXPECT_EQ(cell(0, "line"), "demo, random");
  EXPECT_EQ(cell(0, "kind"), "computed");
  EXPECT_EQ(cell(0, "protocol"), "corrected");
  EXPECT_EQ(cell(0, "column"), "A");
  EXPECT_EQ(cell(0, "status"), "value");
  EXPECT_EQ(cell(0, "value"), "50.000000000000007");
  EXPECT_EQ(cell(0, "low"), "40");
  EXPECT_EQ(cell(0, "high"), "60");
  EXPECT_EQ(cell(0, "interval"), "95 % toy, both");
  EXPECT_EQ(cell(0, "images"), "10");
  EXPECT_EQ(cell(0, "patients"), "5");
  EXPECT_EQ(cell(0, "positives"), "3");
  EXPECT_EQ(cell(0, "profile"), "P");
  EXPECT_EQ(cell(0, "seeds"), "3");
  EXPECT_EQ(cell(0, "seeds_ended_well"), "2");
  EXPECT_EQ(cell(0, "standard_deviation"), "1");
  EXPECT_EQ(cell(0, "synthetic"), "SYNTHETIC");
  EXPECT_EQ(cell(0, "experiments"), "a/0 a/1");
  EXPECT_EQ(cell(0, "published"), "83.299999999999997");
  EXPECT_EQ(cell(1, "column"), "B");
  EXPECT_EQ(cell(1, "status"), "missing_result");
  EXPECT_EQ(cell(1, "reason"), "n");
  for (const absl::string_view unknown :
       {"value", "low", "images", "seeds", "synthetic", "published"}) {
    EXPECT_EQ(cell(1, unknown), "") << unknown;
  }
}

}  // namespace
}  // namespace cxr::reports
