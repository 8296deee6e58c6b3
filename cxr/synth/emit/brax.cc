// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/brax.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/emit/chexpert_cells.h"
#include "cxr/synth/emit/film_file.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/study_date.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

// Lung Lesion before Lung Opacity, unlike CheXpert.
constexpr std::array<absl::string_view, 14> kColumns = {
    "No Finding",       "Enlarged Cardiomediastinum",
    "Cardiomegaly",     "Lung Lesion",
    "Lung Opacity",     "Edema",
    "Consolidation",    "Pneumonia",
    "Atelectasis",      "Pneumothorax",
    "Pleural Effusion", "Pleural Other",
    "Fracture",         "Support Devices",
};

// What patients' rows have wrong, with defects: all rows of patient
// kUnknownSex; the first film of patient kFirstOddView is said to be of the
// first of kOddViews, and so on.
constexpr int kUnknownSex = 0;
constexpr int kFirstOddView = 1;
constexpr std::array<absl::string_view, 5> kOddViews = {"", "RLD", "LLD", "RLO",
                                                        "LLO"};

constexpr int kFirstYear = 2010;  // of studies
constexpr int kYears = 5;
constexpr double kLeftShare = 0.85;  // of lateral films; the others are RL
constexpr int kManufacturers = 6;    // numbered, not named

// "45-49", "85 or more".
constexpr int kAgesOfGroup = 5;
constexpr int kOldest = 85;

int YoungestOfGroup(int age_years) {
  return age_years >= kOldest ? kOldest : age_years - age_years % kAgesOfGroup;
}

std::string AgeCell(int age_years) {
  const int youngest = YoungestOfGroup(age_years);
  return youngest == kOldest
             ? absl::StrCat(kOldest, " or more")
             : absl::StrCat(youngest, "-", youngest + kAgesOfGroup - 1);
}

// Numbers of eight digits, joined by `separator`.
std::string Numbers(RandomKey key, int count, absl::string_view separator) {
  RandomStream stream(key);
  std::vector<std::string> numbers;
  for (int i = 0; i < count; ++i) {
    numbers.push_back(absl::StrFormat("%08d", stream.Below(100'000'000)));
  }
  return absl::StrJoin(numbers, separator);
}

// What a film's row names.
struct Names {
  std::string patient = {};    // "id_" and a hash
  std::string accession = {};  // of the study
  std::string path = {};       // of the image, less folder and ending
  std::string suffix = {};     // what PngPath has after ".png"
};

Names NamesOf(const FilmRequest& film) {
  const RandomKey study = film.study.key.Child("names");
  const RandomKey key = study.Child("film", film.number);
  Names names;
  names.patient = absl::StrCat("id_", HexId(film.patient.key.Child("id"), 32));
  names.accession = HexId(study.Child("accession"), 32);
  names.path = absl::StrCat(names.patient, "/Study_",
                            Numbers(study.Child("folder"), 5, "."), "/Series_",
                            Numbers(key.Child("folder"), 5, "."), "/image-",
                            Numbers(key.Child("file"), 5, "-"));
  names.suffix = absl::StrFormat(
      "-%06d", RandomStream(key.Child("suffix")).Below(1'000'000));
  return names;
}

absl::string_view SexCell(const FilmRequest& film) {
  return film.patient.sex == Sex::kFemale ? "F" : "M";
}

absl::string_view ViewCell(const FilmRequest& film) {
  if (film.view != View::kLateral) {
    return film.view == View::kAp ? "AP" : "PA";
  }
  RandomStream stream(film.study.key.Child("lateral side", film.number));
  return stream.Chance(kLeftShare) ? "LL" : "RL";
}

std::optional<absl::string_view> OddViewOf(const FilmRequest& film) {
  const int place = film.patient.number - kFirstOddView;
  if (film.study.number != 0 || film.number != 0 || place < 0 ||
      place >= static_cast<int>(kOddViews.size())) {
    return std::nullopt;
  }
  return kOddViews[place];
}

