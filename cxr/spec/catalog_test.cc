// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kStudy[] =
    "description: 'd' base { include: 'pixels' }"
    "axes { axis { name: 'seed' seeds { of: HEAD_INIT values: [2, 1] } } }";

std::vector<std::string> Issues(const SpecTree& tree) {
  const SpecCatalog catalog = tree.Catalog();
  std::vector<std::string> texts;
  for (const SpecIssue& issue : catalog.issues()) {
    texts.push_back(tree.Relative(ToString(issue)));
  }
  return texts;
}

TEST(CatalogTest, FilesAreFoundByKindAndName) {
  const SpecTree tree;
  const SpecCatalog catalog = tree.Catalog();
  EXPECT_THAT(catalog.issues(), IsEmpty());
  EXPECT_EQ(catalog.files().size(), 5u);
  const SpecFile* file = catalog.Find(SpecKind::kFragment, "pixels");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(tree.Relative(file->path), "common/pixels.textproto");
  EXPECT_EQ(catalog.files()[static_cast<size_t>(file->id)].get(), file);
  EXPECT_EQ(file->As<spec::ExperimentSpec>().data().source(), spec::NIH64);
  EXPECT_EQ(catalog.Find(SpecKind::kExperiment, "pixels"), nullptr);
  EXPECT_EQ(catalog.Find(SpecKind::kFragment, "pixel"), nullptr);
}

TEST(CatalogTest, TheFolderDecidesTheKind) {
  EXPECT_EQ(KindOf("classify/a.textproto"), SpecKind::kExperiment);
  EXPECT_EQ(KindOf("pretrain/a.textproto"), SpecKind::kExperiment);
  EXPECT_EQ(KindOf("common/a.textproto"), SpecKind::kFragment);
  EXPECT_EQ(KindOf("scale/a.textproto"), SpecKind::kStudy);
  EXPECT_EQ(KindOf("ablate/a.textproto"), SpecKind::kStudy);
  EXPECT_EQ(KindOf("external/a.textproto"), SpecKind::kStudy);
  EXPECT_EQ(KindOf("tables/a.textproto"), SpecKind::kTable);
  EXPECT_EQ(KindOf("published/a.textproto"), SpecKind::kPublished);
  EXPECT_EQ(KindOf("claims/a.textproto"), SpecKind::kClaims);
  EXPECT_EQ(KindOf("deployments/a.textproto"), SpecKind::kDeployment);
  EXPECT_EQ(KindOf("rungs.textproto"), SpecKind::kRungs);
  EXPECT_EQ(KindOf("protocols.textproto"), SpecKind::kProtocols);
  EXPECT_EQ(KindOf("families.textproto"), SpecKind::kFamilies);
  EXPECT_EQ(KindOf("classify/rungs.textproto"), SpecKind::kExperiment);
}

TEST(CatalogTest, RungsAndProtocolsAreFoundByName) {
  const SpecTree tree;
  const SpecCatalog catalog = tree.Catalog();
  ASSERT_NE(catalog.FindRung("demo"), nullptr);
  EXPECT_EQ(catalog.FindRung("demo")->description(), "little");
  EXPECT_EQ(catalog.FindRung("tiny"), nullptr);
  ASSERT_NE(catalog.FindProtocol("as_published"), nullptr);
  EXPECT_EQ(catalog.FindProtocol("corrected"), nullptr);
  EXPECT_EQ(catalog.FindOnly(SpecKind::kRungs)->name, "rungs");
  EXPECT_EQ(catalog.FindOnly(SpecKind::kTable), nullptr);
}

