// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/population.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/data/table/rle.h"
#include "cxr/synth/film/anatomy.h"
#include "cxr/synth/film/landmarks.h"

namespace cxr::synth {
namespace {

constexpr int kMostStudies = 4;
constexpr int kFewestPixels = 16;  // FilmRequest

struct List {
  Part part = Part::kTraining;
  double share = 0.0;
  int patients = 0;  // so far
};

// The lists that a source has.
std::vector<List> ListsOf(const SourceStyle& style) {
  const double training = 1.0 - style.validation_share - style.test_share;
  CXR_CHECK(style.validation_share >= 0.0 && style.test_share >= 0.0 &&
            training >= 0.0)
      << style.name << ": shares of lists " << style.validation_share << ", "
      << style.test_share;
  std::vector<List> lists;
  for (const List& list : {List{Part::kTraining, training},
                           List{Part::kValidation, style.validation_share},
                           List{Part::kTest, style.test_share}}) {
    if (list.share > 0.0) lists.push_back(list);
  }
  return lists;
}

// Which list each patient is on: the first patients one on each, the others
// where most are missing, so that after any number of them the shares are right
// to a patient.
std::vector<Part> PartsOf(const SourceStyle& style, int patients) {
  const bool has_lists = style.validation_share + style.test_share > 0.0;
  if (!has_lists) return std::vector<Part>(patients, Part::kNone);
  std::vector<List> lists = ListsOf(style);
  std::vector<Part> parts;
  for (int number = 0; number < patients; ++number) {
    const auto missing = [number](const List& list) {
      return list.patients == 0 ? 2.0
                                : list.share * (number + 1) - list.patients;
    };
    List& next = *std::max_element(
        lists.begin(), lists.end(),
        [&](const List& a, const List& b) { return missing(a) < missing(b); });
    ++next.patients;
    parts.push_back(next.part);
  }
  return parts;
}

bool Happens(RandomKey key, absl::string_view purpose, double chance) {
  return RandomStream(key.Child(purpose)).Chance(chance);
}

int Pixels(double pixels, double deviation, RandomKey key) {
  const double varied = RandomStream(key).Normal(1.0, deviation) * pixels;
  return std::max(kFewestPixels, static_cast<int>(std::rint(varied)));
}

std::vector<View> ViewsOf(const SourceStyle& style, const Study& study) {
  std::vector<View> views = {study.view};
  if (Happens(study.key, "second frontal film", style.second_frontal)) {
    views.push_back(study.view);
  }
  if (Happens(study.key, "lateral film", style.lateral_share)) {
    views.push_back(View::kLateral);
  }
  return views;
}

PlannedStudy PlanStudy(const SourceStyle& style, const SynthOptions& options,
                       const Patient& patient, int number) {
  PlannedStudy planned{.study = MakeStudy(style.studies, patient, number)};
  const Study& study = planned.study;
  planned.mentions = MakeMentions(study, study.key.Child("mentions"));
  for (const View view : ViewsOf(style, study)) {
    const int film = static_cast<int>(planned.films.size());
    const RandomKey size = study.key.Child("film size", film);
    FilmRequest request{
        .patient = patient,
        .study = study,
        .view = view,
        .number = film,
        .width = Pixels(options.scale * style.width, style.size_deviation,
                        size.Child("width")),
        .height = Pixels(options.scale * style.height, style.size_deviation,
                         size.Child("height")),
        .style = style.film};
    request.style.difficulty *= options.difficulty;
    planned.films.push_back(std::move(request));
  }
  return planned;
}

PlannedPatient PlanPatient(const SourceStyle& style,
                           const SynthOptions& options, int number) {
  const RandomKey source = RandomKey(options.seed).Child(style.name);
  PlannedPatient planned{.patient =
                             MakePatient(style.patients, source, number)};
  RandomStream more(planned.patient.key.Child("more studies"));
  do {
    const int study = static_cast<int>(planned.studies.size());
    planned.studies.push_back(
        PlanStudy(style, options, planned.patient, study));
  } while (static_cast<int>(planned.studies.size()) < kMostStudies &&
           more.Chance(style.more_studies));
  return planned;
}

std::string ViewName(View view) {
  switch (view) {
    case View::kPa:
      return "PA";
    case View::kAp:
      return "AP";
    case View::kApSupine:
      return "AP_SUPINE";
    case View::kLateral:
      return "LATERAL";
    case View::kUnknown:
    case View::kFrontal:
    case View::kOther:
      break;
  }
  CXR_CHECK(false) << "films of view " << static_cast<int>(view);
}

std::string PartName(Part part) {
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
  CXR_CHECK(false) << "part " << static_cast<int>(part);
}

std::string SexName(Sex sex) {
  switch (sex) {
    case Sex::kUnknown:
      return "";
    case Sex::kFemale:
      return std::string(1, 'F');
    case Sex::kMale:
      return std::string(1, 'M');
  }
  CXR_CHECK(false) << "sex " << static_cast<int>(sex);
}

void AddLandmarks(const FilmRequest& film, ImageTruth* truth) {
  if (film.view == View::kLateral) return;
  const Anatomy anatomy = MakeAnatomy(film.patient, film.study, film.view);
  const PixelLandmarks pixels = InPixels(anatomy.landmarks, FrameOf(film));
  for (const std::vector<PolygonPoint>* organ :
       {&pixels.right_lung, &pixels.left_lung, &pixels.heart}) {
    for (const PolygonPoint& point : *organ) {
      truth->add_landmarks(point.x);
      truth->add_landmarks(point.y);
    }
  }
}

}  // namespace

std::vector<PlannedPatient> MakePopulation(const SourceStyle& style,
                                           const SynthOptions& options) {
  const std::vector<Part> parts = PartsOf(style, options.patients);
  std::vector<PlannedPatient> people;
  people.reserve(parts.size());
  for (const Part part : parts) {
    const int number = static_cast<int>(people.size());
    people.push_back(PlanPatient(style, options, number));
    people.back().part = part;
  }
  return people;
}

bool HasLateral(const PlannedStudy& planned) {
  return std::any_of(
      planned.films.begin(), planned.films.end(),
      [](const FilmRequest& film) { return film.view == View::kLateral; });
}

ImageTruth TruthOf(const FilmRequest& film, Part part) {
  ImageTruth truth;
  truth.set_patient(film.patient.number);
  truth.set_study(film.study.number);
  truth.set_view(ViewName(film.view));
  truth.set_part(PartName(part));
  truth.set_sex(SexName(film.patient.sex));
  truth.set_age_years(film.patient.age_years);
  truth.set_width(film.width);
  truth.set_height(film.height);
  for (int i = 0; i < kFindings; ++i) {
    const double severity = film.study.severity[FindingAt(i)];
    if (severity == 0.0) continue;
    (*truth.mutable_severity())[std::string(FindingName(FindingAt(i)))] =
        severity;
  }
  AddLandmarks(film, &truth);
  return truth;
}

void AddBoxes(const FilmRequest& film, ImageTruth* truth) {
  for (const FilmBox& from : BoxesOf(film)) {
    Box& box = *truth->add_boxes();
    box.set_finding(std::string(FindingName(from.finding)));
    box.set_left(from.left);
    box.set_top(from.top);
    box.set_width(from.width);
    box.set_height(from.height);
  }
}

SourceTruth TruthOf(absl::string_view source, const SynthOptions& options) {
  SourceTruth truth;
  truth.set_notice(
      "SYNTHETIC: drawn by cxr synth. No patient, no clinical meaning.");
  truth.set_source(std::string(source));
  truth.set_seed(options.seed);
  truth.set_patients(options.patients);
  truth.set_scale(options.scale);
  truth.set_difficulty(options.difficulty);
  truth.set_defects(options.defects);
  truth.set_generator_version(kGeneratorVersion);
  return truth;
}

std::string HexId(RandomKey key, int digits) {
  std::string id;
  for (uint64_t place = 0; static_cast<int>(id.size()) < digits; ++place) {
    absl::StrAppend(&id, absl::Hex(key.At(place), absl::kZeroPad16));
  }
  id.resize(digits);
  return id;
}

}  // namespace cxr::synth
