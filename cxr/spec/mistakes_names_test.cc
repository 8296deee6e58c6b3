// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "cxr/spec/testing.h"

// What people get wrong, and all that lint says of it: names of what is not
// there.

namespace cxr {
namespace {

TEST(MistakesNamesTest, AFragmentIsMistyped) {
  SpecTree tree;
  tree.Write("classify/b.textproto", "include: 'pixles'\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:2:10: error: include[0]: no fragment "
            "'pixles'; did you mean 'pixels'?\n"
            "    2 | include: 'pixles'\n"
            "      |          ^~~~~~~~\n");
}

TEST(MistakesNamesTest, AnExperimentIsIncluded) {
  SpecTree tree;
  tree.Write("classify/b.textproto", "include: 'a'\n");
  EXPECT_EQ(
      tree.LintText(),
      "classify/b.textproto:2:10: error: include[0]: 'a' is an experiment, "
      "expected a fragment: move what is shared to experiments/common/\n"
      "    2 | include: 'a'\n"
      "      |          ^~~\n");
}

TEST(MistakesNamesTest, ANameIsTaken) {
  SpecTree tree;
  tree.Write("generate/a.textproto", "include: 'pixels'\n");
  EXPECT_EQ(tree.LintText(),
            "generate/a.textproto:1:1: error: the name 'a' is taken by "
            "classify/a.textproto; rename one of them\n");
}

TEST(MistakesNamesTest, APretrainingIsMistyped) {
  SpecTree tree;
  tree.Write("common/vit.textproto", kVitOverlay);
  tree.Write("pretrain/pretrain_s.textproto", "include: 'vit_pretraining'\n");
  tree.Write("common/vit_pretraining.textproto", PretrainingText());
  tree.Write("classify/b.textproto",
             "include: ['pixels', 'vit']\n"
             "features { vit { weights { pretrained { experiment: 'pretrain_x' "
             "} } } }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:53: error: "
            "features.vit.weights.pretrained.experiment: no experiment "
            "'pretrain_x'; did you mean 'pretrain_s'?\n"
            "    3 | features { vit { weights { pretrained { experiment: "
            "'pretrain_x' } } } }\n"
            "      |                                                     "
            "^~~~~~~~~~~~\n");
}

TEST(MistakesNamesTest, AProbeIsTakenForAPretraining) {
  SpecTree tree;
  tree.Write("common/vit.textproto", kVitOverlay);
  tree.Write(
      "classify/b.textproto",
      "include: ['pixels', 'vit']\n"
      "features { vit { weights { pretrained { experiment: 'a' } } } }\n");
  EXPECT_EQ(
      tree.LintText(),
      "classify/b.textproto:3:53: error: "
      "features.vit.weights.pretrained.experiment: 'a' has no pretrain stage, "
      "so it gives no weights\n"
      "    3 | features { vit { weights { pretrained { experiment: 'a' } } } "
      "}\n"
      "      |                                                     ^~~\n");
}

TEST(MistakesNamesTest, NothingIncludesAFragment) {
  SpecTree tree;
  tree.Write("common/extra.textproto", "data { max_patients: 3 }\n");
  EXPECT_EQ(tree.LintText(),
            "common/extra.textproto:1:1: error: nothing includes the fragment "
            "'extra'; include it or remove it\n");
}

TEST(MistakesNamesTest, AFragmentIncludesItself) {
  SpecTree tree;
  tree.Write("common/extra.textproto", "include: 'more'\n");
  tree.Write("common/more.textproto", "include: 'extra'\n");
  tree.Write("classify/b.textproto", "include: ['pixels', 'extra']\n");
  EXPECT_EQ(tree.LintText(),
            "common/more.textproto:2:10: error: include[0]: includes itself: "
            "extra > more > extra\n"
            "    2 | include: 'extra'\n"
            "      |          ^~~~~~~\n");
}

TEST(MistakesNamesTest, ARuleNamesAnExperiment) {
  SpecTree tree;
  tree.Write(
      "rungs.textproto",
      "rungs { name: 'demo' description: 'd' judges_sanity_checks: true\n"
      "  rules { including: 'a' overlay { data { max_patients: 3 } } } }\n");
  EXPECT_EQ(tree.LintText(),
            "rungs.textproto:3:22: error: rungs[0].rules[0].including: 'a' is "
            "a fragment of no experiment; there are: pixels\n"
            "    3 |   rules { including: 'a' overlay { data { max_patients: 3 "
            "} } } }\n"
            "      |                      ^~~\n");
}

TEST(MistakesNamesTest, ARulesPatternIsBroken) {
  SpecTree tree;
  tree.Write(
      "rungs.textproto",
      "rungs { name: 'demo' description: 'd' judges_sanity_checks: true\n"
      "  rules { including: 'pix(els' overlay { data { max_patients: 3 } } } "
      "}\n");
  EXPECT_EQ(tree.LintText(),
            "rungs.textproto:3:22: error: rungs[0].rules[0].including: "
            "'pix(els' is not a pattern: missing ): pix(els\n"
            "    3 |   rules { including: 'pix(els' overlay { data { "
            "max_patients: 3 } } } }\n"
            "      |                      ^~~~~~~~~\n");
}

TEST(MistakesNamesTest, ATableNamesNoExperiment) {
  SpecTree tree;
  tree.Write("tables/t.textproto",
             "title: 't'\n"
             "published: 'p'\n"
             "columns { metric: MACRO_AUROC decimals: 1 }\n"
             "rows { label: 'x' cells { column: 'A' experiment: 'aa' } }\n");
  tree.Write("published/p.textproto",
             "source: 's'\n"
             "columns: ['Model', 'A']\n"
             "rows { key: 'k' cells { text: 'm' } cells { text: '1' } }\n");
  EXPECT_EQ(
      tree.LintText(),
      "tables/t.textproto:5:51: error: rows[0].cells[0].experiment: no "
      "experiment 'aa'; there are: a\n"
      "    5 | rows { label: 'x' cells { column: 'A' experiment: 'aa' } }\n"
      "      |                                                   ^~~~\n");
}

TEST(MistakesNamesTest, AColumnIsMistyped) {
  SpecTree tree;
  tree.Write("tables/t.textproto",
             "title: 't'\n"
             "published: 'p'\n"
             "columns { metric: MACRO_AUROC decimals: 1 }\n"
             "rows { label: 'x' cells { column: 'B' experiment: 'a' } }\n");
  tree.Write("published/p.textproto",
             "source: 's'\n"
             "columns: ['Model', 'A']\n"
             "rows { key: 'k' cells { text: 'm' } cells { text: '1' } }\n");
  EXPECT_EQ(
      tree.LintText(),
      "tables/t.textproto:5:35: error: rows[0].cells[0].column: no column 'B'; "
      "there are: Model, A\n"
      "    5 | rows { label: 'x' cells { column: 'B' experiment: 'a' } }\n"
      "      |                                   ^~~\n");
}

TEST(MistakesNamesTest, AStudyExcludesNothing) {
  SpecTree tree;
  tree.Write(
      "scale/st.textproto",
      "description: 'd'\n"
      "base { include: 'pixels' }\n"
      "axes { axis { name: 'seed' seeds { of: HEAD_INIT values: [1, 2] } } }\n"
      "exclude { where { axis: 'seed' point: '3' } }\n");
  EXPECT_EQ(tree.LintText(),
            "scale/st.textproto:5:39: error: exclude[0].where[0].point: '3' is "
            "no point of the axis 'seed'; there are: 1, 2\n"
            "    5 | exclude { where { axis: 'seed' point: '3' } }\n"
            "      |                                       ^~~\n");
}

TEST(MistakesNamesTest, AFileLiesInTheWrongFolder) {
  SpecTree tree;
  tree.Write("classify/t.textproto",
             "title: 't'\n"
             "published: 'p'\n");
  EXPECT_EQ(tree.LintText(),
            "classify/t.textproto:1:1: error: found a table, but files here "
            "are read as an experiment; move it to experiments/tables/\n");
}

TEST(MistakesNamesTest, TheProtocolsAreMissing) {
  SpecTree tree;
  tree.Remove("protocols.textproto");
  EXPECT_EQ(tree.LintText(),
            "experiments/protocols.textproto:1:1: error: is missing\n");
}

}  // namespace
}  // namespace cxr
