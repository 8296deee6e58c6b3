// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/round_trip_testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/image.h"
#include "cxr/data/source/dataset.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/film/film.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ImageIndex Index() {
  ImageIndex index{.source = "made_up", .label_names = {"Edema", "Mass"}};
  index.examples = {{.id = "a.png",
                     .patient_id = "1",
                     .study_id = "s1",
                     .path = "images/a.png",
                     .view = View::kApSupine,
                     .sex = Sex::kFemale,
                     .part = Part::kTest,
                     .age_years = 60},
                    {.id = "b.png", .patient_id = "2", .path = "images/b.png"}};
  index.labels = {1.0f, -1.0f, 0.0f, std::numeric_limits<float>::quiet_NaN()};
  index.boxes = {{0, "Mass", "", 1.0f, 2.0f, 3.0f, 4.0f},
                 {0, "Mass", "", 1.5f, 2.0f, 3.0f, 4.0f}};
  return index;
}

Box MadeBox(double left) {
  Box box;
  box.set_finding("Mass");
  box.set_left(left);
  box.set_top(2.0);
  box.set_width(3.0);
  box.set_height(4.0);
  return box;
}

SourceTruth Truth() {
  SourceTruth truth;
  truth.set_source("made_up");
  ImageTruth* b = truth.add_images();
  b->set_id("b.png");
  b->set_path("images/b.png");
  b->set_patient_id("2");
  b->set_age_years(-1);
  (*b->mutable_labels())["Edema"] = 0.0;
  ImageTruth* a = truth.add_images();
  a->set_id("a.png");
  a->set_path("images/a.png");
  a->set_patient_id("1");
  a->set_study_id("s1");
  a->set_view("AP_SUPINE");
  a->set_sex("F");
  a->set_part("TEST");
  a->set_age_years(60);
  (*a->mutable_labels())["Edema"] = 1.0;
  (*a->mutable_labels())["Mass"] = -1.0;
  *a->add_boxes() = MadeBox(1.5);
  *a->add_boxes() = MadeBox(1.0);
  return truth;
}

TEST(RoundTripTestingTest, SameIndexAndTruthHaveNoDifferences) {
  EXPECT_THAT(Differences(Index(), Truth()), IsEmpty());
  EXPECT_THAT(BoxDifferences(Index(), Truth()), IsEmpty());
  ExpectRoundTrip(Index(), Truth());
  ExpectSameBoxes(Index(), Truth());
}

TEST(RoundTripTestingTest, EveryFieldIsComparedAndNamed) {
  struct Case {
    std::function<void(Example*)> change;
    std::string difference;
  };
  const std::vector<Case> cases = {
      {[](Example* example) { example->path = "a.png"; },
       "a.png: path: found 'a.png', expected 'images/a.png'"},
      {[](Example* example) { example->patient_id = "01"; },
       "a.png: patient: found '01', expected '1'"},
      {[](Example* example) { example->study_id.clear(); },
       "a.png: study: found '', expected 's1'"},
      {[](Example* example) { example->view = View::kAp; },
       "a.png: view: found 'AP', expected 'AP_SUPINE'"},
      {[](Example* example) { example->sex = Sex::kUnknown; },
       "a.png: sex: found '', expected 'F'"},
      {[](Example* example) { example->part = Part::kTraining; },
       "a.png: part: found 'TRAINING', expected 'TEST'"},
      {[](Example* example) { example->age_years = kUnknownAge; },
       "a.png: age: found '-1', expected '60'"},
      {[](Example* example) { example->fold = 0; },
       "a.png: fold: found '0', expected '-1'"},
  };
  for (const Case& a_case : cases) {
    ImageIndex index = Index();
    a_case.change(&index.examples[0]);
    EXPECT_THAT(Differences(index, Truth()), ElementsAre(a_case.difference));
  }
}

TEST(RoundTripTestingTest, ImagesOfOneSideAreNamed) {
  ImageIndex index = Index();
  index.examples[0].id = "c.png";
  EXPECT_THAT(Differences(index, Truth()),
              ElementsAre("a.png: not in the index, or twice in the truth",
                          "c.png: not in the truth"));
  index.source = "other";
  EXPECT_THAT(Differences(index, Truth())[0],
              "other: source: found 'other', expected 'made_up'");
}

TEST(RoundTripTestingTest, EveryLabelIsCompared) {
  ImageIndex index = Index();
  index.labels = {0.5f, -1.0f, 0.0f, 0.0f};
  EXPECT_THAT(Differences(index, Truth()),
              ElementsAre("b.png: Mass: found '0', expected 'nothing'",
                          "a.png: Edema: found '0.5', expected '1'"));
  SourceTruth truth = Truth();
  (*truth.mutable_images(0)->mutable_labels())["Hernia"] = 1.0;
  EXPECT_THAT(
      Differences(Index(), truth),
      ElementsAre("b.png: labels that the index has: found '1', expected '2'"));
}