TEST(CatalogTest, CellsAreExperimentsWithoutAFile) {
  SpecTree tree;
  tree.Write("scale/st.textproto", kStudy);
  const SpecCatalog catalog = tree.Catalog();
  EXPECT_THAT(catalog.issues(), IsEmpty());
  EXPECT_THAT(catalog.CellNames("st"), ElementsAre("st/seed=2", "st/seed=1"));
  EXPECT_THAT(catalog.CellNames("a"), IsEmpty());
  EXPECT_THAT(catalog.Names(SpecKind::kExperiment), ElementsAre("a"));
  EXPECT_THAT(catalog.ExperimentNames(),
              ElementsAre("a", "st/seed=1", "st/seed=2"));
  EXPECT_TRUE(catalog.HasExperiment("st/seed=1"));
  EXPECT_FALSE(catalog.HasExperiment("st"));
  ASSERT_NE(catalog.FindCell("st/seed=1"), nullptr);
  EXPECT_EQ(catalog.FindCell("st/seed=1")->study->name, "st");
  EXPECT_EQ(catalog.FindCell("st/seed=3"), nullptr);
}

TEST(CatalogTest, AStudyWithProblemsHasNoCells) {
  SpecTree tree;
  tree.Write("scale/st.textproto",
             absl::StrCat(kStudy,
                          "exclude { reason: 'none' where {"
                          " axis: 'seeds' point: '1' } }"));
  const SpecCatalog catalog = tree.Catalog();
  EXPECT_EQ(catalog.issues().size(), 1u);
  EXPECT_TRUE(catalog.Find(SpecKind::kStudy, "st")->broken);
  EXPECT_THAT(catalog.CellNames("st"), IsEmpty());
}

TEST(CatalogTest, NamesAreUniqueOverAllFolders) {
  SpecTree tree;
  tree.Write("common/a.textproto", "data {}\n");
  tree.Write("zoo/a.textproto", "include: 'pixels'\n");
  EXPECT_THAT(Issues(tree),
              ElementsAre("common/a.textproto:1:1: error: the name 'a' is "
                          "taken by classify/a.textproto; rename one of them",
                          "zoo/a.textproto:1:1: error: the name 'a' is taken "
                          "by classify/a.textproto; rename one of them"));
}

TEST(CatalogTest, OtherFilesAreNotRead) {
  SpecTree tree;
  tree.WriteRaw("classify/notes.txt", "{{{");
  tree.WriteRaw("BUILD", "((");
  EXPECT_THAT(Issues(tree), IsEmpty());
}

TEST(CatalogTest, LargeFilesAreNoSpecs) {
  SpecTree tree;
  tree.WriteRaw("classify/b.textproto", std::string((1 << 20) + 1, '#'));
  EXPECT_THAT(Issues(tree),
              ElementsAre("classify/b.textproto:1:1: error: found 1048577 "
                          "bytes, expected a spec of at most 1048576"));
  tree.WriteRaw("classify/b.textproto",
                absl::StrCat("spec_version: 2", std::string(1 << 19, '\n')));
  EXPECT_THAT(Issues(tree), IsEmpty());
}

TEST(CatalogTest, AFolderWithoutSpecsIsAnError) {
  const TempDir dir;
  EXPECT_THAT(
      SpecCatalog::Load(dir.path()),
      StatusIs(absl::StatusCode::kNotFound,
               absl::StrCat(dir.path(), ": no *.textproto files below it")));
  EXPECT_THAT(SpecCatalog::Load(dir.File("gone")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("gone")));
}

TEST(CatalogTest, AFileThatCannotBeReadIsAnIssueOfThatFile) {
  SpecTree tree;
  std::filesystem::create_symlink("nowhere",
                                  tree.path() + "/classify/x.textproto");
  EXPECT_THAT(Issues(tree),
              ElementsAre(HasSubstr("classify/x.textproto:1:1: error: cannot "
                                    "be read: ")));
}

TEST(CatalogTest, NamesArePlain) {
  SpecTree tree;
  tree.Write("classify/my exp.textproto", "include: 'pixels'");
  EXPECT_THAT(Issues(tree),
              ElementsAre("classify/my exp.textproto:1:1: error: found the "
                          "name 'my exp', expected letters, digits, '_', '-' "
                          "and '.'"));
}

