// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/fact_cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/spec/testing.h"
#include "reports/toy_table_testing.h"

namespace cxr::reports {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FactCellTest : public RealExperimentsTest {
 protected:
  static spec::TableCell Counted(absl::string_view counted,
                                 const std::string& name) {
    return CountedCellOf(
        Parse<spec::ColumnSpec>("facts: true decimals: 2 suffix: 'X'"),
        Parse<spec::CellSpec>(absl::StrCat("column: 'C' counted { experiments: "
                                           "'",
                                           name, "' ", counted, " }")),
        {{name, Resolved(name, "paper")}});
  }
};

// Paper section 2.2: exact numbers of the checkpoints.
TEST_F(FactCellTest, ParametersAreInMillions) {
  const spec::TableCell s = Counted("quantity: PARAMETERS", "pretrain_s");
  EXPECT_EQ(s.text(), "22.06X");
  EXPECT_EQ(s.status(), spec::TEXT);
  EXPECT_THAT(s.notes(),
              ElementsAre("C: 22,058,112 weights and biases of the backbone, "
                          "as pretrain_s is declared for the paper's rung."));
  EXPECT_EQ(Counted("quantity: PARAMETERS", "pretrain_b").text(), "86.58X");
}

// Paper section 3, candidate C+LN: 3.631, 14.432 and 26.784, beside the
// published 3.63, 14.42 and 26.71.
TEST_F(FactCellTest, ThePublishedComputeIsOneForwardPassCountedInTwoWays) {
  constexpr absl::string_view kOurs =
      "quantity: FORWARD_EXAFLOPS_WITHOUT_ATTENTION seen_images: 61440000";
  EXPECT_THAT(Counted(kOurs, "pretrain_s").value(), DoubleNear(3.631, 5e-4));
  EXPECT_THAT(Counted(kOurs, "pretrain_b").value(), DoubleNear(14.432, 5e-4));
  const spec::TableCell theirs =
      Counted("quantity: FORWARD_EXAFLOPS seen_images: 88277500",
              "classify_external/set=nih_cxr8/model=rad_dino");
  EXPECT_THAT(theirs.value(), DoubleNear(26.784, 5e-4));
  EXPECT_THAT(theirs.notes(0),
              HasSubstr("one forward pass at 518 pixels with products of "
                        "attention, layer norms at 5 an element, on 88,277,500 "
                        "images"));
}

// Paper section 3: B1 is 5.761 and 18.69 without norms, which are .008 and
// .016.
TEST_F(FactCellTest, AttentionCountsForAllAlike) {
  constexpr absl::string_view kOurs =
      "quantity: FORWARD_EXAFLOPS seen_images: 61440000";
  EXPECT_THAT(Counted(kOurs, "pretrain_s").value(), DoubleNear(5.769, 1e-3));
  EXPECT_THAT(Counted(kOurs, "pretrain_b").value(), DoubleNear(18.708, 5e-3));
}

TEST_F(FactCellTest, ImagesSeenAreThoseOfTheScheduleIfNoneAreGiven) {
  const spec::TableCell cell =
      Counted("quantity: FORWARD_EXAFLOPS", "pretrain_s");
  EXPECT_THAT(cell.notes(0), HasSubstr("on 61,440,000 images"));
  const spec::TableCell all =
      Counted("quantity: TRAINING_EXAFLOPS", "pretrain_s");
  EXPECT_GT(all.value(), 7 * cell.value());
  EXPECT_THAT(all.notes(0), HasSubstr("all passes of student and teacher"));
}

TEST_F(FactCellTest, WhatCannotBeCountedSaysWhy) {
  const spec::TableCell cell =
      Counted("quantity: FORWARD_EXAFLOPS", "classify_nih_cxr8_pixels");
  EXPECT_EQ(cell.status(), spec::FAILED_RESULT);
  EXPECT_EQ(cell.reason(), "it has no backbone");
  EXPECT_EQ(Counted("quantity: TRAINING_EXAFLOPS seen_images: 1",
                    "classify_external/set=rsna/model=rad_dino")
                .reason(),
            "it has no pretraining, whose images could be counted");
  EXPECT_EQ(
      CountedCellOf(Parse<spec::ColumnSpec>("facts: true"),
                    Parse<spec::CellSpec>("counted { experiments: 'x' }"), {})
          .reason(),
      "its declaration is not at hand");
}

TEST_F(FactCellTest, SourcesHaveTheirDocumentedCounts) {
  EXPECT_EQ(Counted("quantity: DATA_SOURCES", "classify_chexpert_s").text(),
            "CheXpert (191,010 training, 202 validation, 518 test)");
}

TEST(FoundCellTest, DataStagesSayWhatTheyFound) {
  const auto cell = Parse<spec::CellSpec>(
      "column: 'C' found { experiments: ['a', 'b', 'c'] }");
  EXPECT_EQ(FoundCellOf(cell, {}).text(), "MISSING");
  ResultMap results;
  results["a"] = Macro(0.5, 0.5);
  results["a"].records[0].set_stage("data");
  results["a"].records[0].set_notes(0, "data RSNA, SYNTHETIC");
  results["b"] = results["a"];
  results["c"].missing = "data: licensed";
  const spec::TableCell found = FoundCellOf(cell, results);
  EXPECT_EQ(found.text(), "RSNA, SYNTHETIC (1,000 images scored)");
  EXPECT_TRUE(found.synthetic());
  EXPECT_THAT(found.experiments(), ElementsAre("a", "b"));
  EXPECT_THAT(found.notes(), ElementsAre("C: c: data: licensed."));
  results["c"] = results["a"];
  EXPECT_THAT(FoundCellOf(cell, results).notes(), IsEmpty());
}

}  // namespace
}  // namespace cxr::reports
