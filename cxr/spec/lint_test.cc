// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/lint.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

constexpr char kPublished[] =
    "source: 's'\ncolumns: ['Model', 'A']\n"
    "rows { key: 'k' cells { text: 'm' } cells { number { value: 1 decimals: 0 "
    "} } }\n";

// Each kind of problem once; the classic ones are in mistakes_*_test.cc.

TEST(LintTest, RightDeclarationsHaveNoIssues) {
  EXPECT_EQ(SpecTree().LintText(), "");
}

TEST(LintTest, ABrokenFileDoesNotHideOthers) {
  SpecTree tree;
  tree.Write("common/pixels.textproto", "data { sauce: RSNA }\n");
  tree.Write("classify/b.textproto",
             "include: 'pixels'\ntrain { epochs: 3 }\n");
  tree.Write("classify/c.textproto", "description: 'd'\nprotocol: CORRECTED\n");
  const std::string text = tree.LintText();
  // 'a' needs the broken file, so it is not judged.
  EXPECT_EQ(text.find("classify/a"), std::string::npos) << text;
  EXPECT_NE(text.find("classify/b.textproto:3:9: error: train"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("classify/c.textproto:1:1: error: nothing is declared"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("common/pixels.textproto:2:8: error: data"),
            std::string::npos)
      << text;
}

TEST(LintTest, AProblemOfManyExperimentsIsSaidOnce) {
  SpecTree tree;
  tree.Write("common/twice.textproto", "train { targets: ['x', 'x'] }\n");
  for (const char* name : {"b", "c", "d"}) {
    tree.Write(absl::StrCat("classify/", name, ".textproto"),
               "include: ['pixels', 'twice']\n");
  }
  EXPECT_EQ(tree.LintText(),
            "common/twice.textproto:2:24: error: train.targets[1]: 'x' stands "
            "there twice\n"
            "    2 | train { targets: ['x', 'x'] }\n"
            "      |                        ^~~\n");
}

TEST(LintTest, SettingsAreNamedIfNotAllHaveTheProblem) {
  SpecTree tree;
  tree.Write("protocols.textproto",
             "protocols { name: 'as_published' description: 'd' }\n"
             "protocols { name: 'corrected' description: 'd'\n"
             "  rules { including: 'pixels' overlay {\n"
             "    predict { subset: TEST } } } }\n");
  EXPECT_EQ(tree.LintText(),
            "protocols.textproto:5:23: error: predict.subset: expected "
            "OUT_OF_FOLD, because train.patient_folds tests every image out of "
            "fold (at rung demo, paper with protocol corrected)\n"
            "    5 |     predict { subset: TEST } } } }\n"
            "      |                       ^~~~\n");
}

TEST(LintTest, ARungIsNamedAloneIfEveryProtocolHasTheProblem) {
  SpecTree tree;
  tree.Write("protocols.textproto",
             "protocols { name: 'as_published' description: 'd' }\n"
             "protocols { name: 'corrected' description: 'd' }\n");
  tree.Write(
      "rungs.textproto",
      "rungs { name: 'paper' description: 'd' judges_sanity_checks: "
      "true }\n"
      "rungs { name: 'demo' description: 'd' judges_sanity_checks: true\n"
      "  rules { including: 'pixels' overlay {\n"
      "    predict { subset: TEST } } } }\n");
  EXPECT_EQ(tree.LintText(),
            "rungs.textproto:5:23: error: predict.subset: expected "
            "OUT_OF_FOLD, because train.patient_folds tests every image out of "
            "fold (at rung demo)\n"
            "    5 |     predict { subset: TEST } } } }\n"
            "      |                       ^~~~\n");
}

TEST(LintTest, CellsAreJudgedLikeExperiments) {
  SpecTree tree;
  tree.Write("scale/st.textproto",
             "description: 'd'\nbase { include: 'pixels' }\n"
             "axes { axis { name: 'n'\n"
             "  points { name: '1' overlay { train { targets: 'macro' } } }\n"
             "  points { name: '2' overlay { train { targets: 'y' } } } } }\n");
  EXPECT_EQ(
      tree.LintText(),
      "scale/st.textproto:5:49: error: train.targets[0]: found 'macro', "
      "expected a label's name\n"
      "    5 |   points { name: '1' overlay { train { targets: 'macro' } "
      "} }\n"
      "      |                                                 ^~~~~~~\n");
}

TEST(LintTest, ClaimsAreOfCellsThatArePublished) {
  SpecTree tree;
  tree.Write("published/p.textproto", kPublished);
  tree.Write("claims/c.textproto",
             "claims { name: 'n' sentence: 's' source: 'o' order {\n"
             "  greater { table: 'p' row: 'k' column: 'A' }\n"
             "  less { table: 'p' row: 'j' column: 'A' } } }\n");
  EXPECT_EQ(tree.LintText(),
            "claims/c.textproto:4:26: error: claims[0].order.less.row: no row "
            "'j'; there are: k\n"
            "    4 |   less { table: 'p' row: 'j' column: 'A' } } }\n"
            "      |                          ^~~\n");
}

TEST(LintTest, OneTableIsJudgedAlone) {
  SpecTree tree;
  tree.Write("published/p.textproto", kPublished);
  tree.Write("tables/t.textproto",
             "title: 't'\npublished: 'p'\n"
             "columns { metric: MACRO_AUROC decimals: 1 }\n"
             "rows { label: 'x' cells { column: 'A' experiment: 'gone' } }\n");
  tree.Write("classify/b.textproto", "include: 'nothing'\n");
  const SpecCatalog catalog = tree.Catalog();
  const std::vector<SpecIssue> issues =
      LintTable(catalog, *catalog.Find(SpecKind::kTable, "t"));
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].message, "no experiment 'gone'; there are: a, b");
}