TEST(RoundTripTestingTest, BoxesAreComparedAsOftenAsTheyStand) {
  ImageIndex index = Index();
  index.boxes[0].left = 1.5f;
  index.boxes.push_back({1, "Mass", "", 9.0f, 9.0f, 1.0f, 1.0f});
  EXPECT_THAT(
      BoxDifferences(index, Truth()),
      ElementsAre("a.png: box not in the truth: Mass at 1.5, 2 of 3 x 4",
                  "b.png: box not in the truth: Mass at 9, 9 of 1 x 1",
                  "a.png: box not in the index: Mass at 1, 2 of 3 x 4"));
  index = Index();
  index.boxes[0].label = "Edema";
  EXPECT_EQ(BoxDifferences(index, Truth()).size(), 2u);
}

TEST(RoundTripTestingTest, DifferencesFailATest) {
  EXPECT_NONFATAL_FAILURE(ExpectRoundTrip(Index(), SourceTruth()), "source");
  SourceTruth truth = Truth();
  truth.mutable_images(1)->mutable_boxes(0)->set_top(7.0);
  EXPECT_NONFATAL_FAILURE(ExpectSameBoxes(Index(), truth), "1.5, 7 of 3 x 4");
}

std::vector<PlannedPatient> People() {
  std::vector<PlannedPatient> people(2);
  for (int i = 0; i < 2; ++i) {
    people[i].studies.resize(1);
    people[i].studies[0].films = {{.number = 0, .width = 20 + i},
                                  {.number = 1, .width = 30 + i}};
  }
  return people;
}

// Images of one row of pixels, as wide as their films.
SourceTruth TruthOfFilms() {
  SourceTruth truth;
  for (const int width : {21, 31, 20, 30}) {
    ImageTruth& image = *truth.add_images();
    image.set_id(absl::StrCat(width));
    image.set_patient(width % 10);
  }
  return truth;
}

GrayImage RowOf(int width, uint8_t value) {
  return {.width = width,
          .height = 1,
          .pixels = std::vector<uint8_t>(width, value)};
}

class RowDataset : public Dataset {
 public:
  RowDataset() {
    index_.examples = {{.id = "20"}, {.id = "21"}, {.id = "30"}, {.id = "31"}};
  }
  const ImageIndex& index() const override { return index_; }
  absl::StatusOr<DecodedImage> Decode(int i) const override {
    return DecodedImage{.image = RowOf(i / 2 == 0 ? 20 + i : 28 + i, 7)};
  }

 private:
  ImageIndex index_;
};

TEST(RoundTripTestingTest, FilmsAreThoseOfTheImages) {
  const std::vector<FilmRequest> films = FilmsOf(TruthOfFilms(), People());
  ASSERT_EQ(films.size(), 4u);
  EXPECT_EQ(films[0].width, 21);
  EXPECT_EQ(films[1].width, 31);
  EXPECT_EQ(films[2].width, 20);
  EXPECT_EQ(films[3].width, 30);
}

TEST(RoundTripTestingTest, PixelsAreCompared) {
  static const std::vector<FilmRequest> kFilms =
      FilmsOf(TruthOfFilms(), People());
  ExpectPixels(RowDataset(), TruthOfFilms(), kFilms,
               [](const FilmRequest& film) { return RowOf(film.width, 7); });
  EXPECT_NONFATAL_FAILURE(ExpectPixels(RowDataset(), TruthOfFilms(), kFilms,
                                       [](const FilmRequest& film) {
                                         return RowOf(film.width,
                                                      film.width == 30 ? 8 : 7);
                                       }),
                          "other pixels");
}

TEST(RoundTripTestingTest, PlansAreWrittenAndCompared) {
  const SourcePlan plan{
      .files = {{.path = "tables/a.csv", .make = [] { return "Path\n"; }}}};
  const TempDir folder;
  WritePlan(plan, folder.path());
  ASSERT_OK_AND_ASSIGN(const std::string bytes,
                       ReadFile(folder.File("tables/a.csv")));
  EXPECT_EQ(bytes, "Path\n");
  EXPECT_EQ(BytesOf(plan, "tables/a.csv"), "Path\n");
  ExpectSamePlan(plan, plan);
  static const SourcePlan* const kPlan = &plan;  // the macro captures nothing
  EXPECT_NONFATAL_FAILURE(BytesOf(*kPlan, "b.csv"), "no file b.csv");
}

}  // namespace
}  // namespace cxr::synth
