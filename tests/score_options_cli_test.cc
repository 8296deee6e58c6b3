// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What a person may ask of cxr score classification beyond its defaults:
// generators, strata, equivalence, runs of several seeds, curves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/spec/score_report.pb.h"
#include "tests/program.h"
#include "tests/score_calls_testing.h"

namespace cxr::tests {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

constexpr double kTolerance = 1e-12;

// The calls of make_score_options.py.
std::map<std::string, std::string> Calls() {
  const std::string other = IrisFlags("iris_other.csv");
  return {
      {"plain", other},
      {"default_rng", other + "--generator=numpy_default_rng"},
      {"sklearn", other + "--generator=scikit_learn_resample --strata=setosa"},
      {"plots_in_strata", other + "--patient_column=plot --strata=setosa"},
      {"sensitivity", other + "--at_sensitivity=0.95"},
      {"margin", absl::StrCat(IrisFlags("iris_scores.csv"),
                              "--margin=0.1 --adjust=benjamini_hochberg "
                              "--compare=",
                              Table("iris_other.csv"))},
      {"runs", absl::StrCat("--labels=", Table("iris_labels.csv"),
                            " --scores=", Table("iris_other.csv"), ",",
                            Table("iris_scores.csv"))}};
}

// What a line of expected_options.csv speaks of.
struct Found {
  int matches = 0;
  double value = 0.0;
  spec::Interval interval = {};
};

Found FindRun(const spec::SeedValue& row, const std::string& part) {
  const double mean = row.mean().value();
  if (part == "runs") return {1, mean, row.mean_interval()};
  if (part == "prediction") return {1, mean, row.prediction()};
  if (part == "bootstrap") return {1, mean, row.mean().interval()};
  if (part == "deviation") return {1, row.standard_deviation()};
  return {1, part == "by_runs" ? row.run_standard_error()
                               : row.image_standard_error()};
}

Found FindIn(const spec::ScoreReport& report, const std::string& part,
             const std::string& metric, const std::string& target) {
  const auto is_it = [&](const auto& value) {
    return value.metric() == metric && value.target() == target;
  };
  Found found;
  for (const spec::MetricValue& value : report.values()) {
    // DeLong's are in expected.csv.
    if (part != "values" || !is_it(value) ||
        absl::StrContains(value.interval().kind(), "DeLong")) {
      continue;
    }
    found = {found.matches + 1, value.value(), value.interval()};
  }
  for (const spec::ScoreComparison& row : report.comparisons()) {
    if (!is_it(row) || row.test() != "paired bootstrap") continue;
    found = {found.matches + 1,
             part == "adjusted" ? row.adjusted_p() : row.equivalence().p()};
  }
  for (const spec::SeedValue& row : report.seeds()) {
    if (!is_it(row.mean())) continue;
    const int matches = found.matches + 1;
    found = FindRun(row, part);
    found.matches = matches;
  }
  return found;
}

void ExpectNear(double found, const std::string& cell) {
  if (cell.empty()) return;
  double expected = 0.0;
  ASSERT_TRUE(absl::SimpleAtod(cell, &expected)) << cell;
  if (found == expected) return;  // Infinite thresholds, too.
  EXPECT_NEAR(found, expected, kTolerance);
}

TEST(ScoreOptionsCliTest, ValuesEqualThoseOfScikitLearnAndScipy) {
  ASSERT_OK_AND_ASSIGN(const CsvTable expected,
                       CsvTable::Load(Table("expected_options.csv")));
  std::map<std::string, spec::ScoreReport> reports;
  for (const auto& [name, flags] : Calls()) {
    reports[name] = ReportOf(flags + " --resamples=200 --seed=3");
  }
  ASSERT_EQ(expected.rows().size(), 117u);
  for (const CsvTable::Row& row : expected.rows()) {
    const std::vector<std::string>& cells = row.cells;
    SCOPED_TRACE(absl::StrJoin(cells, ","));
    const Found found = FindIn(reports[cells[0]], cells[1], cells[2], cells[3]);
    ASSERT_EQ(found.matches, 1);
    ExpectNear(found.value, cells[4]);
    ExpectNear(found.interval.low(), cells[5]);
    ExpectNear(found.interval.high(), cells[6]);
    ExpectNear(found.interval.median(), cells[7]);
  }
}

// Every cell of a table of the program equals that of scikit-learn.
void ExpectCurve(const std::string& path, const std::string& golden) {
  ASSERT_OK_AND_ASSIGN(const CsvTable found, CsvTable::Load(path));
  ASSERT_OK_AND_ASSIGN(const CsvTable expected, CsvTable::Load(golden));
  EXPECT_EQ(found.header(), expected.header());
  ASSERT_EQ(found.rows().size(), expected.rows().size());
  for (size_t i = 0; i < found.rows().size(); ++i) {
    const std::vector<std::string>& cells = found.rows()[i].cells;
    SCOPED_TRACE(absl::StrJoin(cells, ","));
    EXPECT_EQ(cells[0], expected.rows()[i].cells[0]);
    for (size_t k = 1; k < cells.size(); ++k) {
      double number = 0.0;
      EXPECT_EQ(absl::SimpleAtod(cells[k], &number), !cells[k].empty());
      EXPECT_EQ(cells[k].empty(), expected.rows()[i].cells[k].empty());
      ExpectNear(number, expected.rows()[i].cells[k]);
    }
  }
}

TEST(ScoreOptionsCliTest, CurvesEqualThoseOfScikitLearn) {
  const TempDir dir;
  const std::string folder = dir.File("curves");
  const std::string words = absl::StrCat(IrisFlags("iris_other.csv"),
                                         "--resamples=2 --curves=", folder);
  ASSERT_EQ(Classify(words).exit_code, 0);
  ExpectCurve(folder + "/roc.csv", Table("iris_curves/roc.csv"));
  ExpectCurve(folder + "/pr.csv", Table("iris_curves/pr.csv"));
  // What is there is not written over.
  const ProgramResult again = Classify(words);
  EXPECT_NE(again.exit_code, 0);
  EXPECT_EQ(again.out, "");
  EXPECT_THAT(again.err, HasSubstr("found a folder with contents (pr.csv)"));
}

// The errors of "ece" are those of the bins that are plotted.
TEST(ScoreOptionsCliTest, ReliabilityIsWhatItsErrorsAreMadeOf) {
  const TempDir dir;
  const spec::ScoreReport report =
      ReportOf(absl::StrCat(IrisFlags("iris_other.csv"),
                            "--resamples=2 --curves=", dir.File("curves")));
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Load(dir.File("curves/reliability.csv")));
  std::map<std::string, double> errors;
  for (const CsvTable::Row& row : table.rows()) {
    double count = 0.0;
    double predicted = 0.0;
    double positive = 0.0;
    ASSERT_TRUE(absl::SimpleAtod(row.cells[4], &count));
    if (count == 0.0) continue;
    ASSERT_TRUE(absl::SimpleAtod(row.cells[6], &predicted));
    ASSERT_TRUE(absl::SimpleAtod(row.cells[7], &positive));
    errors[absl::StrCat(row.cells[0], " ", row.cells[1])] +=
        count * std::abs(positive - predicted) / 150.0;
  }
  ASSERT_EQ(errors.size(), 6u);
  for (const auto& [metric, bins] :
       {std::pair{"ece", "equal_width"}, {"ece_equal_mass", "equal_mass"}}) {
    for (const std::string target : {"setosa", "versicolor", "virginica"}) {
      EXPECT_NEAR(errors[absl::StrCat(target, " ", bins)],
                  FindIn(report, "values", metric, target).value, kTolerance);
    }
  }
}

