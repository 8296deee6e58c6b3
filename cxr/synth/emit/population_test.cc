// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/population.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/landmarks.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kMany = 4000;

SourceStyle Style() {
  return {.name = "chexpert", .width = 2320, .height = 2828};
}

std::vector<PlannedPatient> People(const SourceStyle& style, int patients) {
  return MakePopulation(style, {.seed = 7, .patients = patients});
}

void ExpectShare(int hits, int all, double share) {
  EXPECT_NEAR(hits / static_cast<double>(all), share,
              5.0 * std::sqrt(share * (1.0 - share) / all));
}

std::vector<Part> PartsOf(const SourceStyle& style, int patients) {
  std::vector<Part> parts;
  for (const PlannedPatient& person : People(style, patients)) {
    parts.push_back(person.part);
  }
  return parts;
}

std::map<Part, int> CountParts(const SourceStyle& style, int patients) {
  std::map<Part, int> counts;
  for (const Part part : PartsOf(style, patients)) ++counts[part];
  return counts;
}

TEST(PopulationTest, PeopleAreNumbered) {
  const std::vector<PlannedPatient> people = People(Style(), 5);
  ASSERT_EQ(people.size(), 5u);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(people[i].patient.number, i);
    ASSERT_EQ(people[i].studies.size(), 1u);
    EXPECT_EQ(people[i].studies[0].study.number, 0);
    EXPECT_EQ(people[i].studies[0].films.size(), 1u);
  }
  EXPECT_THAT(People(Style(), 0), IsEmpty());
}

void ExpectEqual(const PlannedPatient& a, const PlannedPatient& b) {
  EXPECT_EQ(a.patient.key.bits(), b.patient.key.bits());
  EXPECT_EQ(a.patient.shape, b.patient.shape);
  EXPECT_EQ(a.part, b.part);
  ASSERT_EQ(a.studies.size(), b.studies.size());
  for (size_t i = 0; i < a.studies.size(); ++i) {
    EXPECT_EQ(a.studies[i].study.severity.values,
              b.studies[i].study.severity.values);
    EXPECT_EQ(a.studies[i].mentions.values, b.studies[i].mentions.values);
    ASSERT_EQ(a.studies[i].films.size(), b.studies[i].films.size());
    for (size_t j = 0; j < a.studies[i].films.size(); ++j) {
      EXPECT_EQ(a.studies[i].films[j].view, b.studies[i].films[j].view);
      EXPECT_EQ(a.studies[i].films[j].width, b.studies[i].films[j].width);
      EXPECT_EQ(a.studies[i].films[j].height, b.studies[i].films[j].height);
    }
  }
}

TEST(PopulationTest, APatientDoesNotDependOnTheNumberOfOthers) {
  SourceStyle style = Style();
  style.more_studies = 0.5;
  style.lateral_share = 0.5;
  style.size_deviation = 0.1;
  style.validation_share = 0.1;
  style.test_share = 0.1;
  const std::vector<PlannedPatient> few = People(style, 20);
  const std::vector<PlannedPatient> many = People(style, 100);
  for (int i = 0; i < 20; ++i) ExpectEqual(few[i], many[i]);
}

TEST(PopulationTest, SeedAndSourceMakeOtherPeople) {
  SourceStyle other = Style();
  other.name = "brax";
  const Patient patient = People(Style(), 1)[0].patient;
  EXPECT_NE(People(other, 1)[0].patient.shape, patient.shape);
  EXPECT_NE(MakePopulation(Style(), {.seed = 8})[0].patient.shape,
            patient.shape);
  EXPECT_EQ(People(Style(), 1)[0].patient.shape, patient.shape);
}

TEST(PopulationTest, MoreStudiesComeWithTheirChanceUpToFour) {
  SourceStyle style = Style();
  style.more_studies = 0.5;
  std::map<size_t, int> counts;
  for (const PlannedPatient& person : People(style, kMany)) {
    ++counts[person.studies.size()];
    std::set<uint64_t> keys;
    for (const PlannedStudy& planned : person.studies) {
      EXPECT_EQ(planned.study.number, static_cast<int>(keys.size()));
      keys.insert(planned.study.key.bits());
    }
    EXPECT_EQ(keys.size(), person.studies.size());
  }
  ExpectShare(counts[1], kMany, 0.5);
  ExpectShare(counts[2], kMany, 0.25);
  ExpectShare(counts[3], kMany, 0.125);
  ExpectShare(counts[4], kMany, 0.125);
}

