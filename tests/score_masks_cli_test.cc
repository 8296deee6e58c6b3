// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Folders of label maps as a person scores them: cxr score segmentation.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/image.h"
#include "cxr/data/source/chexmask.h"
#include "cxr/spec/score_report.pb.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Golden(const std::string& name) {
  return TestData(absl::StrCat("cxr/score/testdata/masks/", name));
}

ProgramResult Score(const std::string& words) {
  return RunApart(absl::StrCat("tools/cxr score segmentation ", words));
}

// Of the golden folders: testdata/make_masks_golden.py.
ProgramResult ScoreGolden(const std::string& words) {
  return Score(absl::StrCat("--truth=", Golden("truth"),
                            " --pred=", Golden("ours"),
                            " --resamples=200 --seed=3 ", words));
}

spec::ScoreReport FromJson(const std::string& json) {
  spec::ScoreReport report;
  const auto status =
      google::protobuf::util::JsonStringToMessage(json, &report);
  EXPECT_TRUE(status.ok()) << status.message().ToString() << json;
  return report;
}

double Number(const std::string& cell) {
  double number = 0.0;
  EXPECT_TRUE(absl::SimpleAtod(cell, &number)) << cell;
  return number;
}

double ValueOf(const spec::ScoreReport& report, const std::string& metric,
               const std::string& target) {
  for (const spec::MetricValue& value : report.values()) {
    if (value.metric() == metric && value.target() == target) {
      return value.value();
    }
  }
  ADD_FAILURE() << "no " << metric << " of " << target;
  return NAN;
}

void WriteMap(const std::string& path, const GrayImage& image) {
  const absl::StatusOr<std::string> bytes = EncodePngGray(image);
  ASSERT_THAT(bytes, IsOk());
  ASSERT_OK(CreateDirectories(path.substr(0, path.rfind('/'))));
  Overwrite(path, *bytes);
}

TEST(ScoreMasksCliTest, JsonEqualsTheReference) {
  const ProgramResult result = ScoreGolden("--format=json");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const spec::ScoreReport report = FromJson(result.out);
  EXPECT_EQ(report.task(), "segmentation");
  ASSERT_OK_AND_ASSIGN(const CsvTable golden,
                       CsvTable::Load(Golden("values.csv")));
  ASSERT_EQ(report.values_size(), std::ssize(golden.rows()));
  for (int k = 0; k < report.values_size(); ++k) {
    const std::vector<std::string>& cells = golden.rows()[k].cells;
    const spec::MetricValue& value = report.values(k);
    EXPECT_EQ(value.metric(), cells[0]);
    EXPECT_EQ(value.target(), cells[1]);
    EXPECT_NEAR(value.value(), Number(cells[2]), 1e-12) << cells[0];
    EXPECT_NEAR(value.interval().low(), Number(cells[3]), 1e-12) << cells[0];
    EXPECT_NEAR(value.interval().high(), Number(cells[4]), 1e-12) << cells[0];
    EXPECT_EQ(value.images(), Number(cells[5])) << cells[0];
    EXPECT_NE(value.profile(), "") << cells[0];
  }
}

TEST(ScoreMasksCliTest, TextIsTablesOfTheSameNumbers) {
  const ProgramResult result = ScoreGolden("");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_THAT(result.out, StartsWith("# Scores: segmentation\n"));
  EXPECT_THAT(
      result.out,
      AllOf(HasSubstr("released-code/dice"), HasSubstr("lungs (mean of sides)"),
            HasSubstr("lungs (merged)"), HasSubstr("monai-1.6"),
            HasSubstr("surface-distance-0.1")));
  EXPECT_THAT(result.out, HasSubstr("0.8032"));  // left lung, dice
  EXPECT_THAT(result.out, HasSubstr("2.3554"));  // and hd95
  EXPECT_EQ(CountLines(result.out, "heart: distances are undefined in 2 of 7"),
            1);
}

