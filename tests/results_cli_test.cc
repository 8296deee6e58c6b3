// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What a person looks at once something was run: groups, other people's
// systems, pictures, predictions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// The run that fills the first line of S: that of kRun by another name.
constexpr absl::string_view kFirst =
    "ablate_weights/size=s/weights=continued/set=nih_cxr8/seed=7479";
constexpr char kRun[] = "run classify_nih_cxr8_s --rung=smoke";
constexpr char kRender[] = "render table_classification --rung=smoke";
constexpr char kImport[] =
    "import table_classification --rung=smoke --row=mine --column=nih-cxr8";

// What `place` ran predicted, as lines.
std::vector<std::string> PredictionLines(const Workplace& place) {
  for (const auto& file :
       fs::recursive_directory_iterator(place.store() + "/stages/predict")) {
    if (file.path().filename() == "predictions.csv") {
      return absl::StrSplit(Contents(file.path()), '\n', absl::SkipEmpty());
    }
  }
  ADD_FAILURE() << "no predictions";
  return {};
}

// The columns of a line of predictions from `first` on, every second, behind
// its id.
std::string Every2nd(const std::string& line, size_t first) {
  const std::vector<std::string> cells = absl::StrSplit(line, ',');
  std::vector<std::string> kept = {cells[0]};
  for (size_t i = first; i < cells.size(); i += 2) kept.push_back(cells[i]);
  return absl::StrJoin(kept, ",");
}

// The predictions as another system's table: its classes in another order, and
// the images, too.
void WriteScores(const Workplace& place, const std::string& path) {
  std::vector<std::string> lines = PredictionLines(place);
  std::string text =
      absl::StrReplaceAll(Every2nd(lines[0], 3), {{" logit", ""}}) + "\n";
  for (size_t i = lines.size() - 1; i > 0; --i) {
    absl::StrAppend(&text, Every2nd(lines[i], 3), "\n");
  }
  Overwrite(path, text);
}

void WriteLabels(const Workplace& place, const std::string& path) {
  std::string text;
  for (const std::string& line : PredictionLines(place)) {
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    absl::StrAppend(&text, Every2nd(line, 2), ",", cells[1], "\n");
  }
  Overwrite(path, absl::StrReplaceAll(text, {{" label", ""}}));
}

// The NIH-CXR8 cell, without its footnote, of the row that begins so.
std::string NihCell(const std::string& table, const std::string& row) {
  for (const absl::string_view line : absl::StrSplit(table, '\n')) {
    if (!absl::StartsWith(line, absl::StrCat("| ", row))) continue;
    const std::vector<std::string> cells = absl::StrSplit(line, '|');
    return cells[4].substr(0, cells[4].find(" ("));
  }
  ADD_FAILURE() << "no row " << row << " in:\n" << table;
  return "";
}

TEST(ResultsCliTest, AnExperimentTellsWhomItServesWorse) {
  const Workplace place;
  const ProgramResult result = place.Run(kRun);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(
      result.out,
      AllOf(HasSubstr("## AUROC % by sex"), HasSubstr("## AUROC % by age"),
            HasSubstr("## AUROC % by view"), HasSubstr("40-59"),
            Not(HasSubstr("by support devices"))));
}

// The same scores have the same value and interval, whoever brings them.
TEST(ResultsCliTest, AnImportedSystemIsScoredAsOurs) {
  const Workplace place;
  ASSERT_EQ(place.Run(kRun).exit_code, 0);
  const std::string scores = place.File("s.csv");
  WriteScores(place, scores);
  const ProgramResult imported =
      place.Run(absl::StrCat(kImport, " --scores=", scores));
  ASSERT_EQ(imported.exit_code, 0) << imported.err;
  EXPECT_THAT(imported.out, HasSubstr("mine, NIH-CXR8: macro auroc "));
  EXPECT_THAT(imported.err,
              HasSubstr(absl::StrCat("scored as ", kFirst,
                                     "; shown by: cxr render "
                                     "table_classification --rung=smoke")));
  const std::string table = place.Run(kRender).out;
  EXPECT_EQ(NihCell(table, "mine, imported"),
            NihCell(table, "smoke, continued"));
  EXPECT_THAT(table, AllOf(HasSubstr("NIH-CXR8 imported from s.csv, sha256 "),
                           HasSubstr(absl::StrCat("images and labels of ",
                                                  kFirst, ", predictions "))));
  EXPECT_THAT(place.Run("render table_classification --rung=demo").out,
              Not(HasSubstr("mine")));
}

