// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "cxr/spec/testing.h"

// What people get wrong, and all that lint says of it: mistakes of syntax.

namespace cxr {
namespace {

TEST(MistakesSyntaxTest, AFieldNameIsMistyped) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train { linear_prob { epochs: 3 } }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:9: error: train: no field 'linear_prob' in "
            "TrainSpec; did you mean 'linear_probe'?\n"
            "    3 | train { linear_prob { epochs: 3 } }\n"
            "      |         ^~~~~~~~~~~\n");
}

TEST(MistakesSyntaxTest, ABracketIsNotClosed) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train {\n"
             "  linear_probe {\n"
             "    epochs: 3\n"
             "}\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:4:16: error: found '{' that is never closed, "
            "expected '}' behind what belongs to it\n"
            "    4 |   linear_probe {\n"
            "      |                ^\n");
}

TEST(MistakesSyntaxTest, AQuoteIsNotClosed) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels\n"
             "description: 'x'\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:2:10: error: found ''pixels', a text that "
            "does not end on its line: close it with '\n"
            "    2 | include: 'pixels\n"
            "      |          ^~~~~~~\n");
}

TEST(MistakesSyntaxTest, ACommentIsThatOfAnotherLanguage) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "// A control.\n"
             "include: 'pixels'\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:2:1: error: found a comment with '//', "
            "expected '#': write # instead\n"
            "    2 | // A control.\n"
            "      | ^~~~~~~~~~~~~\n");
}

TEST(MistakesSyntaxTest, AnEqualsSignStandsForAColon) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "data { max_patients = 3 }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:21: error: found '=', expected ':': write "
            "max_patients:\n"
            "    3 | data { max_patients = 3 }\n"
            "      |                     ^\n");
}

TEST(MistakesSyntaxTest, AnEnumIsQuoted) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "data { source: 'NIH64' }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:16: error: data.source: found 'NIH64', "
            "expected one of CHEXPERT, MIMIC_CXR, "
            "PADCHEST, NIH_CXR8, BRAX, RSNA, VINDR, CHEXMASK, IU_XRAY, NIH64, "
            "HANNOVER: "
            "write NIH64 without quotes\n"
            "    3 | data { source: 'NIH64' }\n"
            "      |                ^~~~~~~\n");
}

TEST(MistakesSyntaxTest, AnEnumIsMistyped) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "data { source: NIH46 }\n");
  EXPECT_EQ(
      tree.LintText(),
      "classify/b.textproto:3:16: error: data.source: found 'NIH46', expected "
      "one of CHEXPERT, MIMIC_CXR, PADCHEST, NIH_CXR8, "
      "BRAX, RSNA, VINDR, CHEXMASK, IU_XRAY, NIH64, HANNOVER; did you mean "
      "NIH64?\n"
      "    3 | data { source: NIH46 }\n"
      "      |                ^~~~~\n");
}

TEST(MistakesSyntaxTest, ANumberIsQuoted) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train { linear_probe { epochs: '3' } }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:32: error: train.linear_probe.epochs: "
            "found '3', expected an integer from -2147483648 to 2147483647: "
            "write 3 without quotes\n"
            "    3 | train { linear_probe { epochs: '3' } }\n"
            "      |                                ^~~\n");
}

TEST(MistakesSyntaxTest, ANumberHasAUnit) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "features { preprocess { input_size_pixels: 64px } }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:44: error: found '64px', expected a "
            "number: write 64, the unit is part of the field's name\n"
            "    3 | features { preprocess { input_size_pixels: 64px } }\n"
            "      |                                            ^~~~\n");
}

TEST(MistakesSyntaxTest, AWholeNumberHasAPoint) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train { linear_probe { epochs: 2.5 } }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:32: error: train.linear_probe.epochs: "
            "found '2.5', expected a whole number\n"
            "    3 | train { linear_probe { epochs: 2.5 } }\n"
            "      |                                ^~~\n");
}

TEST(MistakesSyntaxTest, AFieldIsSetTwice) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "data { max_patients: 3 }\n"
             "data { max_patients: 4 }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:4:1: error: data: found 'data' again, "
            "expected it once: move its fields into the block at line 3\n"
            "    4 | data { max_patients: 4 }\n"
            "      | ^~~~\n"
            "classify/b.textproto:4:8: error: data.max_patients: found "
            "'max_patients' again, expected it once: it is set at line 3, "
            "delete one of them\n"
            "    4 | data { max_patients: 4 }\n"
            "      |        ^~~~~~~~~~~~\n");
}

TEST(MistakesSyntaxTest, TwoMembersOfAChoiceAreSet) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train {\n"
             "  last_epoch {}\n"
             "  best_epoch { metric: LOWEST_LOSS }\n"
             "}\n");
  EXPECT_EQ(
      tree.LintText(),
      "classify/b.textproto:5:3: error: train.best_epoch: 'best_epoch' is set, "
      "but 'last_epoch' of the same choice is set at line 4: keep one of them\n"
      "    5 |   best_epoch { metric: LOWEST_LOSS }\n"
      "      |   ^~~~~~~~~~\n");
}

TEST(MistakesSyntaxTest, AMessageIsWrittenAsAValue) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "features { pixels: true }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:20: error: features.pixels: found 'true', "
            "expected a message: write pixels { ... }\n"
            "    3 | features { pixels: true }\n"
            "      |                    ^~~~\n");
}

}  // namespace
}  // namespace cxr