TEST(CatalogTest, BrokenRulesAreFatal) {
  SpecTree tree;
  tree.Write("rungs.textproto",
             "rungs { name: 'demo' description: 'd' judges_sanity_checks: true"
             " based_on: 'dmeo' }");
  EXPECT_THAT(std::string(ToStatus(tree.Catalog().FatalIssues()).message()),
              HasSubstr("no rung above this one 'dmeo'"));
}

TEST(CatalogTest, AMistypedCellIsComparedWithTheStudysOwn) {
  SpecTree tree;
  tree.Write("scale/st.textproto",
             "description: 'd' include: 'pixels' axes { axis { name: 'seed'"
             " seeds { of: HEAD_INIT values: [4, 5] } } }");
  const SpecCatalog catalog = tree.Catalog();
  EXPECT_EQ(catalog.ExplainMissing(spec::EXPERIMENT, "st/sed=5"),
            "no cell 'st/sed=5'; did you mean 'st/seed=5'?");
  EXPECT_EQ(catalog.ExplainMissing(spec::EXPERIMENT, "st/rather=another"),
            "no cell 'st/rather=another'; its cells are named like "
            "'st/seed=4'");
}

TEST(CatalogTest, ACellWithoutItsSeedsStandsForAllOfThem) {
  SpecTree tree;
  tree.Write("scale/st.textproto",
             "description: 'd' include: 'pixels'"
             " axes { axis { name: 'side' points { name: 'a' } points {"
             " name: 'b' } } } axes { axis { name: 'seed' seeds {"
             " of: HEAD_INIT values: [4, 5] } } }"
             " exclude { where { axis: 'side' point: 'b' }"
             " where { axis: 'seed' point: '4' } }");
  const SpecCatalog catalog = tree.Catalog();
  EXPECT_THAT(catalog.ExperimentsOf("st/side=a"),
              ElementsAre("st/side=a/seed=4", "st/side=a/seed=5"));
  EXPECT_THAT(catalog.ExperimentsOf("st/side=b"),
              ElementsAre("st/side=b/seed=5"));
  EXPECT_THAT(catalog.ExperimentsOf("st/side=a/seed=5"),
              ElementsAre("st/side=a/seed=5"));
  EXPECT_THAT(catalog.ExperimentsOf("st/seed=5"), IsEmpty());
  EXPECT_TRUE(catalog.IsOfSeeds("st/side=a"));
  EXPECT_FALSE(catalog.IsOfSeeds("st/side=a/seed=5"));
  EXPECT_TRUE(catalog.HasResult("st/side=a"));
  EXPECT_FALSE(catalog.Has(spec::EXPERIMENT, "st/side=a"));
  EXPECT_FALSE(catalog.HasResult("st/side=c"));
  EXPECT_EQ(catalog.ExplainMissingResult("st/sidee=a"),
            "no cell 'st/sidee=a'; did you mean 'st/side=a'?");
  EXPECT_EQ(catalog.ExplainMissing(spec::EXPERIMENT, "st/side=a"),
            "'st/side=a' stands for several seeds, expected one of them, like "
            "'st/side=a/seed=4'");
}

TEST(CatalogTest, TheCellsOfABrokenStudyAreNotKnown) {
  SpecTree tree;
  tree.Write("scale/st.textproto", "descripton: 'd'");
  const SpecCatalog catalog = tree.Catalog();
  EXPECT_TRUE(catalog.Has(spec::EXPERIMENT, "st/seed=4"));
  EXPECT_EQ(catalog.ExplainMissing(spec::EXPERIMENT, "st/seed=4"),
            "no cell 'st/seed=4'; the study 'st' has mistakes, see: cxr lint");
}

TEST(CatalogTest, FragmentsAreReachedThroughOthers) {
  SpecTree tree;
  tree.Write("common/f.textproto", "include: ['g', 'gone']");
  tree.Write("common/g.textproto", "include: 'f'");
  std::set<std::string> fragments;
  tree.Catalog().AddFragmentsOf(ParseSpec<spec::ExperimentSpec>("include: 'f'"),
                                fragments);
  EXPECT_EQ(fragments, std::set<std::string>({"f", "g", "gone"}));
}

}  // namespace
}  // namespace cxr