TEST(ResultsCliTest, TruthMayBeATableOfOnesOwn) {
  const Workplace place;
  ASSERT_EQ(place.Run(kRun).exit_code, 0);
  const std::string scores = place.File("s.csv");
  WriteScores(place, scores);
  const std::string labels = place.File("l.csv");
  WriteLabels(place, labels);
  const std::string import =
      absl::StrCat(kImport, " --scores=", scores, " --labels=", labels);
  EXPECT_THAT(place.Run(import).err, HasSubstr("--labels needs "
                                               "--patient_column"));
  const ProgramResult imported =
      place.Run(absl::StrCat(import, " --patient_column=patient"));
  ASSERT_EQ(imported.exit_code, 0) << imported.err;
  const std::string table = place.Run(kRender).out;
  EXPECT_EQ(NihCell(table, "mine, imported"),
            NihCell(table, "smoke, continued"));
  EXPECT_THAT(table, HasSubstr("images and labels of l.csv, sha256 "));
}

TEST(ResultsCliTest, AnImportedRowStaysUntilItIsRemoved) {
  const Workplace place;
  ASSERT_EQ(place.Run(kRun).exit_code, 0);
  const std::string scores = place.File("s.csv");
  WriteScores(place, scores);
  const std::string import = absl::StrCat(kImport, " --scores=", scores);
  ASSERT_EQ(place.Run(import).exit_code, 0);
  const ProgramResult again = place.Run(import);
  EXPECT_NE(again.exit_code, 0);
  EXPECT_THAT(again.err, HasSubstr("mine, NIH-CXR8: was imported before; "
                                   "--overwrite replaces it"));
  EXPECT_EQ(place.Run(absl::StrCat(import, " --overwrite")).exit_code, 0);
  ASSERT_EQ(place.Run("gc").exit_code, 0);
  EXPECT_THAT(place.Run(kRender).out, HasSubstr("| mine, imported"));
  const ProgramResult removed = place.Run(absl::StrCat(kImport, " --remove"));
  EXPECT_EQ(removed.exit_code, 0);
  EXPECT_THAT(removed.err, HasSubstr("removed mine, NIH-CXR8"));
  EXPECT_THAT(place.Run(kRender).out, Not(HasSubstr("mine")));
  EXPECT_THAT(place.Run(absl::StrCat(kImport, " --remove")).err,
              HasSubstr("nothing imported is 'mine' in NIH-CXR8"));
}

TEST(ResultsCliTest, AnImportThatDoesNotFitSaysWhy) {
  const Workplace place;
  const std::string scores = place.File("s.csv");
  Overwrite(scores, "id,Mass\na.png,0.5\n");
  const std::string import = absl::StrCat(kImport, " --scores=", scores);
  EXPECT_THAT(place.Run(import).err,
              HasSubstr(absl::StrCat(kFirst,
                                     ": its images and labels are the truth, "
                                     "and it was not run at rung smoke")));
  ASSERT_EQ(place.Run(kRun).exit_code, 0);
  EXPECT_THAT(place.Run(import).err,
              HasSubstr("s.csv:1: found no column 'Atelectasis'"));
  WriteScores(place, scores);
  const std::string all = Contents(scores);
  Overwrite(scores, all.substr(0, all.rfind('\n', all.size() - 2) + 1));
  const ProgramResult fewer = place.Run(import);
  EXPECT_THAT(fewer.err,
              AllOf(HasSubstr(absl::StrCat("predictions.csv of ", kFirst,
                                           ":2: id: found ")),
                    HasSubstr(" where 1 of ")));
  Overwrite(scores, absl::StrReplaceAll(all, {{".png,", ".png,x"}}));
  EXPECT_THAT(place.Run(import).err, HasSubstr("s.csv:2: Atelectasis: found "));
  EXPECT_THAT(
      place.Run("import table_classification --row=mine --column=Avg.").err,
      HasSubstr("--column: no column 'Avg.'"));
  EXPECT_THAT(place.Run("import table_datasets --row=mine --column=x").err,
              HasSubstr("this table computes no column"));
  EXPECT_THAT(place.Run(kRender).out, Not(HasSubstr("mine")));
}