TEST(ScoreMasksCliTest, ComparesTwoSystems) {
  const ProgramResult result =
      ScoreGolden(absl::StrCat("--format=json --compare=", Golden("theirs")));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const spec::ScoreReport report = FromJson(result.out);
  ASSERT_OK_AND_ASSIGN(const CsvTable golden,
                       CsvTable::Load(Golden("comparisons.csv")));
  ASSERT_EQ(report.comparisons_size(), std::ssize(golden.rows()));
  for (int k = 0; k < report.comparisons_size(); ++k) {
    const std::vector<std::string>& cells = golden.rows()[k].cells;
    const spec::ScoreComparison& row = report.comparisons(k);
    EXPECT_EQ(row.test(), cells[0]);
    EXPECT_EQ(row.metric(), cells[1]);
    EXPECT_NEAR(row.difference(), Number(cells[5]), 1e-12) << cells[1];
    EXPECT_NEAR(row.p(), Number(cells[8]), 1e-12) << cells[1];
    EXPECT_EQ(row.has_adjusted_p(), cells[9] != "nan") << cells[2];
    if (row.has_adjusted_p()) {
      EXPECT_NEAR(row.adjusted_p(), Number(cells[9]), 1e-12) << cells[2];
    }
  }
  EXPECT_THAT(
      ScoreGolden(absl::StrCat("--compare=", Golden("theirs"))).out,
      AllOf(HasSubstr("## Comparisons"), HasSubstr("paired permutation")));
}

// The golden table names patients and their sex.
TEST(ScoreMasksCliTest, ATableGivesPatientsAndGroups) {
  const std::string words = absl::StrCat(
      "--labels=", Golden("table.csv"), " --patient_column=patient",
      " --groups=sex --compare=", Golden("theirs"));
  const ProgramResult result = ScoreGolden(words + " --format=json");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const spec::ScoreReport report = FromJson(result.out);
  ASSERT_OK_AND_ASSIGN(const CsvTable golden,
                       CsvTable::Load(Golden("groups.csv")));
  ASSERT_EQ(report.groups_size(), std::ssize(golden.rows()));
  for (int k = 0; k < report.groups_size(); ++k) {
    const std::vector<std::string>& cells = golden.rows()[k].cells;
    EXPECT_EQ(report.groups(k).group(), cells[0]);
    EXPECT_NEAR(report.groups(k).value().value(), Number(cells[3]), 1e-12);
  }
  EXPECT_EQ(report.values(0).patients(), 5);
  EXPECT_THAT(report.values(0).interval().kind(),
              HasSubstr("resamples of patients"));
  EXPECT_THAT(ScoreGolden(words).out,
              AllOf(HasSubstr("## Groups"), HasSubstr("minus the rest"),
                    HasSubstr("groups: sex: empty in 1 of 7 rows")));
}

TEST(ScoreMasksCliTest, GeneratorsAndAdjustmentsAreChosen) {
  const spec::ScoreReport report = FromJson(
      ScoreGolden(absl::StrCat("--format=json --generator=fast ",
                               "--adjust=benjamini_hochberg --compare=",
                               Golden("theirs")))
          .out);
  EXPECT_THAT(report.values(0).interval().kind(),
              HasSubstr("fast generator of cxr"));
  EXPECT_EQ(report.comparisons(0).adjustment(), "Benjamini-Hochberg");
}

TEST(ScoreMasksCliTest, ThreadsChangeNothing) {
  const std::string words =
      absl::StrCat("--format=json --compare=", Golden("theirs"));
  const std::string one = ScoreGolden(words + " --threads=1").out;
  EXPECT_THAT(one, HasSubstr("paired permutation"));
  EXPECT_EQ(ScoreGolden(words + " --threads=4").out, one);
}

TEST(ScoreMasksCliTest, ProfilesAndIntervalsAreChosen) {
  const spec::ScoreReport report = FromJson(
      ScoreGolden("--format=json --profile=monai-1.6/mean-iou/ignore-empty "
                  "--interval=bca --confidence=0.9")
          .out);
  EXPECT_EQ(report.values(0).metric(), "iou");
  EXPECT_EQ(report.values(0).profile(), "monai-1.6/mean-iou/ignore-empty");
  EXPECT_EQ(report.values(0).interval().kind(),
            "90 % BCa bootstrap, 200 resamples of images, seed 3, numpy "
            "RandomState");
}

