// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/spec/claim.pb.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/study.pb.h"
#include "cxr/spec/table.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "field KIND name" of each.
template <typename Message>
std::vector<std::string> References(const char* text) {
  std::vector<std::string> texts;
  for (const SpecReference& reference :
       ReferencesOf(ParseSpec<Message>(text))) {
    texts.push_back(absl::StrCat(reference.field, " ",
                                 spec::Reference_Name(reference.kind), " ",
                                 reference.name));
  }
  return texts;
}

TEST(ReferencesTest, ExperimentsNameFragmentsAndPretrainings) {
  EXPECT_THAT(
      References<spec::ExperimentSpec>(
          "description: 'no reference'\n"
          "include: ['b', 'a']\n"
          "features { vit { weights { pretrained { experiment: 'p' } } } }"
          "pretrain { initial_weights { pretrained { experiment: 'q' } } }"),
      ElementsAre("include[0] FRAGMENT b", "include[1] FRAGMENT a",
                  "features.vit.weights.pretrained.experiment EXPERIMENT p",
                  "pretrain.initial_weights.pretrained.experiment EXPERIMENT "
                  "q"));
}

TEST(ReferencesTest, OverlaysNameThemToo) {
  EXPECT_THAT(References<spec::RungSet>(
                  "rungs {} rungs { rules {} rules { including: 'f'"
                  "  overlay { include: 'g' } } }"),
              ElementsAre("rungs[1].rules[1].overlay.include[0] FRAGMENT g"));
  EXPECT_THAT(
      References<spec::StudySpec>(
          "include: 'a' base { include: 'b' }"
          "axes { axis { points { include: 'c' overlay { include: 'd' } } } }"),
      ElementsAre("include[0] FRAGMENT a", "base.include[0] FRAGMENT b",
                  "axes[0].axis.points[0].include[0] FRAGMENT c",
                  "axes[0].axis.points[0].overlay.include[0] FRAGMENT d"));
}

TEST(ReferencesTest, ResultsAreWhatATableRunsAndNotWhatItCounts) {
  const auto table = ParseSpec<spec::TableSpec>(
      "rows { cells { experiment: 'a' } lines { cells { found {"
      "  experiments: ['b', 'a'] } } cells { mean { experiments: 'c' } }"
      "  cells { counted { experiments: 'd' } } } }"
      "details { experiments { experiment: 'e' } }");
  EXPECT_THAT(ResultsIn(table), ElementsAre("a", "b", "c", "e"));
  EXPECT_THAT(NamesIn(table, spec::EXPERIMENT),
              ElementsAre("a", "b", "c", "d", "e"));
}

TEST(ReferencesTest, TablesNameExperimentsAndTheirLayout) {
  EXPECT_THAT(
      References<spec::TableSpec>(
          "published: 'p' rows { cells { experiment: 'a' } }"
          "details { experiments { experiment: 'b' } }"
          "sanity_checks { experiments { experiment: 'c' } }"),
      ElementsAre("published PUBLISHED_TABLE p",
                  "rows[0].cells[0].experiment EXPERIMENT a",
                  "details[0].experiments[0].experiment EXPERIMENT b",
                  "sanity_checks[0].experiments[0].experiment EXPERIMENT c"));
}

TEST(ReferencesTest, ClaimsNamePublishedTables) {
  EXPECT_THAT(
      References<spec::ClaimSet>("claims { order { greater { table: 'a' }"
                                 "  less { table: 'b' } } }"),
      ElementsAre("claims[0].order.greater.table PUBLISHED_TABLE a",
                  "claims[0].order.less.table PUBLISHED_TABLE b"));
}

TEST(ReferencesTest, WhatIsNotSetNamesNothing) {
  EXPECT_THAT(References<spec::ExperimentSpec>("train { targets: 'x' }"),
              IsEmpty());
}

}  // namespace
}  // namespace cxr