TEST(ResultsCliTest, PicturesAreAPageWithSheetsOfMistakes) {
  const Workplace place;
  const std::string pictures = absl::StrCat(
      "pictures classify_nih_cxr8_pixels --rung=smoke --count=3 "
      "--out=",
      place.File("page"));
  EXPECT_THAT(place.Run(pictures).err,
              HasSubstr("nothing was run at rung smoke; first: cxr run "
                        "classify_nih_cxr8_pixels"));
  ASSERT_EQ(place.Run("run classify_nih_cxr8_pixels --rung=smoke").exit_code,
            0);
  const ProgramResult result = place.Run(pictures);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, place.File("page/index.html\n"));
  const std::string page = Contents(place.File("page/index.html"));
  EXPECT_THAT(page, AllOf(HasSubstr(">Effusion</h2>"), HasSubstr("<svg "),
                          HasSubstr("src=\"Effusion_false_alarms.png\"")));
  for (const char* kind : {"false_alarms", "misses"}) {
    EXPECT_TRUE(absl::StartsWith(
        Contents(place.File(absl::StrCat("page/Effusion_", kind, ".png"))),
        "\x89PNG"));
  }
  EXPECT_THAT(place.Run("pictures classify_nih_cxr8_pixels --rung=smoke").err,
              HasSubstr("expected --out=DIR"));
}

TEST(ResultsCliTest, PicturesOfATableAreAPageAnExperiment) {
  const Workplace place;
  ASSERT_EQ(place.Run(kRun).exit_code, 0);
  const ProgramResult result = place.Run(absl::StrCat(
      "pictures table_classification --rung=smoke --count=1 --out=",
      place.File("page")));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("cxr: left out: classify_rsna_pixels: "));
  EXPECT_THAT(Contents(place.File("page/index.html")),
              AllOf(HasSubstr(absl::StrCat("href=\"", kFirst, "/index.html\"")),
                    Not(HasSubstr("rsna"))));
  EXPECT_TRUE(
      fs::exists(place.File(absl::StrCat("page/", kFirst, "/index.html"))));
}

// The value of the macro AUROC as `text`, a record or a report as JSON, writes
// it behind `key`.
double MacroAuroc(absl::string_view text, absl::string_view metric,
                  absl::string_view key) {
  const size_t at = text.find(metric);
  const size_t begin = text.find(key, at) + key.size();
  double value = std::nan("");
  EXPECT_TRUE(
      at != text.npos &&
      absl::SimpleAtod(
          text.substr(begin, text.find_first_of(",\n", begin) - begin), &value))
      << text;
  return value;
}