TEST(LintTest, AnAxisThatChangesNothingIsAMistake) {
  SpecTree tree;
  tree.Write("scale/st.textproto",
             "description: 'd'\n"
             "include: 'pixels'\n"
             "axes { axis { name: 'few' points { name: '1' }\n"
             "  points { name: '2' overlay { train { linear_probe {"
             " epochs: 2 } } } } } }\n"
             "axes { axis { name: 'epochs'\n"
             "  points { name: '5' overlay { train { linear_probe {"
             " epochs: 5 } } } }\n"
             "  points { name: '6' overlay { train { linear_probe {"
             " epochs: 6 } } } } } }\n");
  EXPECT_EQ(tree.LintText(),
            "scale/st.textproto:4:21: error: axes[0].axis.name: changes "
            "nothing: another axis sets the same fields after it, or its "
            "points are equal\n"
            "    4 | axes { axis { name: 'few' points { name: '1' }\n"
            "      |                     ^~~~~\n");
}

TEST(LintTest, FragmentsThatOnlyIncludeEachOtherAreUnused) {
  SpecTree tree;
  tree.Write("common/f.textproto", "include: 'g'\n");
  tree.Write("common/g.textproto", "include: 'f'\n");
  EXPECT_EQ(tree.LintText(),
            "common/f.textproto:1:1: error: nothing includes the fragment 'f'; "
            "include it or remove it\n"
            "common/g.textproto:1:1: error: nothing includes the fragment 'g'; "
            "include it or remove it\n");
}

TEST(LintTest, WithoutRulesStudiesAreNotJudged) {
  SpecTree tree;
  tree.Write("scale/st.textproto",
             "description: 'd' include: 'pixels' axes { axis { name: 'seed'"
             " seeds { of: HEAD_INIT values: [4, 5] } } }");
  tree.Remove("protocols.textproto");
  EXPECT_EQ(tree.LintText(),
            "experiments/protocols.textproto:1:1: error: is missing\n");
}

}  // namespace
}  // namespace cxr
