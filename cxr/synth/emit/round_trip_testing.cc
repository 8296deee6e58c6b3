// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/round_trip_testing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decoded_image.h"

namespace cxr::synth {
namespace {

std::string WordOf(View view) {
  switch (view) {
    case View::kUnknown:
      return "";
    case View::kPa:
      return "PA";
    case View::kAp:
      return "AP";
    case View::kApSupine:
      return "AP_SUPINE";
    case View::kFrontal:
      return "FRONTAL";
    case View::kLateral:
      return "LATERAL";
    case View::kOther:
      return "OTHER";
  }
  return "no view";
}

std::string WordOf(Sex sex) {
  switch (sex) {
    case Sex::kUnknown:
      return "";
    case Sex::kFemale:
      return "F";
    case Sex::kMale:
      return "M";
  }
  return "no sex";
}

std::string WordOf(Part part) {
  switch (part) {
    case Part::kNone:
      return "";
    case Part::kTraining:
      return "TRAINING";
    case Part::kValidation:
      return "VALIDATION";
    case Part::kTest:
      return "TEST";
  }
  return "no part";
}

// The place of each image in the index by its id.
std::map<std::string, int> PlacesOf(const ImageIndex& index) {
  std::map<std::string, int> places;
  for (size_t i = 0; i < index.examples.size(); ++i) {
    places.emplace(index.examples[i].id, static_cast<int>(i));
  }
  return places;
}

// Notes down what differs in one image.
class Comparison {
 public:
  Comparison(absl::string_view id, std::vector<std::string>* differences)
      : id_(id), differences_(differences) {}

  template <typename Value>
  void Expect(absl::string_view field, const Value& found,
              const Value& expected) {
    if (found != expected) {
      differences_->push_back(absl::StrCat(id_, ": ", field, ": found '", found,
                                           "', expected '", expected, "'"));
    }
  }

 private:
  std::string id_;
  std::vector<std::string>* differences_;
};

void CompareFields(const Example& found, const ImageTruth& expected,
                   Comparison* comparison) {
  comparison->Expect("path", found.path, expected.path());
  comparison->Expect("patient", found.patient_id, expected.patient_id());
  comparison->Expect("study", found.study_id, expected.study_id());
  comparison->Expect("view", WordOf(found.view), expected.view());
  comparison->Expect("sex", WordOf(found.sex), expected.sex());
  comparison->Expect("part", WordOf(found.part), expected.part());
  comparison->Expect("age", found.age_years, int{expected.age_years()});
  comparison->Expect("fold", found.fold, kNoFold);
}

// A value as a text, so that NaN equals what is not said.
std::string LabelText(float value) {
  return std::isnan(value) ? "nothing" : absl::StrCat(value);
}

void CompareLabels(const ImageIndex& index, int example,
                   const ImageTruth& expected, Comparison* comparison) {
  size_t known = 0;
  for (size_t column = 0; column < index.label_names.size(); ++column) {
    const std::string& name = index.label_names[column];
    const auto it = expected.labels().find(name);
    const bool is_said = it != expected.labels().end();
    known += is_said ? 1 : 0;
    comparison->Expect(
        name, LabelText(index.Label(example, static_cast<int>(column))),
        is_said ? LabelText(static_cast<float>(it->second)) : "nothing");
  }
  comparison->Expect("labels that the index has", known,
                     expected.labels().size());
}

// A box as text, to name it by, and to sort boxes.
std::string BoxText(absl::string_view label, double left, double top,
                    double width, double height) {
  const auto pixels = [](double value) {
    return absl::StrCat(std::round(value * 1000.0) / 1000.0);
  };
  return absl::StrCat(label, " at ", pixels(left), ", ", pixels(top), " of ",
                      pixels(width), " x ", pixels(height));
}

struct LabelledBox {
  std::string label;
  double sides[4] = {};  // left, top, width, height

