// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/compose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What files 'classify/x.textproto' and others of a small tree compose to.
class ComposeTest : public ::testing::Test {
 protected:
  // Writes the fragment `name`.
  void Fragment(absl::string_view name, absl::string_view text) {
    tree_.Write(absl::StrCat("common/", name, ".textproto"), text);
  }

  PlacedExperiment Compose(absl::string_view name) {
    const SpecCatalog catalog = tree_.Catalog();
    Composer composer(catalog);
    ComposeBase(catalog, name, composer);
    if (const CatalogCell* cell = catalog.FindCell(name)) {
      ComposeSeeds(*cell, composer.placed());
    }
    return composer.placed();
  }

  // Without what only a file has.
  std::string Composed(absl::string_view name) {
    PlacedExperiment placed = Compose(name);
    EXPECT_THAT(Issues(placed), IsEmpty());
    placed.spec.clear_include();
    placed.spec.clear_spec_version();
    return placed.spec.ShortDebugString();
  }

  std::vector<std::string> Issues(const PlacedExperiment& placed) {
    std::vector<std::string> texts;
    for (const SpecIssue& issue : placed.issues) {
      texts.push_back(tree_.Relative(ToString(issue)));
    }
    return texts;
  }

  SpecTree tree_;
};

TEST_F(ComposeTest, LaterFragmentsAndTheFileItselfWin) {
  Fragment("f", "data { source: RSNA max_patients: 1 part: ALL_PARTS }");
  Fragment("g", "data { source: BRAX max_patients: 2 }");
  tree_.Write("classify/x.textproto",
              "include: ['f', 'g'] data { max_patients: 3 }");
  EXPECT_EQ(Composed("x"),
            "data { source: BRAX max_patients: 3 part: ALL_PARTS }");
}

TEST_F(ComposeTest, AFragmentsOwnIncludesComeBeforeIt) {
  Fragment("f", "include: 'g' data { source: RSNA }");
  Fragment("g", "include: 'h' data { source: BRAX max_patients: 2 }");
  Fragment("h", "data { max_patients: 3 part: ALL_PARTS }");
  tree_.Write("classify/x.textproto", "include: 'f'");
  EXPECT_EQ(Composed("x"),
            "data { source: RSNA max_patients: 2 part: ALL_PARTS }");
  EXPECT_THAT(Compose("x").fragments, ElementsAre("f", "g", "h"));
}

TEST_F(ComposeTest, NoFragmentIsLaidTwice) {
  Fragment("base", "data { max_patients: 1 }");
  Fragment("f", "include: 'base' data { max_patients: 2 }");
  Fragment("g", "include: 'base' data { source: RSNA }");
  tree_.Write("classify/x.textproto", "include: ['f', 'g', 'base']");
  EXPECT_EQ(Composed("x"), "data { source: RSNA max_patients: 2 }");
}

TEST_F(ComposeTest, ACycleIsShownWhole) {
  Fragment("f", "include: 'g'");
  Fragment("g", "\ninclude: 'f'");
  tree_.Write("classify/x.textproto", "include: 'f'");
  EXPECT_THAT(Issues(Compose("x")),
              ElementsAre("common/g.textproto:3:10: error: include[0]: "
                          "includes itself: f > g > f\n"
                          "    3 | include: 'f'\n"
                          "      |          ^~~"));
}

TEST_F(ComposeTest, AMissingFragmentHasANeighbour) {
  tree_.Write("classify/x.textproto", "include: ['pixels', 'pixel']");
  EXPECT_THAT(Issues(Compose("x")),
              ElementsAre("classify/x.textproto:2:21: error: include[1]: no "
                          "fragment 'pixel'; did you mean 'pixels'?\n"
                          "    2 | include: ['pixels', 'pixel']\n"
                          "      |                     ^~~~~~~"));
}

TEST_F(ComposeTest, WhatNeedsABrokenFileSaysSo) {
  Fragment("f", "data { sauce: RSNA }");
  tree_.Write("classify/x.textproto", "include: 'f'");
  EXPECT_EQ(Compose("x").broken.size(), 1u);
  EXPECT_THAT(Compose("a").broken, IsEmpty());
}

TEST_F(ComposeTest, ValuesKnowTheirFile) {
  Fragment("f", "data { source: RSNA\n max_patients: 1 }");
  tree_.Write("classify/x.textproto",
              "include: 'f'\n\ndata { max_patients: 3 }");
  const SpecCatalog catalog = tree_.Catalog();
  Composer composer(catalog);
  ComposeBase(catalog, "x", composer);
  const auto where = [&](const char* path) {
    const FieldPlace& place = FindPlace(
        composer.placed().places, *spec::ExperimentSpec::descriptor(), path);
    return absl::StrCat(
        tree_.Relative(catalog.files()[static_cast<size_t>(place.file)]->path),
        ":", place.place.line);
  };
  EXPECT_EQ(where("data.source"), "common/f.textproto:2");
  EXPECT_EQ(where("data.max_patients"), "classify/x.textproto:4");
}

