// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Scores of a person's own tables as he meets them: cxr score classification.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/spec/score_report.pb.h"
#include "tests/program.h"
#include "tests/score_calls_testing.h"

namespace cxr::tests {
namespace {

using ::testing::HasSubstr;

// The calls of make_score_tables.py.
std::map<std::string, std::string> Calls() {
  const std::string iris = IrisFlags("iris_other.csv");
  const std::string cancer =
      absl::StrCat("--labels=", Table("cancer_labels.csv"),
                   " --scores=", Table("cancer_logits.csv"));
  return {{"iris", iris},
          {"iris_plots", iris + "--patient_column=plot"},
          {"iris_max", iris + "--patient_column=plot --level=patient_max"},
          {"iris_compare", absl::StrCat(IrisFlags("iris_scores.csv"),
                                        "--compare=", Table("iris_other.csv"))},
          {"iris_groups", iris + "--groups=bed"},
          {"cancer_logits", cancer},
          {"cancer_sigmoid", cancer + " --profile=cxformer_finetune"},
          {"digits", absl::StrCat("--labels=", Table("digits_labels.csv"),
                                  " --scores=", Table("digits_scores.csv"))}};
}

// What a line of expected.csv speaks of, found in a report.
struct Found {
  int matches = 0;
  double value = 0.0;
  spec::Interval interval = {};
  double p = 0.0;
};

// `name` is the kind of an interval, a test or a group.
Found FindIn(const spec::ScoreReport& report, const std::string& part,
             const std::string& metric, const std::string& target,
             const std::string& name) {
  Found found;
  if (part == "values") {
    for (const spec::MetricValue& value : report.values()) {
      if (value.metric() != metric || value.target() != target ||
          !absl::StrContains(value.interval().kind(), name)) {
        continue;
      }
      found = {found.matches + 1, value.value(), value.interval()};
    }
  } else if (part == "comparisons") {
    for (const spec::ScoreComparison& row : report.comparisons()) {
      if (row.metric() != metric || row.target() != target ||
          row.test() != name) {
        continue;
      }
      found = {found.matches + 1, row.difference(), row.interval(), row.p()};
    }
  } else {
    for (const spec::GroupValue& group : report.groups()) {
      const spec::MetricValue& value = group.value();
      if (value.metric() != metric || value.target() != target ||
          group.group() != name) {
        continue;
      }
      const bool within = part == "groups";
      found = {found.matches + 1, within ? value.value() : group.difference(),
               within ? value.interval() : group.difference_interval()};
    }
  }
  return found;
}

void ExpectNear(double found, const std::string& cell, double tolerance) {
  if (cell.empty()) return;
  double expected = 0.0;
  ASSERT_TRUE(absl::SimpleAtod(cell, &expected)) << cell;
  if (found == expected) return;  // Infinite thresholds, too.
  EXPECT_NEAR(found, expected, tolerance);
}

TEST(ScoreCliTest, ValuesEqualThoseOfScikitLearn) {
  ASSERT_OK_AND_ASSIGN(const CsvTable expected,
                       CsvTable::Load(Table("expected.csv")));
  std::map<std::string, spec::ScoreReport> reports;
  for (const auto& [name, flags] : Calls()) {
    reports[name] = ReportOf(flags + " --resamples=200 --seed=3");
  }
  ASSERT_EQ(expected.rows().size(), 292u);
  for (const CsvTable::Row& row : expected.rows()) {
    const std::vector<std::string>& cells = row.cells;
    SCOPED_TRACE(absl::StrJoin(cells, ","));
    const Found found =
        FindIn(reports[cells[0]], cells[1], cells[2], cells[3], cells[4]);
    ASSERT_EQ(found.matches, 1);
    // numpy's float32 sigmoid is not torch's to the last bit.
    const bool float32 =
        cells[0] == "cancer_sigmoid" && !absl::StartsWith(cells[2], "au");
    const double tolerance = float32 ? 1e-6 : 1e-12;
    ExpectNear(found.value, cells[5], tolerance);
    ExpectNear(found.interval.low(), cells[6], tolerance);
    ExpectNear(found.interval.high(), cells[7], tolerance);
    ExpectNear(found.p, cells[8], tolerance);
  }
}

TEST(ScoreCliTest, EveryValueHasItsCountsAndItsProfile) {
  const spec::ScoreReport report =
      ReportOf(IrisFlags("iris_scores.csv") +
               "--patient_column=plot --resamples=20 --profile=torchmetrics");
  EXPECT_EQ(report.task(), "classification");
  for (const spec::MetricValue& value : report.values()) {
    EXPECT_EQ(value.images(), 150);
    EXPECT_EQ(value.patients(), 75);
    EXPECT_EQ(value.profile(), "TORCHMETRICS");
    EXPECT_TRUE(value.positives() == 50 || value.positives() == 150);
    EXPECT_THAT(value.interval().kind(),
                testing::Not(HasSubstr("resamples of images")));
  }
}

TEST(ScoreCliTest, TextShowsTheSameAsATable) {
  const ProgramResult result =
      Classify(IrisFlags("iris_other.csv") +
               absl::StrCat("--groups=bed --resamples=200 --seed=3 --compare=",
                            Table("iris_scores.csv")));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(
      result.out,
      HasSubstr(
          "| auroc                          | versicolor |   0.8714 | "
          "[0.8036, 0.9232] a  | 0.8732 | 150 |        50 | SCIKIT_LEARN |\n"));
  EXPECT_THAT(result.out,
              HasSubstr("\n- a: 95 % percentile bootstrap, 200 resamples of "
                        "images, seed 3, numpy RandomState\n"));
  EXPECT_THAT(result.out, HasSubstr("\n## Groups\n"));
  EXPECT_THAT(result.out, HasSubstr("\n## Comparisons\n"));
  EXPECT_THAT(result.out, HasSubstr("| paired permutation |"));
  EXPECT_THAT(result.out, HasSubstr("rows, left out of all groups"));
}

// The rows of a table in another order.
std::string Reversed(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  lines.pop_back();
  std::reverse(lines.begin() + 1, lines.end());
  return absl::StrJoin(lines, "\n");
}

TEST(ScoreCliTest, ThreadsAndTheOrderOfRowsChangeNothing) {
  const TempDir dir;
  const std::string labels = dir.File("labels.csv");
  const std::string scores = dir.File("scores.csv");
  Overwrite(labels, Reversed(Contents(Table("iris_labels.csv"))));
  Overwrite(scores, Reversed(Contents(Table("iris_other.csv"))));
  const std::string flags = absl::StrCat(
      " --compare=", Table("iris_scores.csv"),
      " --patient_column=plot --groups=bed --resamples=100 --format=json");
  const std::string first =
      Classify(absl::StrCat(IrisFlags("iris_other.csv"), flags, " --threads=1"))
          .out;
  EXPECT_THAT(first, HasSubstr("paired permutation"));
  EXPECT_EQ(Classify(absl::StrCat("--labels=", labels, " --scores=", scores,
                                  flags, " --threads=3"))
                .out,
            first);
}

// A truth of three rows and scores for them.
struct TinyTables {
  std::string labels = "id,edema,who\na,1,x\nb,0,y\nc,1,y\n";
  std::string scores = "id,edema\na,0.5\nb,0.25\nc,0.75\n";
  std::string flags = "";
};

// What the program says of them, without the folder of the files.
std::string ErrorOf(const TinyTables& tables) {
  const TempDir dir;
  Overwrite(dir.File("labels.csv"), tables.labels);
  Overwrite(dir.File("scores.csv"), tables.scores);
  const ProgramResult result = Classify(absl::StrCat(
      "--labels=", dir.File("labels.csv"), " --scores=", dir.File("scores.csv"),
      " --resamples=10 ", tables.flags));
  EXPECT_NE(result.exit_code, 0);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1)
      << result.err;
  return absl::StrJoin(absl::StrSplit(result.err, dir.File("")), "");
}

TEST(ScoreCliTest, BadLabelsAreNamedWithTheirLine) {
  EXPECT_EQ(ErrorOf({.labels = "id,edema\na,1\nb,2\nc,1\n"}),
            "cxr: error: labels.csv:3: edema: found '2', expected 0 or 1\n");
  EXPECT_EQ(ErrorOf({.labels = "id,edema\na,1\nb,\nc,1\n"}),
            "cxr: error: labels.csv:3: edema: found '', expected 0 or 1\n");
  EXPECT_EQ(ErrorOf({.labels = "id,edema\na,1\nb,0\na,1\n"}),
            "cxr: error: labels.csv:4: id: found 'a', expected another than "
            "on line 2\n");
  EXPECT_EQ(ErrorOf({.labels = "id,edema\n"}),
            "cxr: error: labels.csv: found no rows, expected one an image\n");
}

TEST(ScoreCliTest, BadScoresAreNamedWithTheirLine) {
  for (const std::string cell : {"nan", "inf", "", "high"}) {
    EXPECT_EQ(ErrorOf({.scores = absl::StrCat("id,edema\na,0.5\nb,", cell,
                                              "\nc,0.75\n")}),
              absl::StrCat("cxr: error: scores.csv:3: edema: found '", cell,
                           "', expected a finite number\n"));
  }
  EXPECT_EQ(ErrorOf({.scores = "id,edema\na,0.5\nb,1e39\nc,0.75\n",
                     .flags = "--profile=cxformer_finetune"}),
            "cxr: error: scores.csv:3: edema: found '1e39', expected a number "
            "in the range of float32\n");
}

TEST(ScoreCliTest, RowsAndClassesOfTablesMustMatch) {
  EXPECT_EQ(ErrorOf({.scores = "id,edema\na,0.5\nb,0.25\n"}),
            "cxr: error: labels.csv:4: id: found 'c', expected ids of "
            "scores.csv only, where 1 of 3 are not\n");
  EXPECT_EQ(ErrorOf({.scores = "id,edema\na,0.5\nb,1\nd,0\nc,1\n"}),
            "cxr: error: scores.csv:4: id: found 'd', expected ids of "
            "labels.csv only, where 1 of 4 are not\n");
  EXPECT_THAT(ErrorOf({.scores = "id,edema,mass\na,0,0\nb,1,0\nc,1,1\n"}),
              HasSubstr("labels.csv:1: found no column 'mass', expected all "
                        "classes of scores.csv"));
  EXPECT_THAT(ErrorOf({.labels = "id,edema,mass\na,1,0\nb,0,0\nc,1,1\n"}),
              HasSubstr("scores.csv:1: found no column 'mass', expected all "
                        "classes of labels.csv"));
}

TEST(ScoreCliTest, BadFlagsAreNamed) {
  EXPECT_THAT(ErrorOf({.flags = "--profile=best"}),
              HasSubstr("--profile: found 'best', expected scikit_learn"));
  EXPECT_THAT(ErrorOf({.flags = "--level=patient_max"}),
              HasSubstr("needs --patient_column"));
  EXPECT_THAT(ErrorOf({.flags = "--groups=age"}), HasSubstr("'age'"));
  EXPECT_THAT(ErrorOf({.flags = "--groups=who,who"}),
              HasSubstr("--groups: found 'who', expected each column once"));
  EXPECT_THAT(ErrorOf({.flags = "--groups=id"}),
              HasSubstr("--groups: found 'id', expected a column that groups"));
  EXPECT_THAT(ErrorOf({.flags = "--confidence=95"}), HasSubstr("95"));
  EXPECT_THAT(ErrorOf({.flags = "--truth=x"}),
              HasSubstr("means nothing to score classification"));
  EXPECT_THAT(ErrorOf({.flags = "--patient_column=who --level=patient_max"}),
              HasSubstr("labels.csv:4: edema: found '1', expected '0' as on "
                        "line 3 for patient 'y'"));
}

TEST(ScoreCliTest, ScoresOutsideOfProbabilitiesAreRankedAndNoted) {
  const TempDir dir;
  Overwrite(dir.File("labels.csv"), "id,edema\na,1\nb,0\nc,1\nd,0\n");
  Overwrite(dir.File("scores.csv"), "id,edema\na,0.5\nb,-2\nc,0.75\nd,0.6\n");
  const spec::ScoreReport report = ReportOf(
      absl::StrCat("--labels=", dir.File("labels.csv"),
                   " --scores=", dir.File("scores.csv"), " --resamples=10"));
  EXPECT_EQ(report.values(0).metric(), "auroc");
  EXPECT_EQ(report.values(0).value(), 0.75);
  for (const spec::MetricValue& value : report.values()) {
    EXPECT_NE(value.metric(), "brier");
  }
  EXPECT_THAT(report.notes(0),
              HasSubstr("scores.csv:3: edema: found -2, expected 0 to 1"));
}

}  // namespace
}  // namespace cxr::tests
