// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/score_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A table in a file of its own.
class TableFile {
 public:
  explicit TableFile(const std::string& text) : path_(dir_.File("t.csv")) {
    EXPECT_OK(WriteNewFile(path_, text));
  }
  const std::string& path() const { return path_; }

  // What `status` says behind the folder.
  std::string Said(const absl::Status& status) const {
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
    const std::string text(status.message());
    EXPECT_THAT(text, StartsWith(dir_.File("")));
    return text.substr(dir_.File("").size());
  }

 private:
  TempDir dir_;
  std::string path_;
};

std::string ErrorOfPredictions(const std::string& text,
                               ScoreType type = ScoreType::kDouble) {
  const TableFile table(text);
  return table.Said(ReadPredictions(table.path(), type).status());
}

const IdRows kPredictions = {.file = "s.csv",
                             .ids = {"b", "a"},
                             .lines = {2, 3},
                             .classes = {"edema", "mass"}};

std::string ErrorOfTruth(const std::string& text,
                         const std::vector<std::string>& columns = {}) {
  const TableFile table(text);
  return table.Said(ReadTruth(table.path(), kPredictions, columns).status());
}

TEST(ScoreCsvTest, PredictionsAreColumnsWithIdsAndLines) {
  const TableFile table("mass,id,edema\n0.5,b,-1e3\n\n1,a,0\n");
  ASSERT_OK_AND_ASSIGN(const PredictionTable read,
                       ReadPredictions(table.path(), ScoreType::kDouble));
  EXPECT_THAT(read.rows.classes, ElementsAre("mass", "edema"));
  EXPECT_THAT(read.rows.ids, ElementsAre("b", "a"));
  EXPECT_THAT(read.rows.lines, ElementsAre(2, 4));
  EXPECT_THAT(read.scores,
              ElementsAre(ElementsAre(0.5, 1.0), ElementsAre(-1e3, 0.0)));
  EXPECT_THAT(read.outside, HasSubstr("t.csv:2: edema: found -1e3"));
}

TEST(ScoreCsvTest, NothingIsOutsideOfProbabilities) {
  const TableFile table("id,edema\nb,0\na,1\n");
  ASSERT_OK_AND_ASSIGN(const PredictionTable read,
                       ReadPredictions(table.path(), ScoreType::kFloat));
  EXPECT_EQ(read.outside, "");
}

TEST(ScoreCsvTest, PredictionsNeedAnIdAndNamedClasses) {
  EXPECT_THAT(ErrorOfPredictions("image,edema\na,0\n"), HasSubstr("'id'"));
  EXPECT_EQ(ErrorOfPredictions("id\na\n"),
            "t.csv:1: found no column but id, expected one a class");
  EXPECT_EQ(ErrorOfPredictions("id,edema,\na,0,0\n"),
            "t.csv:1: column 3 has no name, expected that of a class");
  EXPECT_EQ(ErrorOfPredictions("id,edema\n"),
            "t.csv: found no rows, expected one an image");
}

TEST(ScoreCsvTest, AClassIsNotCalledAsAMeanIs) {
  for (const std::string name : {"macro", "micro", "weighted"}) {
    EXPECT_EQ(ErrorOfPredictions("id," + name + "\na,1\n"),
              "t.csv:1: column 2: found '" + name +
                  "', which a report calls a mean, expected the name of a "
                  "class");
  }
}

TEST(ScoreCsvTest, TextThatIsNotUtf8IsNamed) {
  EXPECT_EQ(ErrorOfPredictions("id,m\xFCll\na,1\n"),
            "t.csv:1: column 2: found 'm\\xfcll', expected text in UTF-8");
  EXPECT_EQ(ErrorOfPredictions("id,mass\na,1\n\xFC,1\n"),
            "t.csv:3: id: found '\\xfc', expected text in UTF-8");
  // Cut off, longer than needed, half a pair, beyond the last letter, a second
  // byte alone, no lead.
  for (const std::string text :
       {"\xE2\x82", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80",
        "\xF4\x90\x80\x80", "\xF0\x8F\xBF\xBF", "\x80", "\xFF"}) {
    EXPECT_THAT(
        ErrorOfTruth("id,edema,mass,sex\na,1,0," + text + "\n", {"sex"}),
        StartsWith("t.csv:2: sex: found '\\x"));
  }
  const std::string letters =
      "\xC3\xA9 \xE2\x82\xAC \xED\x9F\xBF \xF0\x9F\xAB\x81 "
      "\xF4\x8F\xBF\xBF";
  const TableFile table("id,edema,mass,sex\na,1,0," + letters + "\n");
  ASSERT_OK_AND_ASSIGN(const TruthTable truth,
                       ReadTruth(table.path(), kPredictions, {{"sex"}}));
  EXPECT_THAT(truth.texts, ElementsAre(ElementsAre(letters)));
}