TEST(PopulationTest, FilmsAreFrontalFirstAndLaterals) {
  SourceStyle style = Style();
  style.lateral_share = 0.3;
  style.second_frontal = 0.1;
  int laterals = 0;
  int seconds = 0;
  for (const PlannedPatient& person : People(style, kMany)) {
    const PlannedStudy& planned = person.studies[0];
    EXPECT_EQ(planned.films[0].view, planned.study.view);
    for (size_t i = 0; i < planned.films.size(); ++i) {
      const FilmRequest& film = planned.films[i];
      EXPECT_EQ(film.number, static_cast<int>(i));
      EXPECT_EQ(film.study.key.bits(), planned.study.key.bits());
      EXPECT_EQ(film.patient.key.bits(), person.patient.key.bits());
      const bool is_lateral = film.view == View::kLateral;
      EXPECT_TRUE(is_lateral || film.view == planned.study.view);
      laterals += is_lateral;
      seconds += i > 0 && !is_lateral;
      EXPECT_TRUE(!is_lateral || i + 1 == planned.films.size());
    }
  }
  ExpectShare(laterals, kMany, 0.3);
  ExpectShare(seconds, kMany, 0.1);
}

TEST(PopulationTest, SizesAreScaledAndRounded) {
  const auto size = [](double scale) {
    const FilmRequest film =
        MakePopulation(Style(), {.scale = scale})[0].studies[0].films[0];
    return std::vector<int>{film.width, film.height};
  };
  EXPECT_THAT(size(1.0), ElementsAre(2320, 2828));
  EXPECT_THAT(size(0.25), ElementsAre(580, 707));
  EXPECT_THAT(size(0.125), ElementsAre(290, 354));  // 353.5 to the even
  EXPECT_THAT(size(0.001), ElementsAre(16, 16));
}

TEST(PopulationTest, SizesVaryAsStated) {
  SourceStyle style = Style();
  style.size_deviation = 0.1;
  double sum = 0.0;
  double squares = 0.0;
  int equal_ratio = 0;
  for (const PlannedPatient& person : People(style, kMany)) {
    const FilmRequest& film = person.studies[0].films[0];
    const double width = film.width / (0.25 * 2320);
    sum += width;
    squares += width * width;
    equal_ratio += std::abs(film.height / (0.25 * 2828) - width) < 0.002;
  }
  const double mean = sum / kMany;
  EXPECT_NEAR(mean, 1.0, 0.008);
  EXPECT_NEAR(std::sqrt(squares / kMany - mean * mean), 0.1, 0.006);
  EXPECT_LT(equal_ratio, 0.05 * kMany);  // each side varies on its own
}

TEST(PopulationTest, DifficultyIsThatOfStyleTimesThatOfOptions) {
  SourceStyle style = Style();
  style.film.difficulty = 0.8;
  style.film.zoom = 1.1;
  const FilmRequest film =
      MakePopulation(style, {.difficulty = 0.5})[0].studies[0].films[0];
  EXPECT_DOUBLE_EQ(film.style.difficulty, 0.4);
  EXPECT_EQ(film.style.zoom, 1.1);
}

TEST(PopulationTest, SourcesWithoutListsHaveNoParts) {
  EXPECT_THAT(PartsOf(Style(), 3),
              ElementsAre(Part::kNone, Part::kNone, Part::kNone));
}

TEST(PopulationTest, ThreePatientsFillAllLists) {
  SourceStyle style = Style();
  style.validation_share = 0.01;
  style.test_share = 0.02;
  EXPECT_THAT(PartsOf(style, 4), ElementsAre(Part::kTraining, Part::kValidation,
                                             Part::kTest, Part::kTraining));
  style.validation_share = 0.0;
  EXPECT_THAT(PartsOf(style, 3),
              ElementsAre(Part::kTraining, Part::kTest, Part::kTraining));
}

TEST(PopulationTest, ListsHaveTheirSharesOfAnyNumber) {
  SourceStyle style = Style();
  style.validation_share = 0.1;
  style.test_share = 0.25;
  for (const int patients : {20, 33, 100, 1001}) {
    std::map<Part, int> counts = CountParts(style, patients);
    EXPECT_NEAR(counts[Part::kValidation], 0.1 * patients, 1.0) << patients;
    EXPECT_NEAR(counts[Part::kTest], 0.25 * patients, 1.0) << patients;
    EXPECT_NEAR(counts[Part::kTraining], 0.65 * patients, 1.0) << patients;
  }
}

TEST(PopulationDeathTest, ListsOfMoreThanAllAreProgrammersErrors) {
  SourceStyle style = Style();
  style.validation_share = 0.6;
  style.test_share = 0.5;
  EXPECT_DEATH(People(style, 1), "chexpert: shares of lists 0.6, 0.5");
}

// A patient with findings that have a place.
FilmRequest FilmWithFindings() {
  FilmRequest film = People(Style(), 1)[0].studies[0].films[0];
  film.study.severity = {};
  film.study.severity[Finding::kMass] = 0.75;
  film.study.side[Finding::kMass] = 1;
  film.study.severity[Finding::kEdema] = 0.25;
  return film;
}

