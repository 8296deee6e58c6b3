// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/chexpert.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cxr/base/file.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/emit/chexpert_cells.h"
#include "cxr/synth/emit/film_file.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/patient/mention.h"

namespace cxr::synth {
namespace {

constexpr int kQuality = 90;  // of JPEG

// The shorter side of the downsampled release has about 320 of 2,320 pixels.
constexpr double kSmallBelow = 0.2;

// First numbers of the patients of valid.csv and of the test list.
constexpr int kFirstValidation = 64541;
constexpr int kFirstTest = 64741;

constexpr char kTestRoot[] = "CheXpert";

// Shares are those of train.csv: 187,641 studies of 64,540 patients, 32,387
// lateral films, 3,402 second frontal ones, 0.85 of frontal films AP. Of the
// lists, which hold 200 and 500 patients, there is more, so that a small set
// has as many as can be measured.
SourceStyle Style() {
  return {.name = "chexpert",
          .studies = {.intensive_care = 0.45, .ap_share = 0.85},
          .more_studies = 0.60,
          .lateral_share = 0.17,
          .second_frontal = 0.02,
          .width = 2828,
          .height = 2320,
          .size_deviation = 0.06,
          .film = {.zoom = 1.0,
                   .gamma_low = 0.75,
                   .gamma_high = 1.2,
                   .collimation = 0.05},
          .validation_share = 0.10,
          .test_share = 0.15};
}

// What a training patient's rows have wrong, with defects.
enum class Oddity { kNone, kUnknownSex, kAgeZero, kLeftLateral, kRightLateral };

// Of the patient of this place among those of the training list.
Oddity OddityOf(int place) {
  switch (place) {
    case 0:
      return Oddity::kUnknownSex;
    case 1:
      return Oddity::kAgeZero;
    case 2:
      return Oddity::kLeftLateral;
    case 3:
      return Oddity::kRightLateral;
    default:
      return Oddity::kNone;
  }
}

// What a patient is called and what is odd.
struct Listed {
  std::string name = {};  // "patient00001"
  Oddity oddity = Oddity::kNone;
};

// Patients of each list have numbers of their own, in order; those of one list
// end before those of the next begin.
std::vector<Listed> NamesOf(const std::vector<PlannedPatient>& people,
                            bool defects) {
  const auto count = [&people](Part part) {
    return static_cast<int>(std::count_if(
        people.begin(), people.end(),
        [part](const PlannedPatient& person) { return person.part == part; }));
  };
  int training = 1;
  int validation = std::max(kFirstValidation, 1 + count(Part::kTraining));
  int test = std::max(kFirstTest, validation + count(Part::kValidation));
  std::vector<Listed> names;
  for (const PlannedPatient& person : people) {
    Listed& listed = names.emplace_back();
    int& number = person.part == Part::kTraining     ? training
                  : person.part == Part::kValidation ? validation
                                                     : test;
    if (defects && person.part == Part::kTraining) {
      listed.oddity = OddityOf(number - 1);
    }
    listed.name = absl::StrFormat("patient%05d", number++);
  }
  return names;
}

// A film that the table calls frontal, LL or RL.
bool IsMiscalled(const Listed& listed, const FilmRequest& film) {
  return film.number == 0 && film.study.number == 0 &&
         (listed.oddity == Oddity::kLeftLateral ||
          listed.oddity == Oddity::kRightLateral);
}

absl::string_view SexCell(const Listed& listed, Sex sex) {
  if (listed.oddity == Oddity::kUnknownSex) {
    return "Unknown";
  }
  return sex == Sex::kFemale ? "Female" : "Male";
}

absl::string_view ViewCell(const Listed& listed, const FilmRequest& film) {
  if (IsMiscalled(listed, film)) {
    return listed.oddity == Oddity::kLeftLateral ? "LL" : "RL";
  }
  return film.view == View::kLateral ? ""
         : film.view == View::kAp    ? "AP"
                                     : "PA";
}

// Collects the tables of the source, study by study.
class Tables {
 public:
  explicit Tables(const SynthOptions& options)
      : root_(options.scale < kSmallBelow ? "CheXpert-v1.0-small"
                                          : "CheXpert-v1.0"),
        plan_{.truth = TruthOf("chexpert", options)} {
    const std::string labels =
        absl::StrCat(absl::StrJoin(kChexpertLabels, ","), "\n");
    training_ = absl::StrCat("Path,Sex,Age,Frontal/Lateral,AP/PA,", labels);
    validation_ = training_;
    test_ = absl::StrCat("Path,", labels);
  }

