// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/brax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/source/brax.h"
#include "cxr/data/source/file_dataset.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/round_trip_testing.h"
#include "cxr/synth/film/film.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsSubsetOf;
using ::testing::MatchesRegex;
using ::testing::Pair;

constexpr char kTable[] = "master_spreadsheet_update.csv";

SynthOptions Options(bool defects) {
  return {.seed = 8, .patients = 10, .scale = 0.04, .defects = defects};
}

// The cells of a column of the plan's table.
std::vector<std::string> ColumnOf(const SourcePlan& plan,
                                  absl::string_view name) {
  const auto table = CsvTable::Parse(BytesOf(plan, kTable), kTable);
  EXPECT_OK(table);
  const auto column = table->Column(name);
  EXPECT_OK(column);
  std::vector<std::string> cells;
  for (const CsvTable::Row& row : table->rows()) {
    cells.push_back(row.cells[*column]);
  }
  return cells;
}

TEST(BraxTest, ReaderGivesTheTruthBack) {
  for (const bool defects : {false, true}) {
    SCOPED_TRACE(defects);
    const SourcePlan plan = PlanBrax(Options(defects));
    const TempDir folder;
    WritePlan(plan, folder.path());
    ASSERT_OK_AND_ASSIGN(ImageIndex index, ReadBrax(folder.path()));
    EXPECT_GE(index.examples.size(), 10u);
    ExpectRoundTrip(index, plan.truth);
    const FileDataset dataset(std::move(index), {.folder = folder.path()});
    ExpectImagesDecode(dataset, plan.truth);
    ExpectPixels(
        dataset, plan.truth,
        FilmsOf(plan.truth, MakePopulation(BraxStyle(), Options(defects))),
        [](const FilmRequest& film) { return ToGray(DrawFilm(film)); });
    ASSERT_OK_AND_ASSIGN(const DecodedImage decoded, dataset.Decode(0));
    EXPECT_EQ(decoded.facts.format, ImageFormat::kPng);
    EXPECT_EQ(decoded.facts.bits, 8);
    EXPECT_EQ(decoded.facts.channels, 1);
  }
}

TEST(BraxTest, TableHasTheColumnsOfTheRealOne) {
  const std::string text =
      BytesOf(PlanBrax(Options(/*defects=*/false)), kTable);
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  EXPECT_EQ(lines[0],
            ",DicomPath,PngPath,PatientID,PatientSex,PatientAge,"
            "AccessionNumber,StudyDate,No Finding,Enlarged Cardiomediastinum,"
            "Cardiomegaly,Lung Lesion,Lung Opacity,Edema,Consolidation,"
            "Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,"
            "Pleural Other,Fracture,Support Devices,ViewPosition,Rows,Columns,"
            "Manufacturer");
}

TEST(BraxTest, CellsHaveTheFormsOfTheRealOnes) {
  const SourcePlan plan = PlanBrax(Options(/*defects=*/false));
  int row = 0;
  for (const std::string& path : ColumnOf(plan, "PngPath")) {
    const size_t end = path.find(".png") + 4;
    EXPECT_EQ(path.size(), end + 7) << path;
    EXPECT_EQ(path.substr(0, end), plan.truth.images(row++).path());
  }
  for (const std::string& age : ColumnOf(plan, "PatientAge")) {
    EXPECT_THAT(age, MatchesRegex("[0-9]*[05]-[0-9]*[49]|85 or more"));
  }
  for (const std::string& date : ColumnOf(plan, "StudyDate")) {
    EXPECT_THAT(date, MatchesRegex("20[01][0-9][01][0-9][0-3][0-9]"));
  }
  row = 0;
  for (const std::string& number : ColumnOf(plan, "")) {
    EXPECT_EQ(number, absl::StrCat(row++));
  }
  const std::vector<std::string> views = ColumnOf(plan, "ViewPosition");
  EXPECT_THAT(std::set<std::string>(views.begin(), views.end()),
              IsSubsetOf({"AP", "PA", "LL", "RL"}));
}

TEST(BraxTest, EachDefectIsInTheTruth) {
  std::map<std::string, int> defects;
  const SourceTruth truth = PlanBrax(Options(/*defects=*/true)).truth;
  for (const ImageTruth& image : truth.images()) {
    ++defects[image.defect()];
  }
  EXPECT_THAT(defects, ElementsAre(Pair("", Gt(0)), Pair("unknown sex", Gt(0)),
                                   Pair("view ''", 1), Pair("view 'LLD'", 1),
                                   Pair("view 'LLO'", 1), Pair("view 'RLD'", 1),
                                   Pair("view 'RLO'", 1)));
  const SourceTruth clean = PlanBrax(Options(/*defects=*/false)).truth;
  for (const ImageTruth& image : clean.images()) {
    EXPECT_EQ(image.defect(), "");
  }
}

TEST(BraxTest, StudiesAndImagesHaveIdsOfTheirOwn) {
  SynthOptions options = Options(/*defects=*/false);
  options.patients = 200;
  std::set<std::string> ids;
  std::map<std::string, std::set<int>> patients_of_study;
  const SourcePlan plan = PlanBrax(options);
  for (const ImageTruth& image : plan.truth.images()) {
    ids.insert(image.id());
    patients_of_study[image.study_id()].insert(image.patient() * 4 +
                                               image.study());
  }
  EXPECT_EQ(ids.size(), plan.truth.images_size());
  for (const auto& [study, patients] : patients_of_study) {
    EXPECT_EQ(patients.size(), 1u) << study;
  }
}

TEST(BraxTest, SameOptionsGiveTheSameBytes) {
  SynthOptions options = Options(/*defects=*/true);
  const SourcePlan plan = PlanBrax(options);
  ExpectSamePlan(plan, PlanBrax(options));
  options.seed = 9;
  EXPECT_NE(BytesOf(plan, kTable), BytesOf(PlanBrax(options), kTable));
}

}  // namespace
}  // namespace cxr::synth
