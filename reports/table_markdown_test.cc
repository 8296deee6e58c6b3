// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/table_markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/toy_table_testing.h"

namespace cxr::reports {
namespace {

TEST(TableMarkdownTest, NotesBecomeFootnotesInTheOrderOfReading) {
  EXPECT_EQ(TableGrid(Parse<spec::TableReport>(R"pb(
              columns: [ "Model", "A" ]
              lines {
                label: "S"
                bold: true
                cells {}
              }
              lines {
                label: "demo"
                notes: "small."
                cells { text: "50" notes: "A: few." notes: "small." }
              }
            )pb")),
            "| Model    | A          |\n"
            "| -------- | ---------- |\n"
            "| **S**    |            |\n"
            "| demo (a) | 50 (b) (a) |\n"
            "\n"
            "(a) small.  \n"
            "(b) A: few.  \n");
}

TEST(TableMarkdownTest, DifferencesStandInATableOfTheirOwn) {
  spec::TableReport table = Parse<spec::TableReport>(R"pb(
    protocols: [ "as_published", "corrected" ]
    differences {
      field: "features.vit.pooled.token"
      first: "TOP_LEFT"
      second: "CLASS_TOKEN"
      experiments: [ "a", "b", "c", "d" ]
    }
    differences { field: "data.x" first: "-" second: "1" experiments: "a" }
  )pb");
  EXPECT_EQ(
      DifferencesText(table),
      "\n## What corrected does otherwise than as_published\n\n"
      "| Field                     | as_published | corrected   | Where        "
      "              |\n"
      "| ------------------------- | ------------ | ----------- | "
      "-------------------------- |\n"
      "| features.vit.pooled.token | TOP_LEFT     | CLASS_TOKEN | 4 "
      "experiments, the first a |\n"
      "| data.x                    | -            | 1           | a            "
      "              |\n"
      "\nAll other fields that decide a result are equal.\n");
  table.clear_differences();
  EXPECT_EQ(DifferencesText(table),
            "\n## What corrected does otherwise than as_published\n\n"
            "Nothing.\n");
  table.mutable_protocols()->RemoveLast();
  EXPECT_EQ(DifferencesText(table), "");
}

}  // namespace
}  // namespace cxr::reports
