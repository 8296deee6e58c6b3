// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/cell.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::google::protobuf::TextFormat;
using ::testing::ElementsAre;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

// Two rows, of which the second is not published; the last column is a mean of
// the two before it.
constexpr char kTable[] = R"pb(
  columns { metric: MACRO_AUROC }
  columns { metric: MACRO_AUROC }
  columns { average { columns: [ "RSNA", "NIH-CXR8" ] } }
  rows {
    label: "CheXformer(S)"
    published_row: "s"
    cells { column: "RSNA" experiment: "rsna_s" }
    cells { column: "NIH-CXR8" experiment: "nih_s" }
  }
  rows {
    label: "Control v.1"
    cells { column: "RSNA" experiment: "rsna_pixels" }
  }
)pb";

constexpr char kPublished[] =
    R"pb(
  columns: [ "Model", "RSNA", "NIH-CXR8", "Avg." ]
    )pb";

absl::StatusOr<std::vector<std::string>> Find(absl::string_view cell,
                                              const char* table = kTable) {
  spec::TableSpec read;
  EXPECT_TRUE(TextFormat::ParseFromString(table, &read));
  spec::PublishedValues published;
  EXPECT_TRUE(TextFormat::ParseFromString(kPublished, &published));
  return ExperimentsOfCell(read, published, cell);
}

// The experiments; none, and a failure of the test, if there is no such cell.
std::vector<std::string> Found(absl::string_view cell,
                               const char* table = kTable) {
  const absl::StatusOr<std::vector<std::string>> experiments =
      Find(cell, table);
  EXPECT_OK(experiments) << cell;
  return experiments.ok() ? *experiments : std::vector<std::string>();
}

TEST(CellTest, ARowIsNamedByItsKeyOrItsLabel) {
  EXPECT_THAT(Found("s.NIH-CXR8"), ElementsAre("nih_s"));
  EXPECT_THAT(Found("CheXformer(S).RSNA"), ElementsAre("rsna_s"));
  EXPECT_THAT(Found("Control v.1.RSNA"), ElementsAre("rsna_pixels"));
}

TEST(CellTest, ALineIsNamedBehindItsRow) {
  constexpr char kLines[] = R"pb(
    columns { metric: MACRO_AUROC }
    columns { metric: MACRO_AUROC }
    columns { average { columns: [ "RSNA" ] } }
    rows {
      label: "S"
      published_row: "s"
      lines {
        label: "trained"
        cells { column: "RSNA" experiment: "rsna_s" }
        cells {
          column: "NIH-CXR8"
          mean { experiments: [ "a", "b" ] }
        }
      }
      lines {
        label: "random weights"
        cells { column: "RSNA" experiment: "rsna_r" }
        cells {
          column: "NIH-CXR8"
          found { experiments: "c" }
        }
      }
    }
  )pb";
  EXPECT_THAT(Found("s.RSNA", kLines), ElementsAre("rsna_s", "rsna_r"));
  EXPECT_THAT(Found("s.Random weights.RSNA", kLines), ElementsAre("rsna_r"));
  EXPECT_THAT(Found("s.NIH-CXR8", kLines), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Find("s.trained.x", kLines),
              StatusIs(kInvalid,
                       "--cell: no column 'x'; there are: RSNA, NIH-CXR8, "
                       "Avg."));
}

TEST(CellTest, TheCaseOfLettersDoesNotMatter) {
  EXPECT_THAT(Found("S.nih-cxr8"), ElementsAre("nih_s"));
  EXPECT_THAT(Found("chexformer(s).rsna"), ElementsAre("rsna_s"));
  EXPECT_THAT(Found("control V.1.Rsna"), ElementsAre("rsna_pixels"));
}

TEST(CellTest, AMeanNeedsWhatItAverages) {
  EXPECT_THAT(Found("s.Avg."), ElementsAre("rsna_s", "nih_s"));
  EXPECT_THAT(Found("Control v.1.avg."), ElementsAre("rsna_pixels"));
}

TEST(CellTest, AnUnknownRowNamesTheRowsThereAre) {
  EXPECT_THAT(Find("xx.RSNA"),
              StatusIs(kInvalid,
                       "--cell: found 'xx.RSNA', expected "
                       "ROW.COLUMN; there are: s, Control v.1"));
  EXPECT_THAT(Find("Contrl v1.RSNA"),
              StatusIs(kInvalid,
                       "--cell: found 'Contrl v1.RSNA', expected "
                       "ROW.COLUMN; did you mean 'Control v.1'?"));
}

TEST(CellTest, ARowAloneIsNoCell) {
  for (const char* cell : {"s", "", "RSNA"}) {
    EXPECT_THAT(
        Find(cell),
        StatusIs(kInvalid, absl::StrCat("--cell: found '", cell,
                                        "', expected ROW.COLUMN; rows are: s, "
                                        "Control v.1")));
  }
}

TEST(CellTest, AnUnknownColumnNamesTheColumnsThereAre) {
  EXPECT_THAT(Find("s.x"), StatusIs(kInvalid,
                                    "--cell: no column 'x'; there are: RSNA, "
                                    "NIH-CXR8, Avg."));
  EXPECT_THAT(Find("s."), StatusIs(kInvalid,
                                   "--cell: no column ''; there are: RSNA, "
                                   "NIH-CXR8, Avg."));
  EXPECT_THAT(Find("s.NIH_CXR8"),
              StatusIs(kInvalid,
                       "--cell: no column 'NIH_CXR8'; did you mean "
                       "'NIH-CXR8'?"));
  // The first column holds the rows' names.
  EXPECT_FALSE(Find("s.Model").ok());
}

TEST(CellTest, WhatNothingComputesIsNotThere) {
  EXPECT_THAT(Find("Control v.1.NIH-CXR8"),
              StatusIs(kInvalid,
                       "--cell: nothing computes the cell 'Control "
                       "v.1.NIH-CXR8'; it stays empty"));
  EXPECT_THAT(Find("s.RSNA", ""),
              StatusIs(kInvalid,
                       "--cell: this table computes no cell; it is as "
                       "published"));
}

}  // namespace
}  // namespace cxr