TEST(PopulationTest, TruthNamesPatientStudyAndFilm) {
  FilmRequest film = FilmWithFindings();
  film.patient.number = 12;
  film.patient.sex = Sex::kFemale;
  film.patient.age_years = 61;
  film.study.number = 3;
  film.view = View::kAp;
  const ImageTruth truth = TruthOf(film, Part::kValidation);
  EXPECT_EQ(truth.patient(), 12);
  EXPECT_EQ(truth.study(), 3);
  EXPECT_EQ(truth.view(), "AP");
  EXPECT_EQ(truth.part(), "VALIDATION");
  EXPECT_EQ(truth.sex(), "F");
  EXPECT_EQ(truth.age_years(), 61);
  EXPECT_EQ(truth.width(), 580);
  EXPECT_EQ(truth.height(), 707);
  EXPECT_EQ(truth.severity_size(), 2);
  EXPECT_EQ(truth.severity().at("Mass"), 0.75);
  EXPECT_EQ(truth.severity().at("Edema"), 0.25);
}

TEST(PopulationTest, TruthHasWordsForEveryPartViewAndSex) {
  FilmRequest film = FilmWithFindings();
  film.patient.sex = Sex::kUnknown;
  EXPECT_EQ(TruthOf(film, Part::kNone).part(), "");
  EXPECT_EQ(TruthOf(film, Part::kNone).sex(), "");
  film.patient.sex = Sex::kMale;
  EXPECT_EQ(TruthOf(film, Part::kTraining).part(), "TRAINING");
  EXPECT_EQ(TruthOf(film, Part::kTest).part(), "TEST");
  EXPECT_EQ(TruthOf(film, Part::kTest).sex(), "M");
  film.view = View::kPa;
  EXPECT_EQ(TruthOf(film, Part::kTest).view(), "PA");
  film.view = View::kApSupine;
  EXPECT_EQ(TruthOf(film, Part::kTest).view(), "AP_SUPINE");
  film.view = View::kLateral;
  EXPECT_EQ(TruthOf(film, Part::kTest).view(), "LATERAL");
  film.view = View::kUnknown;
  EXPECT_DEATH(TruthOf(film, Part::kTest), "films of view 0");
}

TEST(PopulationTest, TruthHasTheBoxesOfTheFilm) {
  const FilmRequest film = FilmWithFindings();
  ImageTruth truth = TruthOf(film, Part::kNone);
  EXPECT_EQ(truth.boxes_size(), 0);
  AddBoxes(film, &truth);
  const std::vector<FilmBox> boxes = BoxesOf(film);
  ASSERT_GE(boxes.size(), 1u);
  ASSERT_EQ(truth.boxes_size(), static_cast<int>(boxes.size()));
  for (size_t i = 0; i < boxes.size(); ++i) {
    const Box& box = truth.boxes(static_cast<int>(i));
    EXPECT_EQ(box.finding(), FindingName(boxes[i].finding));
    EXPECT_EQ(box.left(), boxes[i].left);
    EXPECT_EQ(box.top(), boxes[i].top);
    EXPECT_EQ(box.width(), boxes[i].width);
    EXPECT_EQ(box.height(), boxes[i].height);
  }
}

TEST(PopulationTest, TruthHasLandmarksOfFrontalFilmsInChexmasksOrder) {
  FilmRequest film = FilmWithFindings();
  film.view = View::kPa;
  const ImageTruth truth = TruthOf(film, Part::kNone);
  const PixelLandmarks pixels =
      InPixels(MakeAnatomy(film.patient, film.study, View::kPa).landmarks,
               FrameOf(film));
  ASSERT_EQ(truth.landmarks_size(), 240);
  EXPECT_EQ(truth.landmarks(0), pixels.right_lung[0].x);
  EXPECT_EQ(truth.landmarks(1), pixels.right_lung[0].y);
  EXPECT_EQ(truth.landmarks(2 * 44), pixels.left_lung[0].x);
  EXPECT_EQ(truth.landmarks(2 * 94), pixels.heart[0].x);
  EXPECT_EQ(truth.landmarks(239), pixels.heart[25].y);
  film.view = View::kLateral;
  EXPECT_EQ(TruthOf(film, Part::kNone).landmarks_size(), 0);
}

TEST(PopulationTest, TruthOfASourceRepeatsTheOptions) {
  const SourceTruth truth = TruthOf("brax", {.seed = 9,
                                             .patients = 4,
                                             .scale = 0.5,
                                             .difficulty = 0.75,
                                             .defects = true});
  EXPECT_EQ(truth.notice(),
            "SYNTHETIC: drawn by cxr synth. No patient, no clinical meaning.");
  EXPECT_EQ(truth.source(), "brax");
  EXPECT_EQ(truth.seed(), 9u);
  EXPECT_EQ(truth.patients(), 4);
  EXPECT_EQ(truth.scale(), 0.5);
  EXPECT_EQ(truth.difficulty(), 0.75);
  EXPECT_TRUE(truth.defects());
  EXPECT_EQ(truth.generator_version(), 1);
  EXPECT_EQ(truth.images_size(), 0);
}

TEST(PopulationTest, HexIdsHaveTheirLengthAndDiffer) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = HexId(RandomKey(i), 40);
    EXPECT_EQ(id.size(), 40u);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_TRUE(ids.insert(id).second);
    EXPECT_EQ(HexId(RandomKey(i), 7), id.substr(0, 7));
  }
  EXPECT_EQ(HexId(RandomKey(1), 0), "");
}

}  // namespace
}  // namespace cxr::synth
