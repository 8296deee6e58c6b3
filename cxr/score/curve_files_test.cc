// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/curve_files.h"

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
using ::testing::IsEmpty;

// The example of scikit-learn's roc_curve and precision_recall_curve.
LabelledScores Textbook() {
  return {.classes = {"mass, left"},
          .ids = {"a", "b", "c", "d"},
          .labels = {{0, 0, 1, 1}},
          .scores = {{0.125, 0.375, 0.25, 0.75}},
          .images = 4};
}

CurveFiles FilesOf(const LabelledScores& scores) {
  const absl::StatusOr<CurveFiles> files =
      MakeCurveFiles(scores, spec::SCIKIT_LEARN);
  EXPECT_OK(files.status());
  return *files;
}

TEST(CurveFilesTest, PointsAreThoseOfScikitLearn) {
  const CurveFiles files = FilesOf(Textbook());
  EXPECT_EQ(files.roc,
            "class,threshold,false_positive_rate,true_positive_rate\n"
            "\"mass, left\",inf,0,0\n"
            "\"mass, left\",0.75,0,0.5\n"
            "\"mass, left\",0.375,0.5,0.5\n"
            "\"mass, left\",0.25,0.5,1\n"
            "\"mass, left\",0.125,1,1\n");
  EXPECT_EQ(files.precision_recall,
            "class,threshold,precision,recall\n"
            "\"mass, left\",0.125,0.5,1\n"
            "\"mass, left\",0.25,0.66666666666666663,1\n"
            "\"mass, left\",0.375,0.5,0.5\n"
            "\"mass, left\",0.75,1,0.5\n"
            "\"mass, left\",,1,0\n");
  EXPECT_THAT(files.notes, IsEmpty());
}

TEST(CurveFilesTest, ReliabilityHasBothKindsOfBins) {
  const std::string& text = FilesOf(Textbook()).reliability;
  EXPECT_THAT(text, HasSubstr("class,bins,lower,upper,count,positives,"
                              "mean_probability,positive_fraction\n"));
  // 0.125 lies in the second of fifteen bins.
  EXPECT_THAT(text, HasSubstr("equal_width,0.066666670143604279,"
                              "0.13333334028720856,1,0,0.125,0\n"));
  EXPECT_THAT(text, HasSubstr("equal_width,0,0.066666670143604279,0,0,,\n"));
  EXPECT_THAT(text, HasSubstr("equal_mass,0.125,0.14999999999999999,1,0,"
                              "0.125,0\n"));
}

TEST(CurveFilesTest, WhatIsNotThereIsNoted) {
  LabelledScores scores = Textbook();
  scores.outside = "scores.csv:3: found 2";
  EXPECT_EQ(FilesOf(scores).reliability, "");
  EXPECT_THAT(FilesOf(scores).notes,
              ElementsAre("no reliability.csv: scores are no probabilities"));
  scores = Textbook();
  scores.labels = {{0, 0, 0, 0}};
  EXPECT_EQ(FilesOf(scores).precision_recall,
            "class,threshold,precision,recall\n");
  EXPECT_THAT(FilesOf(scores).notes,
              ElementsAre("mass, left is not in roc.csv and pr.csv: its "
                          "labels are all 0"));
}

TEST(CurveFilesTest, AreWrittenIntoAFolderOfTheirOwn) {
  const TempDir dir;
  const std::string folder = dir.File("deep/curves/");
  const CurveFiles files = FilesOf(Textbook());
  ASSERT_OK(WriteCurveFiles(files, folder));
  EXPECT_THAT(*ListFolder(folder),
              ElementsAre("pr.csv", "reliability.csv", "roc.csv"));
  EXPECT_EQ(*ReadFile(dir.File("deep/curves/roc.csv")), files.roc);
  EXPECT_THAT(*ListFolder(dir.File("deep")), ElementsAre("curves"));
  EXPECT_THAT(WriteCurveFiles(files, folder),
              StatusIs(absl::StatusCode::kAlreadyExists,
                       HasSubstr("found a folder with contents (pr.csv)")));
}

TEST(CurveFilesTest, AnEmptyFolderIsTaken) {
  const TempDir dir;
  ASSERT_OK(CreateDirectory(dir.File("curves")));
  ASSERT_OK(CheckCurveFolder(dir.File("curves")));
  CurveFiles files = FilesOf(Textbook());
  files.reliability = "";
  ASSERT_OK(WriteCurveFiles(files, dir.File("curves")));
  EXPECT_THAT(*ListFolder(dir.File("curves")),
              ElementsAre("pr.csv", "roc.csv"));
}

TEST(CurveFilesTest, WhatCannotBeWrittenLeavesNothing) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("file"), ""));
  EXPECT_THAT(WriteCurveFiles(FilesOf(Textbook()), dir.File("file")),
              testing::Not(IsOk()));
  EXPECT_THAT(*ListFolder(dir.File("")), ElementsAre("file"));
}

}  // namespace
}  // namespace cxr