TEST_F(ComposeTest, ACellIsFragmentsBaseThenPoints) {
  Fragment("f", "data { source: RSNA max_patients: 1 part: ALL_PARTS }");
  Fragment("g", "data { source: BRAX views: PA max_patients: 2 }");
  Fragment("h", "data { source: VINDR }");
  tree_.Write("scale/st.textproto",
              "description: 'd' include: 'f' base { include: 'g'"
              " data { max_patients: 3 } }"
              "axes { axis { name: 'p' points { name: '1' include: 'h' }"
              "  points { name: '2' include: 'h'"
              "    overlay { include: 'f' data { views: AP } } } } }"
              "axes { axis { name: 'q' points { name: '1'"
              "  overlay { data { part: TRAINING_PART } } } } }");
  EXPECT_EQ(Composed("st/p=1/q=1"),
            "description: \"d\" data { source: VINDR views: PA max_patients: 3 "
            "part: TRAINING_PART }");
  // A point puts a fragment of the base on top.
  EXPECT_EQ(Composed("st/p=2/q=1"),
            "description: \"d\" data { source: RSNA views: AP max_patients: 1 "
            "part: TRAINING_PART }");
}

TEST_F(ComposeTest, SeedsOfAnAxisReachEveryStageThatHasThem) {
  tree_.Write("scale/st.textproto",
              "description: 'd' base { backbone {} pretrain { heads_seed: 1"
              "  data_seed: 2 initial_weights { random {} } }"
              "  features { vit { weights { own_pretraining {} } } } }"
              "axes { axis { name: 's' seeds { of: WEIGHTS_INIT values: 9 } } }"
              "axes { axis { name: 'p' points { name: 'x' overlay {"
              "  pretrain { heads_seed: 5 } } } } }");
  EXPECT_EQ(Composed("st/s=9/p=x"),
            "description: \"d\" features { vit { weights { own_pretraining { "
            "} } } } backbone { } "
            "pretrain { initial_weights { random { seed: 9 } } heads_seed: 9 "
            "data_seed: 2 }");
}

TEST_F(ComposeTest, SeedsReachEveryItemOfAList) {
  tree_.Write("scale/st.textproto",
              "description: 'd' base { pretrain {"
              "  data { sample { fraction: 0.5 } }"
              "  data { sample { fraction: 0.1 seed: 3 } } } }"
              "axes { axis { name: 's' seeds { of: SPLIT values: 9 } } }");
  EXPECT_EQ(Composed("st/s=9"),
            "description: \"d\" pretrain { data { sample { fraction: 0.5 seed: "
            "9 } } data { sample { fraction: 0.1 seed: 9 } } }");
}

TEST_F(ComposeTest, ACellNeedsNeitherABaseNorOverlays) {
  Fragment("f", "data { source: RSNA }\nfeatures { vit { registers: KEPT } }");
  tree_.Write("scale/st.textproto",
              "description: 'd' include: 'f'\n"
              "axes { zip { axes { name: 'p' points { name: '1' } }\n"
              "             axes { name: 'q' points { name: '2' } } } }");
  EXPECT_EQ(Composed("st/p=1/q=2"),
            "description: \"d\" data { source: RSNA } features { vit { "
            "registers: KEPT } }");
  const SpecCatalog catalog = tree_.Catalog();
  Composer composer(catalog);
  ComposeBase(catalog, "st/p=1/q=2", composer);
  const FieldPlace& place =
      FindPlace(composer.placed().places, *spec::ExperimentSpec::descriptor(),
                "features.vit.registers");
  EXPECT_EQ(
      tree_.Relative(catalog.files()[static_cast<size_t>(place.file)]->path),
      "common/f.textproto");
}

TEST_F(ComposeTest, DeepIncludesAreRefusedBeforeTheStackEnds) {
  for (int i = 0; i < 60; ++i) {
    Fragment(absl::StrCat("f", i), absl::StrCat("include: 'f", i + 1, "'"));
  }
  Fragment("f60", "data {}");
  tree_.Write("classify/x.textproto", "include: 'f0'");
  EXPECT_THAT(Issues(Compose("x")),
              ElementsAre(HasSubstr("is included through 50 fragments")));
}

TEST_F(ComposeTest, SeedsOfNothingAreAMistake) {
  tree_.Write("scale/st.textproto",
              "description: 'd' base { include: 'pixels' }\n"
              "axes { axis { name: 's' seeds { of: DATA_ORDER\n"
              "  values: [4] } } }");
  EXPECT_THAT(Issues(Compose("st/s=4")),
              ElementsAre("scale/st.textproto:3:37: error: "
                          "axes[0].axis.seeds.of: no seed of DATA_ORDER is in "
                          "this experiment; there are: BOOTSTRAP, HEAD_INIT\n"
                          "    3 | axes { axis { name: 's' seeds { of: "
                          "DATA_ORDER\n"
                          "      |                                     "
                          "^~~~~~~~~~"));
}

}  // namespace
}  // namespace cxr