  bool Matches(const LabelledBox& other) const {
    constexpr double kTolerance = 1e-3;
    return label == other.label &&
           std::equal(sides, sides + 4, other.sides, [](double a, double b) {
             return std::fabs(a - b) <= kTolerance;
           });
  }
  std::string Text() const {
    return BoxText(label, sides[0], sides[1], sides[2], sides[3]);
  }
};

// Takes away from both what they have in common.
void DropMatches(std::vector<LabelledBox>* a, std::vector<LabelledBox>* b) {
  for (auto box = a->begin(); box != a->end();) {
    const auto match = std::find_if(
        b->begin(), b->end(),
        [&](const LabelledBox& other) { return box->Matches(other); });
    if (match == b->end()) {
      ++box;
    } else {
      b->erase(match);
      box = a->erase(box);
    }
  }
}

std::map<std::string, std::vector<LabelledBox>> BoxesById(
    const ImageIndex& index) {
  std::map<std::string, std::vector<LabelledBox>> boxes;
  for (const FindingBox& box : index.boxes) {
    boxes[index.examples[box.example].id].push_back(
        {.label = box.label,
         .sides = {box.left, box.top, box.width, box.height}});
  }
  return boxes;
}

std::map<std::string, std::vector<LabelledBox>> BoxesById(
    const SourceTruth& truth) {
  std::map<std::string, std::vector<LabelledBox>> boxes;
  for (const ImageTruth& image : truth.images()) {
    for (const Box& box : image.boxes()) {
      boxes[image.id()].push_back(
          {.label = box.finding(),
           .sides = {box.left(), box.top(), box.width(), box.height()}});
    }
  }
  return boxes;
}

// Whether the file of an image is made so that no reader can decode it.
bool IsBroken(const ImageTruth& image) {
  return image.defect() == "truncated" || image.defect() == "missing";
}

// One failure, which shows the first of them.
void ExpectNone(std::vector<std::string> differences) {
  constexpr size_t kShown = 20;
  const size_t count = differences.size();
  differences.resize(std::min(count, kShown));
  EXPECT_EQ(count, 0u) << absl::StrJoin(differences, "\n");
}

}  // namespace

void WritePlan(const SourcePlan& plan, absl::string_view folder) {
  for (const PlannedFile& file : plan.files) {
    const std::string path = JoinPath(folder, file.path);
    ASSERT_OK_AND_ASSIGN(const std::string bytes, file.make());
    const size_t slash = path.rfind('/');
    ASSERT_OK(CreateDirectories(path.substr(0, slash)));
    ASSERT_FALSE(Exists(path)) << file.path << " is planned twice";
    ASSERT_OK(ReplaceFile(path, bytes));
  }
}

std::vector<std::string> Differences(const ImageIndex& index,
                                     const SourceTruth& truth) {
  std::vector<std::string> differences;
  Comparison(index.source, &differences)
      .Expect("source", index.source, truth.source());
  std::map<std::string, int> places = PlacesOf(index);
  for (const ImageTruth& image : truth.images()) {
    const auto place = places.find(image.id());
    if (place == places.end()) {
      differences.push_back(absl::StrCat(
          image.id(), ": not in the index, or twice in the truth"));
      continue;
    }
    Comparison comparison(image.id(), &differences);
    CompareFields(index.examples[place->second], image, &comparison);
    CompareLabels(index, place->second, image, &comparison);
    places.erase(place);
  }
  for (const auto& [id, place] : places) {
    differences.push_back(absl::StrCat(id, ": not in the truth"));
  }
  return differences;
}

std::vector<std::string> BoxDifferences(const ImageIndex& index,
                                        const SourceTruth& truth) {
  std::map<std::string, std::vector<LabelledBox>> found = BoxesById(index);
  std::map<std::string, std::vector<LabelledBox>> expected = BoxesById(truth);
  std::vector<std::string> differences;
  for (auto& [id, boxes] : found) {
    DropMatches(&boxes, &expected[id]);
    for (const LabelledBox& box : boxes) {
      differences.push_back(
          absl::StrCat(id, ": box not in the truth: ", box.Text()));
    }
  }
  for (const auto& [id, boxes] : expected) {
    for (const LabelledBox& box : boxes) {
      differences.push_back(
          absl::StrCat(id, ": box not in the index: ", box.Text()));
    }
  }
  return differences;
}

void ExpectRoundTrip(const ImageIndex& index, const SourceTruth& truth) {
  ExpectNone(Differences(index, truth));
}

void ExpectSameBoxes(const ImageIndex& index, const SourceTruth& truth) {
  ExpectNone(BoxDifferences(index, truth));
}

void ExpectImagesDecode(const Dataset& dataset, const SourceTruth& truth) {
  const std::map<std::string, int> places = PlacesOf(dataset.index());
  for (const ImageTruth& image : truth.images()) {
    SCOPED_TRACE(image.id());
    const auto place = places.find(image.id());
    ASSERT_NE(place, places.end());
    const absl::StatusOr<DecodedImage> decoded = dataset.Decode(place->second);
    if (IsBroken(image)) {
      EXPECT_FALSE(decoded.ok());
      continue;
    }
    ASSERT_OK(decoded);
    EXPECT_EQ(decoded->image.width, image.width());
    EXPECT_EQ(decoded->image.height, image.height());
  }
}

std::vector<FilmRequest> FilmsOf(const SourceTruth& truth,
                                 const std::vector<PlannedPatient>& people) {
  std::map<std::pair<int, int>, size_t> next;  // by patient and study
  std::vector<FilmRequest> films;
  for (const ImageTruth& image : truth.images()) {
    const PlannedPatient& person = people.at(image.patient());
    const PlannedStudy& planned = person.studies.at(image.study());
    films.push_back(planned.films.at(next[{image.patient(), image.study()}]++));
  }
  return films;
}

void ExpectPixels(
    const Dataset& dataset, const SourceTruth& truth,
    const std::vector<FilmRequest>& films,
    const std::function<GrayImage(const FilmRequest&)>& expected) {
  ASSERT_EQ(films.size(), static_cast<size_t>(truth.images_size()));
  const std::map<std::string, int> places = PlacesOf(dataset.index());
  for (size_t i = 0; i < films.size(); ++i) {
    const ImageTruth& image = truth.images(static_cast<int>(i));
    if (IsBroken(image)) {
      continue;
    }
    SCOPED_TRACE(image.id());
    const auto place = places.find(image.id());
    ASSERT_NE(place, places.end());
    ASSERT_OK_AND_ASSIGN(const GrayImage found,
                         dataset.LoadImage(place->second));
    EXPECT_TRUE(found == expected(films[i])) << "other pixels";
  }
}

void ExpectSameReports(const Dataset& dataset, const SourceTruth& truth) {
  const std::map<std::string, int> places = PlacesOf(dataset.index());
  for (const ImageTruth& image : truth.images()) {
    SCOPED_TRACE(image.id());
    const auto place = places.find(image.id());
    ASSERT_NE(place, places.end());
    ASSERT_OK_AND_ASSIGN(const std::string report,
                         dataset.LoadReport(place->second));
    EXPECT_EQ(report, image.report());
  }
}

void ExpectSamePlan(const SourcePlan& a, const SourcePlan& b) {
  ASSERT_EQ(a.files.size(), b.files.size());
  for (size_t i = 0; i < a.files.size(); ++i) {
    SCOPED_TRACE(a.files[i].path);
    EXPECT_EQ(a.files[i].path, b.files[i].path);
    ASSERT_OK_AND_ASSIGN(const std::string bytes, a.files[i].make());
    ASSERT_OK_AND_ASSIGN(const std::string others, b.files[i].make());
    EXPECT_TRUE(bytes == others) << "other bytes";
  }
  EXPECT_EQ(a.truth.DebugString(), b.truth.DebugString());
}

std::string BytesOf(const SourcePlan& plan, absl::string_view path) {
  for (const PlannedFile& file : plan.files) {
    if (file.path == path) {
      const absl::StatusOr<std::string> bytes = file.make();
      EXPECT_OK(bytes);
      return bytes.value_or("");
    }
  }
  ADD_FAILURE() << "no file " << path << " in the plan";
  return "";
}

}  // namespace cxr::synth