  void Add(const PlannedPatient& person, const Listed& listed) {
    for (const PlannedStudy& planned : person.studies) {
      const ChexpertStates states =
          person.part == Part::kTraining
              ? WithNoise(StatesOf(planned.mentions), kMissedLabels,
                          kSpuriousLabels, planned.study.key.Child("labels"))
              : StatesSeen(planned.study);
      for (const FilmRequest& film : planned.films) {
        AddFilm(person.part, listed, film, states);
      }
    }
  }

  SourcePlan Finish() && {
    plan_.files.push_back(TextFile(JoinPath(root_, "train.csv"), training_));
    plan_.files.push_back(TextFile(JoinPath(root_, "valid.csv"), validation_));
    plan_.files.push_back(
        TextFile(JoinPath(kTestRoot, "test_labels.csv"), test_));
    return std::move(plan_);
  }

 private:
  void AddFilm(Part part, const Listed& listed, FilmRequest film,
               const ChexpertStates& states) {
    const std::string study =
        absl::StrCat(listed.name, "/study", film.study.number + 1);
    const bool is_lateral = film.view == View::kLateral;
    const std::string id =
        absl::StrCat(part == Part::kTraining     ? "train/"
                     : part == Part::kValidation ? "valid/"
                                                 : "test/",
                     study, "/view", film.number + 1,
                     is_lateral ? "_lateral.jpg" : "_frontal.jpg");
    AddRow(part, listed, film, id, states);
    if (IsMiscalled(listed, film)) {
      film.view = View::kLateral;
    }
    ImageTruth& image = *plan_.truth.add_images();
    image = TruthOf(film, part);
    AddBoxes(film, &image);
    image.set_id(id);
    image.set_path(JoinPath(part == Part::kTest ? kTestRoot : root_, id));
    image.set_patient_id(listed.name);
    image.set_study_id(study);
    AddLabels(states, &image);
    StateWhatIsRead(part, listed, film, &image);
    plan_.files.push_back(JpegFilm(image.path(), film, kQuality));
  }

  void AddRow(Part part, const Listed& listed, const FilmRequest& film,
              absl::string_view id, const ChexpertStates& states) {
    std::string& table = part == Part::kTraining     ? training_
                         : part == Part::kValidation ? validation_
                                                     : test_;
    if (part == Part::kTest) {
      absl::StrAppend(&table, id);
    } else {
      const int age =
          listed.oddity == Oddity::kAgeZero ? 0 : film.patient.age_years;
      absl::StrAppend(&table, root_, "/", id, ",",
                      SexCell(listed, film.patient.sex), ",", age, ",",
                      film.view == View::kLateral ? "Lateral" : "Frontal", ",",
                      ViewCell(listed, film));
    }
    for (const Mention state : states.values) {
      absl::StrAppend(&table, ",", StateCell(state));
    }
    table += '\n';
  }

  // Where the tables say less, or other things, than is true.
  static void StateWhatIsRead(Part part, const Listed& listed,
                              const FilmRequest& film, ImageTruth* image) {
    if (part == Part::kTest) {
      image->clear_sex();
      image->set_age_years(kUnknownAge);
      if (film.view != View::kLateral) {
        image->set_view("FRONTAL");
      }
    }
    if (listed.oddity == Oddity::kUnknownSex) {
      image->clear_sex();
      image->set_defect("unknown sex");
    }
    if (listed.oddity == Oddity::kAgeZero) {
      image->set_age_years(kUnknownAge);
      image->set_defect("age 0");
    }
    if (IsMiscalled(listed, film)) {
      image->set_view("OTHER");
      image->set_defect("lateral called frontal");
    }
  }

  std::string root_;
  SourcePlan plan_;
  std::string training_;
  std::string validation_;
  std::string test_;
};

}  // namespace

SourcePlan PlanChexpert(const SynthOptions& options) {
  const std::vector<PlannedPatient> people = MakePopulation(Style(), options);
  const std::vector<Listed> names = NamesOf(people, options.defects);
  Tables tables(options);
  for (size_t i = 0; i < people.size(); ++i) {
    tables.Add(people[i], names[i]);
  }
  return std::move(tables).Finish();
}

}  // namespace cxr::synth
