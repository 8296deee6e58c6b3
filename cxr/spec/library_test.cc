// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

TEST(LibraryTest, ResolvesUnderTheGivenSetting) {
  const SpecTree tree;
  ASSERT_OK_AND_ASSIGN(const ResolvedExperiment a,
                       tree.Library().Resolve("a", {.rung = "paper"}));
  EXPECT_EQ(a.name, "a");
  EXPECT_EQ(a.rung, "paper");
  EXPECT_EQ(a.protocol, "as_published");
  EXPECT_EQ(a.spec.train().linear_probe().epochs(), 5);
}

TEST(LibraryTest, UnknownNamesListTheKnownOnes) {
  const SpecTree tree;
  const SpecLibrary library = tree.Library();
  EXPECT_THAT(library.Resolve("classify_b", {}),
              StatusIs(kInvalid, "no experiment 'classify_b'; there are: a"));
  EXPECT_THAT(library.Resolve("a", {.rung = "tiny"}),
              StatusIs(kInvalid, "no rung 'tiny'; there are: paper, demo"));
  EXPECT_THAT(
      library.Resolve("a", {.protocol = "as_publishd"}),
      StatusIs(kInvalid,
               "no protocol 'as_publishd'; did you mean 'as_published'?"));
  EXPECT_THAT(library.Table("t"),
              StatusIs(kInvalid, "no table 't'; there is none"));
  EXPECT_THAT(library.Published("t"),
              StatusIs(kInvalid, "no published table 't'; there is none"));
  EXPECT_THAT(library.Study("t"),
              StatusIs(kInvalid, "no study 't'; there is none"));
  EXPECT_THAT(library.Deployment("t"),
              StatusIs(kInvalid, "no deployment 't'; there is none"));
  EXPECT_THAT(library.Family("b"),
              StatusIs(kInvalid, "no family 'b'; there are: a"));
}

TEST(LibraryTest, WhatDoesNotResolveSaysWhereAndWhen) {
  SpecTree tree;
  tree.Write("classify/x.textproto",
             "include: 'pixels'\npredict { subset: TEST }\n");
  const absl::Status status =
      tree.Library().Resolve("x", {.rung = "paper"}).status();
  EXPECT_EQ(status.code(), kInvalid);
  EXPECT_EQ(tree.Relative(status.message()),
            "classify/x.textproto:3:19: error: predict.subset: expected "
            "OUT_OF_FOLD, because train.patient_folds tests every image out of "
            "fold (at rung paper)\n"
            "    3 | predict { subset: TEST }\n"
            "      |                   ^~~~");
}

TEST(LibraryTest, WhatNeedsABrokenFileDoesNotResolve) {
  SpecTree tree;
  tree.Write("common/f.textproto", "data { sauce: RSNA }\n");
  tree.Write("classify/x.textproto", "include: ['pixels', 'f']\n");
  EXPECT_THAT(tree.Library().Resolve("x", {}).status(),
              StatusIs(kInvalid, HasSubstr("common/f.textproto:2:8")));
}

TEST(LibraryTest, WhatDoesNotNeedABrokenFileResolves) {
  SpecTree tree;
  tree.Write("common/f.textproto", "data { sauce: RSNA }\n");
  tree.Write("tables/t.textproto", "titel: 't'\n");
  const SpecLibrary library = tree.Library();
  EXPECT_OK(library.Resolve("a", {}));
  EXPECT_THAT(library.Table("t"),
              StatusIs(kInvalid, HasSubstr("did you mean 'title'?")));
}

TEST(LibraryTest, WhatEverybodyNeedsMustBeRight) {
  SpecTree broken;
  broken.Write("families.textproto", "familys {}\n");
  EXPECT_THAT(SpecLibrary::Load(broken.path()).status(),
              StatusIs(kInvalid, HasSubstr("did you mean 'families'?")));
  SpecTree twice;
  twice.Write("generate/a.textproto", "include: 'pixels'\n");
  EXPECT_THAT(SpecLibrary::Load(twice.path()).status(),
              StatusIs(kInvalid, HasSubstr("the name 'a' is taken by")));
}

TEST(LibraryTest, ATableThatDoesNotFitIsNotGiven) {
  SpecTree tree;
  tree.Write("tables/t.textproto", "title: 't'\npublished: 'gone'\n");
  EXPECT_THAT(tree.Library().Table("t"),
              StatusIs(kInvalid, HasSubstr("no published table 'gone'")));
}

TEST(LibraryTest, TargetsAreWhatCanBeRun) {
  SpecTree tree;
  tree.Write("scale/st.textproto",
             "description: 'd' base { include: 'pixels' } axes { axis {"
             " name: 's' seeds { of: HEAD_INIT values: 4 } } }");
  tree.Write("tables/t.textproto", "title: 't'\npublished: 'gone'\n");
  const SpecLibrary library = tree.Library();
  EXPECT_THAT(library.TargetNames(), ElementsAre("a", "st", "t"));
  EXPECT_THAT(library.CellNames("st"), ElementsAre("st/s=4"));
  EXPECT_TRUE(library.HasExperiment("st/s=4"));
  EXPECT_TRUE(library.HasStudy("st") && library.HasTable("t"));
  EXPECT_FALSE(library.HasStudy("t") || library.HasTable("st"));
}

TEST(LibraryTest, KnowsItsFiles) {
  const SpecTree tree;
  const SpecLibrary library = tree.Library();
  const SpecCatalog& catalog = library.catalog();
  EXPECT_TRUE(catalog.HasFile(tree.path() + "/./classify/a.textproto"));
  EXPECT_FALSE(catalog.HasFile(tree.path() + "/classify"));
  ASSERT_NE(library.FindFile("pixels"), nullptr);
  EXPECT_EQ(library.FindFile("pixels")->kind, SpecKind::kFragment);
  EXPECT_EQ(library.FindFile("pixel"), nullptr);
}

TEST(LibraryTest, AFolderWithoutSpecsIsAnError) {
  const TempDir dir;
  EXPECT_THAT(SpecLibrary::Load(dir.path()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(dir.path())));
}

TEST(LibraryTest, ManyAreResolvedAsEachIs) {
  SpecTree tree;
  tree.Write("scale/s.textproto",
             "description: 'd' include: 'pixels' axes { axis { name: 'a' "
             "points { name: 'x' } points { name: 'y' overlay { data { "
             "max_patients: 7 } } } } } axes { axis { name: 'seed' seeds { of: "
             "HEAD_INIT values: [1, 2, 3] } } }");
  const SpecLibrary library = tree.Library();
  std::vector<std::string> names;
  for (int i = 0; i < 150; ++i) {
    for (const std::string& cell : library.CellNames("s")) {
      names.push_back(cell);
    }
  }
  names.push_back("nothing");
  const auto all = library.ResolveAll(names, {}, 3);
  ASSERT_EQ(all.size(), names.size());
  for (size_t i = 0; i + 1 < names.size(); ++i) {
    ASSERT_OK_AND_ASSIGN(const ResolvedExperiment one,
                         library.Resolve(names[i], {}));
    ASSERT_OK(all[i]);
    EXPECT_EQ(all[i]->name, names[i]);
    EXPECT_EQ(all[i]->spec.SerializeAsString(), one.spec.SerializeAsString());
  }
  EXPECT_FALSE(all.back().ok());
}

}  // namespace
}  // namespace cxr
