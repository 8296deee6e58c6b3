// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/labelled_score_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Tables of two images; a test changes what it is about.
struct Tables {
  std::string labels = "id,who,edema,mass,sex\nb,x,0,1,F\na,y,1,0,M\n";
  std::string scores = "id,edema,mass\na,0.5,0.25\nb,0.75,0.125\n";
  std::string compare = "mass,edema,id\n1,2,b\n3,4,a\n";
  std::string strata = "";
  bool runs = false;  // whether the other table is a run, not a system
};

std::vector<std::string> Others(bool runs, const TempDir& dir) {
  if (!runs) return {};
  return {dir.File("other.csv"), dir.File("scores.csv")};
}

absl::StatusOr<LabelledScoreTables> Read(const Tables& tables) {
  const TempDir dir;
  EXPECT_OK(WriteNewFile(dir.File("labels.csv"), tables.labels));
  EXPECT_OK(WriteNewFile(dir.File("scores.csv"), tables.scores));
  EXPECT_OK(WriteNewFile(dir.File("other.csv"), tables.compare));
  return ReadLabelledScores(
      {.labels = dir.File("labels.csv"),
       .scores = dir.File("scores.csv"),
       .other_runs = Others(tables.runs, dir),
       .compare = tables.runs ? "" : dir.File("other.csv"),
       .patient_column = "who",
       .groups = {"sex"},
       .strata = tables.strata});
}

TEST(LabelledScoreFilesTest, RowsOfAllTablesMeetByTheirIds) {
  ASSERT_OK_AND_ASSIGN(const LabelledScoreTables tables, Read({}));
  const LabelledScores& read = tables.scores;
  EXPECT_THAT(read.ids, ElementsAre("a", "b"));
  EXPECT_THAT(read.classes, ElementsAre("edema", "mass"));
  EXPECT_THAT(read.labels, ElementsAre(ElementsAre(1, 0), ElementsAre(0, 1)));
  EXPECT_THAT(read.scores,
              ElementsAre(ElementsAre(0.5, 0.75), ElementsAre(0.25, 0.125)));
  EXPECT_THAT(read.other_scores,
              ElementsAre(ElementsAre(4, 2), ElementsAre(3, 1)));
  EXPECT_THAT(read.patients, ElementsAre("y", "x"));
  EXPECT_EQ(read.groups[0].name, "sex");
  EXPECT_THAT(read.groups[0].cells, ElementsAre("M", "F"));
  EXPECT_THAT(read.lines, ElementsAre(3, 2));
  EXPECT_EQ(read.images, 2);
}

TEST(LabelledScoreFilesTest, RunsHaveTheClassesAndRowsOfTheFirst) {
  ASSERT_OK_AND_ASSIGN(const LabelledScoreTables tables, Read({.runs = true}));
  EXPECT_TRUE(tables.scores.other_scores.empty());
  ASSERT_EQ(tables.scores.other_runs.size(), 2u);
  EXPECT_THAT(tables.scores.other_runs[0],
              ElementsAre(ElementsAre(4, 2), ElementsAre(3, 1)));
  EXPECT_EQ(tables.scores.other_runs[1], tables.scores.scores);
  EXPECT_THAT(Read({.compare = "id,edema\na,0\nb,1\n", .runs = true}),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("other.csv:1: found no column 'mass'")));
}

TEST(LabelledScoreFilesTest, StrataAreAColumnOfTheTruth) {
  ASSERT_OK_AND_ASSIGN(const LabelledScoreTables tables,
                       Read({.strata = "sex"}));
  EXPECT_EQ(tables.scores.strata.name, "sex");
  EXPECT_THAT(tables.scores.strata.cells, ElementsAre("M", "F"));
  EXPECT_THAT(Read({.strata = "site"}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("'site'")));
  EXPECT_THAT(
      Read({.labels = "id,who,edema,mass,sex\nb,x,0,1,\na,y,1,0,M\n",
            .strata = "sex"}),
      StatusIs(absl::StatusCode::kDataLoss,
               HasSubstr("labels.csv:2: sex: found '', expected a stratum")));
}

TEST(LabelledScoreFilesTest, ALabelIsAStratumHoweverItIsWritten) {
  ASSERT_OK_AND_ASSIGN(
      const LabelledScoreTables tables,
      Read({.labels = "id,who,edema,mass,sex\nb,x,1.0,1,F\na,y,1,0,M\n",
            .strata = "edema"}));
  EXPECT_THAT(tables.scores.strata.cells, ElementsAre("1", "1"));
}

TEST(LabelledScoreFilesTest, APatientHasAName) {
  EXPECT_THAT(
      Read({.labels = "id,who,edema,mass,sex\nb,,0,1,F\na,y,1,0,M\n"}),
      StatusIs(absl::StatusCode::kDataLoss,
               HasSubstr("labels.csv:2: who: found '', expected the name")));
}

TEST(LabelledScoreFilesTest, BothSystemsHaveTheSameClasses) {
  EXPECT_THAT(Read({.compare = "id,edema\na,0\nb,1\n"}),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("other.csv:1: found no column 'mass'")));
  EXPECT_THAT(Read({.compare = "id,edema,mass,cyst\na,0,0,0\nb,1,1,1\n"}),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("other.csv:1: found a column 'cyst'")));
}

TEST(LabelledScoreFilesTest, BothSystemsHaveTheSameImages) {
  EXPECT_THAT(Read({.compare = "id,edema,mass\na,0,0\nc,1,1\n"}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("id: found")));
}

}  // namespace
}  // namespace cxr