TEST(ScoreCsvTest, IdsAreThereAndDifferent) {
  EXPECT_EQ(ErrorOfPredictions("id,edema\n,0\n"),
            "t.csv:2: id: found '', expected a name of the image");
  EXPECT_EQ(ErrorOfPredictions("id,edema\na,0\nb,0\na,1\n"),
            "t.csv:4: id: found 'a', expected another than on line 2");
}

TEST(ScoreCsvTest, ScoresAreNumbersInTheRangeOfTheirType) {
  for (const std::string cell : {"", "x", "nan", "-inf", "1e999"}) {
    EXPECT_EQ(ErrorOfPredictions("id,edema\na," + cell + "\n"),
              "t.csv:2: edema: found '" + cell + "', expected a finite number");
  }
  EXPECT_THAT(ErrorOfPredictions("id,edema\na,-4e38\n", ScoreType::kFloat),
              HasSubstr("range of float32"));
}

TEST(ScoreCsvTest, TruthIsReadInTheOrderOfPredictedClasses) {
  const TableFile table("id,mass,edema,sex,age\na,1,0,F,70\nb,0.0,1.0,,x\n");
  ASSERT_OK_AND_ASSIGN(const TruthTable read,
                       ReadTruth(table.path(), kPredictions, {"sex"}));
  EXPECT_THAT(read.rows.ids, ElementsAre("a", "b"));
  EXPECT_THAT(read.rows.classes, ElementsAre("edema", "mass"));
  EXPECT_THAT(read.labels, ElementsAre(ElementsAre(0, 1), ElementsAre(1, 0)));
  EXPECT_THAT(read.texts, ElementsAre(ElementsAre("F", "")));
  EXPECT_THAT(read.unused, ElementsAre("age"));
}

TEST(ScoreCsvTest, LabelsAreZeroOrOne) {
  for (const std::string cell : {"", "2", "-1", "0.5", "nan"}) {
    EXPECT_EQ(ErrorOfTruth("id,edema,mass\na,1,1\nb,1," + cell + "\n"),
              "t.csv:3: mass: found '" + cell + "', expected 0 or 1");
  }
}

TEST(ScoreCsvTest, TruthHasThePredictedClassesAndNoOther) {
  EXPECT_EQ(ErrorOfTruth("id,mass\na,1\n"),
            "t.csv:1: found no column 'edema', expected all classes of s.csv; "
            "columns: id, mass");
  EXPECT_THAT(ErrorOfTruth("id,edema,mass\na,1,0\n", {"sex"}),
              HasSubstr("'sex'"));
  const TableFile table("id,edema,mass,nodule\na,1,0,0\nb,1,0,1\n");
  EXPECT_THAT(ReadTruth(table.path(), kPredictions, {}),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("s.csv:1: found no column 'nodule'")));
  EXPECT_OK(ReadTruth(table.path(), kPredictions, {"nodule"}).status());
}

TEST(ScoreCsvTest, RowsAreMatchedByTheirIds) {
  const IdRows others = {.file = "l.csv",
                         .ids = {"a", "b"},
                         .lines = {2, 7},
                         .classes = {"edema"}};
  ASSERT_OK_AND_ASSIGN(const std::vector<int64_t> matched,
                       MatchIds(kPredictions, others));
  EXPECT_THAT(matched, ElementsAre(1, 0));
}

TEST(ScoreCsvTest, AnIdOfOneTableOnlyIsNamed) {
  const IdRows one = {
      .file = "l.csv", .ids = {"b"}, .lines = {2}, .classes = {"edema"}};
  EXPECT_THAT(
      MatchIds(kPredictions, one),
      StatusIs(absl::StatusCode::kDataLoss,
               "s.csv:3: id: found 'a', expected ids of l.csv only, where "
               "1 of 2 are not"));
  EXPECT_THAT(
      MatchIds(one, kPredictions),
      StatusIs(absl::StatusCode::kDataLoss,
               "s.csv:3: id: found 'a', expected ids of l.csv only, where "
               "1 of 2 are not"));
}

TEST(ScoreCsvTest, TextsNeedNoClasses) {
  const TableFile table("id,sex,age,patient\nb,F,1,p\na,,0,q\n");
  const std::vector<std::string> columns = {"patient", "sex"};
  ASSERT_OK_AND_ASSIGN(const TruthTable read, ReadTexts(table.path(), columns));
  EXPECT_THAT(read.rows.ids, ElementsAre("b", "a"));
  EXPECT_THAT(read.rows.lines, ElementsAre(2, 3));
  EXPECT_THAT(read.texts,
              ElementsAre(ElementsAre("p", "q"), ElementsAre("F", "")));
  EXPECT_THAT(read.unused, ElementsAre("age"));
  const std::vector<std::string> unknown = {"site"};
  EXPECT_THAT(table.Said(ReadTexts(table.path(), unknown).status()),
              HasSubstr("site"));
}

}  // namespace
}  // namespace cxr