// Masks of 0 and 255: MONAI 1.6 and surface-distance 0.1 of rows 2 to 4,
// columns 2 to 4 as the prediction and rows 3 to 5, columns 2 to 5 as the
// truth.
TEST(ScoreMasksCliTest, BinaryMasksAreTwoClasses) {
  const TempDir dir;
  GrayImage truth{.width = 8, .height = 8, .pixels = std::vector<uint8_t>(64)};
  GrayImage predicted = truth;
  for (int y = 0; y < 8; ++y) {
    for (int x = 0; x < 8; ++x) {
      if (y >= 3 && y <= 5 && x >= 2 && x <= 5) truth.pixels[y * 8 + x] = 255;
      if (y >= 2 && y <= 4 && x >= 2 && x <= 4) {
        predicted.pixels[y * 8 + x] = 255;
      }
    }
  }
  WriteMap(dir.File("truth/a.png"), truth);
  WriteMap(dir.File("pred/a.png"), predicted);
  const ProgramResult result = Score(
      absl::StrCat("--classes=2 --format=json --truth=", dir.File("truth"),
                   " --pred=", dir.File("pred")));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const spec::ScoreReport report = FromJson(result.out);
  EXPECT_NEAR(ValueOf(report, "dice", "class 1"), 12.0 / 21.0, 1e-12);
  EXPECT_NEAR(ValueOf(report, "hd95", "class 1"), 1.2278174593052018, 1e-12);
  EXPECT_NEAR(ValueOf(report, "assd", "class 1"), 0.6896785312429498, 1e-12);
  EXPECT_NEAR(ValueOf(report, "contour_hd95", "class 1"), 1.4142135623730951,
              1e-12);
}

// The masks of a drawn CheXmask as label maps, against themselves one pixel to
// the right.
TEST(ScoreMasksCliTest, ScoresMasksOfADrawnSource) {
  const TempDir dir;
  const ProgramResult drawn =
      RunApart(absl::StrCat("tools/cxr synth --dataset=chexmask --patients=4 "
                            "--scale=0.04 --seed=11 --data_root=",
                            dir.path()));
  ASSERT_EQ(drawn.exit_code, 0) << drawn.err;
  ASSERT_OK_AND_ASSIGN(const ChexmaskMasks masks,
                       ChexmaskMasks::Open(dir.File(
                           "chexmask/OriginalResolution/MIMIC-CXR-JPG.csv")));
  ASSERT_FALSE(masks.rows().empty());
  for (size_t row = 0; row < masks.rows().size(); ++row) {
    const ChexmaskRow& facts = masks.rows()[row];
    ASSERT_OK_AND_ASSIGN(
        const GrayImage truth,
        masks.Mask(static_cast<int>(row), facts.width, facts.height));
    GrayImage moved = truth;
    for (size_t i = 0; i < moved.pixels.size(); ++i) {
      moved.pixels[i] = i % facts.width == 0 ? 0 : truth.pixels[i - 1];
    }
    const std::string name = absl::StrCat(facts.id, ".png");
    WriteMap(JoinPath(dir.File("truth"), name), truth);
    WriteMap(JoinPath(dir.File("pred"), name), moved);
  }
  const ProgramResult result =
      Score(absl::StrCat("--format=json --truth=", dir.File("truth"),
                         " --pred=", dir.File("pred")));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const spec::ScoreReport report = FromJson(result.out);
  for (const char* organ : {"left lung", "right lung", "heart"}) {
    EXPECT_GT(ValueOf(report, "dice", organ), 0.9) << organ;
    EXPECT_LT(ValueOf(report, "dice", organ), 1.0) << organ;
    EXPECT_GT(ValueOf(report, "assd", organ), 0.2) << organ;
    EXPECT_LE(ValueOf(report, "hd95", organ), 1.0) << organ;
  }
}

void ExpectError(const std::string& words, int code, const std::string& error) {
  const ProgramResult result = Score(words);
  EXPECT_EQ(result.exit_code, code) << words;
  EXPECT_EQ(result.out, "") << words;
  EXPECT_EQ(result.err, absl::StrCat("cxr: error: ", error, "\n")) << words;
}

TEST(ScoreMasksCliTest, BadFoldersGiveOneLine) {
  const TempDir dir;
  const std::string truth = dir.File("truth");
  const std::string pred = dir.File("pred");
  const std::string both = absl::StrCat("--truth=", truth, " --pred=", pred);
  ASSERT_OK(CreateDirectories(truth));
  ExpectError(both, 2,
              truth + ": found no file called .png, expected label maps");
  WriteMap(truth + "/a.png", {.width = 2, .height = 1, .pixels = {0, 3}});
  WriteMap(pred + "/b.png", {.width = 2, .height = 1, .pixels = {0, 3}});
  ExpectError(both, 2,
              absl::StrCat(truth, "/a.png: no file of this name in ", pred,
                           ": found 1 of 1 without, expected none"));
  WriteMap(pred + "/a.png", {.width = 1, .height = 2, .pixels = {0, 3}});
  WriteMap(truth + "/b.png", {.width = 2, .height = 1, .pixels = {0, 3}});
  // Before files are read, of which a.png has another size.
  const std::string third = dir.File("third");
  WriteMap(third + "/a.png", {.width = 2, .height = 1, .pixels = {0, 3}});
  ExpectError(absl::StrCat(both, " --compare=", third), 2,
              absl::StrCat(truth, "/b.png: no file of this name in ", third,
                           ": found 1 of 2 without, expected none"));
  ExpectError(both, 2,
              absl::StrCat(pred,
                           "/a.png: found 1 x 2 pixels, expected the 2 x "
                           "1 pixels of ",
                           truth, "/a.png"));
  WriteMap(pred + "/a.png", {.width = 2, .height = 1, .pixels = {0, 4}});
  ExpectError(both, 2,
              pred +
                  "/a.png: row 0, column 1: found 4, expected a class 0 to "
                  "3");
  Overwrite(pred + "/a.png", "GIF89a");
  ExpectError(both, 2,
              pred + "/a.png: not a PNG: its 6 bytes lack the signature");
  Overwrite(truth + "/a.png",
            *EncodePngRgb({.width = 1, .height = 1, .pixels = {1, 1, 1}}));
  ExpectError(both, 2,
              truth +
                  "/a.png: found a PNG of kind RGB, expected a label map: "
                  "gray, each pixel the number of its class");
}