TEST(ResultsCliTest, PredictionsScoreAsTheRecordOfTheirExperiment) {
  const Workplace place;
  const std::string predictions = absl::StrCat(
      "predictions classify_nih_cxr8_sex_pixels --rung=smoke --out=",
      place.File("p"));
  const ProgramResult nothing = place.Run(predictions);
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_THAT(nothing.err,
              HasSubstr("nothing was run at rung smoke; first: cxr run "
                        "classify_nih_cxr8_sex_pixels --rung=smoke"));
  EXPECT_FALSE(fs::exists(place.File("p")));
  ASSERT_EQ(
      place.Run("run classify_nih_cxr8_sex_pixels --rung=smoke").exit_code, 0);
  const ProgramResult written = place.Run(predictions);
  ASSERT_EQ(written.exit_code, 0) << written.err;
  const std::string truth = place.File("p/truth.csv");
  const std::string scores = place.File("p/scores.csv");
  EXPECT_EQ(written.out, absl::StrCat(truth, "\n", scores, "\n"));
  const ProgramResult scored = RunApart(absl::StrCat(
      "tools/cxr score classification --format=json --resamples=20 --labels=",
      truth, " --scores=", scores, " --patient_column=patient"));
  ASSERT_EQ(scored.exit_code, 0) << scored.err;
  std::string record;
  for (const auto& file :
       fs::recursive_directory_iterator(place.store() + "/stages/score")) {
    if (file.path().filename() == "record.textproto") {
      record = Contents(file.path());
    }
  }
  EXPECT_EQ(
      MacroAuroc(scored.out, "\"metric\": \"auroc\",\n   \"target\": \"macro\"",
                 "\"value\": "),
      MacroAuroc(record, "metric: \"auroc\"\n  target: \"macro\"", "value: "));
}

TEST(ResultsCliTest, PredictionsOfSeedsAreATableEach) {
  const Workplace place;
  constexpr absl::string_view kCell =
      "ablate_weights/size=s/weights=random/set=nih_cxr8";
  const std::string predictions = absl::StrCat(
      "predictions ", kCell, " --rung=smoke --out=", place.File("p"));
  const std::string run = absl::StrCat("run ", kCell, " --rung=smoke");
  ASSERT_EQ(
      place.Run(absl::StrReplaceAll(run, {{"cxr8", "cxr8/seed=1"}})).exit_code,
      0);
  const ProgramResult one = place.Run(predictions);
  EXPECT_EQ(one.exit_code, 0);
  EXPECT_THAT(
      one.err,
      AllOf(HasSubstr(absl::StrCat("left out: ", kCell, "/seed=7479: not run")),
            HasSubstr("/seed=2: not run"), Not(HasSubstr("/seed=1: "))));
  EXPECT_EQ(one.out, absl::StrCat(place.File("p/truth.csv"), "\n",
                                  place.File("p/scores.1.csv"), "\n"));
  ASSERT_EQ(place.Run(run).exit_code, 0);
  const ProgramResult all = place.Run(predictions);
  EXPECT_EQ(all.err, "");
  const std::string second = place.File("p/scores.2.csv");
  EXPECT_NE(Contents(second), Contents(place.File("p/scores.7479.csv")));
  const ProgramResult compared = RunApart(absl::StrCat(
      "tools/cxr score classification --resamples=20 --labels=",
      place.File("p/truth.csv"), " --scores=", second, " --compare=",
      place.File("p/scores.1.csv"), " --patient_column=patient"));
  EXPECT_EQ(compared.exit_code, 0) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("paired bootstrap"));
}

TEST(ResultsCliTest, PredictionsAreOfOneExperiment) {
  const Workplace place;
  const std::string out = absl::StrCat(" --out=", place.File("p"));
  EXPECT_THAT(place.Run("predictions ablate_weights" + out).err,
              HasSubstr("'ablate_weights' is a study, expected one experiment, "
                        "or the cell of a study with or without its seed, like "
                        "ablate_weights/size=s/"));
  EXPECT_THAT(place.Run("predictions table_nih_cxr8" + out).err,
              HasSubstr("'table_nih_cxr8' is a table, expected one"));
  EXPECT_THAT(place.Run("predictions classify_rsna_s").err,
              HasSubstr("predictions: expected --out=DIR"));
  EXPECT_FALSE(fs::exists(place.File("p")));
}

}  // namespace
}  // namespace cxr::tests