TEST(ScoreOptionsCliTest, TextShowsMediansVerdictsAndRuns) {
  const std::map<std::string, std::string> calls = Calls();
  const std::string few = " --resamples=200 --seed=3";
  EXPECT_THAT(Classify(calls.at("plots_in_strata") + few).out,
              HasSubstr("200 resamples of patients in strata of setosa, seed "
                        "3, numpy RandomState\n"));
  EXPECT_THAT(Classify(calls.at("plain") + few).out, HasSubstr("| median |"));
  const std::string compared = Classify(calls.at("margin") + few).out;
  EXPECT_THAT(compared, HasSubstr("| not shown within 0.1 |"));
  EXPECT_THAT(compared, HasSubstr("adjusted p: by Benjamini-Hochberg"));
  const std::string runs = Classify(calls.at("runs") + few).out;
  EXPECT_THAT(runs, HasSubstr("\n## Mean of runs\n"));
  EXPECT_THAT(runs, HasSubstr("and of the 2 runs\n"));
  EXPECT_THAT(runs, HasSubstr("runs, in their order: "));
}

TEST(ScoreOptionsCliTest, APerfectRankingIsNoCertainty) {
  const spec::ScoreReport report =
      ReportOf(IrisFlags("iris_scores.csv") + "--resamples=20");
  const Found found = FindIn(report, "values", "auroc", "setosa");
  ASSERT_EQ(found.interval.low(), 1.0);
  EXPECT_THAT(report.notes(), Contains(HasSubstr("DeLong's variance is 0")));
}

TEST(ScoreOptionsCliTest, FlagsWithoutMeaningAreRefused) {
  const std::string iris = IrisFlags("iris_other.csv");
  const std::string runs = Calls().at("runs");
  for (const auto& [flags, error] : std::map<std::string, std::string>{
           {iris + "--adjust=holm",
            "--adjust means nothing to score "
            "classification without --compare"},
           {iris + "--margin=0.1", "--margin means nothing"},
           {iris + "--margin=none --compare=x", "--margin: found 'none'"},
           {iris + "--margin=-1 --compare=x",
            "--margin: found '-1', expected a number above 0"},
           {iris + "--margin=0.1 --compare=x --confidence=0.5",
            "--margin needs --confidence above 0.5"},
           {iris + "--adjust=best --compare=x", "--adjust: found 'best'"},
           {iris + "--generator=dice", "--generator: found 'dice'"},
           {iris + "--at_sensitivity=95",
            "--at_sensitivity: found '95', expected a number above 0 and at"},
           {iris + "--strata=id", "--strata: found 'id'"},
           {iris + "--strata=plot --patient_column=plot", "--strata: found"},
           {iris + "--strata=colour", "'colour'"},
           {iris + "--strata=bed", "bed: found '', expected a stratum"},
           {runs + " --compare=x",
            "--compare means nothing to score "
            "classification of several runs"},
           {runs + " --curves=x", "--curves means nothing"},
           {runs + " --groups=bed", "--groups means nothing"},
           {runs + " --interval=bca", "--interval means nothing"},
           {runs + "," + Table("iris_other.csv"), "expected each run once"}}) {
    const ProgramResult result = Classify(flags);
    EXPECT_NE(result.exit_code, 0) << flags;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1)
        << result.err;
    EXPECT_THAT(result.err, HasSubstr(error));
  }
}

}  // namespace
}  // namespace cxr::tests