TEST(ScoreMasksCliTest, BadTablesGiveOneLine) {
  const TempDir dir;
  const std::string truth = dir.File("truth");
  const std::string table = dir.File("t.csv");
  const std::string words =
      absl::StrCat("--patient_column=patient --groups=sex --truth=", truth,
                   " --pred=", dir.File("pred"), " --labels=", table);
  // Nothing of the files themselves is read before the table is.
  for (const char* name :
       {"/truth/a.png", "/truth/s/b.png", "/pred/a.png", "/pred/s/b.png"}) {
    const std::string path = absl::StrCat(dir.path(), name);
    ASSERT_OK(CreateDirectories(path.substr(0, path.rfind('/'))));
    Overwrite(path, "no PNG");
  }
  const std::string head = "id,patient,sex\na,p,F\n";
  for (const auto& [text, error] :
       std::vector<std::pair<std::string, std::string>>{
           {head, absl::StrCat(truth, "/s/b.png: found no row of it in ", table,
                               ", where 1 of 2 files have none, expected id "
                               "'s/b'")},
           {head + "b,p,F\n",
            absl::StrCat(table,
                         ":3: id: found 'b', expected the name of a "
                         "file in ",
                         truth, ", without its extension")},
           {head + "a,p,F\n",
            table + ":3: id: found 'a', expected another than on line 2"},
           {head + "s/b,,F\n",
            table + ":3: patient: found '', expected the name of a patient"}}) {
    Overwrite(table, text);
    ExpectError(words, 2, error);
  }
  Overwrite(table, "id,patient,sex\na,p,\ns/b,p,\n");
  ExpectError(words, 64,
              table +
                  ": sex: found 0 different values, expected 1 to 64 "
                  "groups");
}

TEST(ScoreMasksCliTest, BadWordsGiveOneLine) {
  ExpectError("--pred=x", 64,
              "score segmentation: expected --truth=FOLDER; see: cxr help "
              "score");
  ExpectError("--truth=x", 64,
              "score segmentation: expected --pred=FOLDER; see: cxr help "
              "score");
  const std::string both = "--truth=x --pred=y ";
  ExpectError(both + "--classes=1", 64,
              "--classes: found 1, expected 2 to 256");
  ExpectError(both + "--labels=t.csv", 64,
              "score segmentation: --labels needs --patient_column or "
              "--groups, which name columns of it");
  ExpectError(both + "--groups=sex", 64,
              "score segmentation: --patient_column and --groups need "
              "--labels=FILE, a table with a column id");
  ExpectError(both + "--labels=t.csv --groups=sex,sex", 64,
              "--groups: found 'sex', expected each column once");
  ExpectError(both + "--interval=wald", 64,
              "--interval: found 'wald', expected percentile, basic or bca");
  ExpectError(both + "--resamples=0", 64,
              "score segmentation: resamples: 0, expected at least 1");
  ExpectError(both + "--threads=-1", 64,
              "score segmentation: threads: -1, expected at least 1");
  const ProgramResult result = Score(both + "--profile=mine");
  EXPECT_EQ(result.exit_code, 64);
  EXPECT_THAT(result.err,
              StartsWith("cxr: error: score segmentation: profile: 'mine', "
                         "expected one of released-code/dice, "));
  EXPECT_EQ(result.err.find('\n'), result.err.size() - 1);
}

}  // namespace
}  // namespace cxr::tests