// Collects the table of the source, study by study.
class Table {
 public:
  explicit Table(const SynthOptions& options)
      : defects_(options.defects), plan_{.truth = TruthOf("brax", options)} {
    absl::StrAppend(&text_,
                    ",DicomPath,PngPath,PatientID,PatientSex,PatientAge,"
                    "AccessionNumber,StudyDate,",
                    absl::StrJoin(kColumns, ","),
                    ",ViewPosition,Rows,Columns,Manufacturer\n");
  }

  void Add(const PlannedStudy& planned) {
    const ChexpertStates states =
        WithNoise(StatesOf(planned.mentions), kMissedLabels, kSpuriousLabels,
                  planned.study.key.Child("labels"));
    for (const FilmRequest& film : planned.films) {
      AddFilm(film, states);
    }
  }

  SourcePlan Finish() && {
    plan_.files.push_back(
        TextFile("master_spreadsheet_update.csv", std::move(text_)));
    return std::move(plan_);
  }

 private:
  void AddFilm(const FilmRequest& film, const ChexpertStates& states) {
    const Names names = NamesOf(film);
    const std::optional<absl::string_view> odd_view =
        defects_ ? OddViewOf(film) : std::nullopt;
    const bool is_of_unknown_sex =
        defects_ && film.patient.number == kUnknownSex;

    ImageTruth& image = *plan_.truth.add_images();
    image = TruthOf(film, Part::kNone);
    AddBoxes(film, &image);
    image.set_id(absl::StrCat("images/", names.path, ".png"));
    image.set_path(image.id());
    image.set_patient_id(names.patient);
    image.set_study_id(names.accession);
    image.set_age_years(YoungestOfGroup(film.patient.age_years));
    AddLabels(states, &image);
    if (is_of_unknown_sex) {
      image.clear_sex();
      image.set_defect("unknown sex");
    }
    if (odd_view.has_value()) {
      image.set_view(odd_view->empty() ? "" : "OTHER");
      image.set_defect(absl::StrCat("view '", *odd_view, "'"));
    }
    plan_.files.push_back(PngFilm(image.path(), film));
    AddRow(film, names, is_of_unknown_sex ? "O" : SexCell(film),
           odd_view.value_or(ViewCell(film)), states);
  }

  void AddRow(const FilmRequest& film, const Names& names,
              absl::string_view sex, absl::string_view view,
              const ChexpertStates& states) {
    const int date =
        StudyDate(film.patient, film.study.number, kFirstYear, kYears);
    RandomStream stream(film.study.key.Child("visit"));
    absl::StrAppend(
        &text_, rows_++, ",Anonymized_DICOMs/", names.path, ".dcm,images/",
        names.path, ".png", names.suffix, ",", names.patient, ",", sex, ",",
        AgeCell(film.patient.age_years), ",", names.accession, ",", date);
    for (const absl::string_view column : kColumns) {
      absl::StrAppend(&text_, ",",
                      StateCell(states.values[ChexpertLabelCalled(column)]));
    }
    absl::StrAppend(&text_, ",", view, ",", film.height, ",", film.width, ",",
                    stream.Below(kManufacturers), "\n");
  }

  bool defects_;
  SourcePlan plan_;
  std::string text_;
  int rows_ = 0;
};

}  // namespace

// 40,967 images in 24,959 studies of some 19,000 patients.
SourceStyle BraxStyle() {
  return {.name = "brax",
          .patients = {.children = 0.02},
          .studies = {.intensive_care = 0.20, .ap_share = 0.45},
          .more_studies = 0.22,
          .lateral_share = 0.60,
          .second_frontal = 0.05,
          .width = 2400,
          .height = 2600,
          .size_deviation = 0.10,
          .film = {.zoom = 0.97,
                   .gamma_low = 0.7,
                   .gamma_high = 1.05,
                   .noise = 0.8,
                   .collimation = 0.25}};
}

SourcePlan PlanBrax(const SynthOptions& options) {
  Table table(options);
  for (const PlannedPatient& person : MakePopulation(BraxStyle(), options)) {
    for (const PlannedStudy& study : person.studies) {
      table.Add(study);
    }
  }
  return std::move(table).Finish();
}

}  // namespace cxr::synth
