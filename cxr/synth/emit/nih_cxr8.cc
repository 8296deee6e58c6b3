// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/nih_cxr8.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
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
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

// A label and how the list of boxes calls it; empty: that has none of it.
struct NihLabel {
  absl::string_view name = {};
  absl::string_view box_name = {};
};

// In the order of the alphabet, as a cell joins them.
constexpr std::array<NihLabel, 14> kLabels = {{
    {"Atelectasis", "Atelectasis"},
    {"Cardiomegaly", "Cardiomegaly"},
    {"Consolidation", ""},
    {"Edema", ""},
    {"Effusion", "Effusion"},
    {"Emphysema", ""},
    {"Fibrosis", ""},
    {"Hernia", ""},
    {"Infiltration", "Infiltrate"},
    {"Mass", "Mass"},
    {"Nodule", "Nodule"},
    {"Pleural_Thickening", ""},
    {"Pneumonia", "Pneumonia"},
    {"Pneumothorax", "Pneumothorax"},
}};

// What the labels mean. Reports call any vague opacity an infiltrate; what is
// not here has no label.
struct Meaning {
  Finding finding;
  absl::string_view label;
};
constexpr Meaning kMeanings[] = {
    {Finding::kAtelectasis, "Atelectasis"},
    {Finding::kCardiomegaly, "Cardiomegaly"},
    {Finding::kConsolidation, "Consolidation"},
    {Finding::kEdema, "Edema"},
    {Finding::kPleuralEffusion, "Effusion"},
    {Finding::kEmphysema, "Emphysema"},
    {Finding::kFibrosis, "Fibrosis"},
    {Finding::kHernia, "Hernia"},
    {Finding::kInfiltration, "Infiltration"},
    {Finding::kLungOpacity, "Infiltration"},
    {Finding::kInterstitialDisease, "Infiltration"},
    {Finding::kTuberculosis, "Infiltration"},
    {Finding::kMass, "Mass"},
    {Finding::kNodule, "Nodule"},
    {Finding::kPleuralThickening, "Pleural_Thickening"},
    {Finding::kPneumonia, "Pneumonia"},
    {Finding::kPneumothorax, "Pneumothorax"},
};

// Of images; really 880 of 112,120 have boxes, too few for a small set.
constexpr double kBoxedShare = 0.3;

// Some images of the table of 2017 state it.
constexpr int kImpossibleAge = 414;

// Millimetres of a pixel of the original image, as the table has them.
constexpr double kSpacings[] = {0.139, 0.143, 0.168, 0.171, 0.194};

// The place in kLabels; -1: no label.
int LabelOf(Finding finding) {
  for (const Meaning& meaning : kMeanings) {
    for (size_t i = 0; i < kLabels.size(); ++i) {
      if (meaning.finding == finding && meaning.label == kLabels[i].name) {
        return static_cast<int>(i);
      }
    }
  }
  return -1;
}

bool IsThere(const Study& study, absl::string_view label) {
  return std::any_of(
      std::begin(kMeanings), std::end(kMeanings), [&](const Meaning& meaning) {
        return meaning.label == label && IsPresent(study, meaning.finding);
      });
}

// Whether each of kLabels is on the study's images, with errors.
std::array<bool, 14> LabelsOf(const Study& study) {
  const RandomKey key = study.key.Child("labels");
  std::array<bool, 14> labels = {};
  for (size_t i = 0; i < kLabels.size(); ++i) {
    RandomStream stream(key.Child(kLabels[i].name));
    labels[i] = IsThere(study, kLabels[i].name)
                    ? !stream.Chance(kMissedLabels)
                    : stream.Chance(kSpuriousLabels);
  }
  return labels;
}

std::string LabelCell(const std::array<bool, 14>& labels) {
  std::vector<absl::string_view> names;
  for (size_t i = 0; i < kLabels.size(); ++i) {
    if (labels[i]) {
      names.push_back(kLabels[i].name);
    }
  }
  return names.empty() ? "No Finding" : absl::StrJoin(names, "|");
}

// Pixels in steps of 1/64, which six digits write exactly.
double InSteps(double pixels) { return std::floor(pixels * 64.0) / 64.0; }

// Collects the tables of the source, image by image.
class Tables {
 public:
  explicit Tables(const SynthOptions& options)
      : defects_(options.defects),
        plan_{.truth = TruthOf("nih_cxr8", options)} {}

  void Add(const PlannedPatient& person) {
    int follow_up = 0;  // images of a patient are numbered over all studies
    for (const PlannedStudy& planned : person.studies) {
      const std::array<bool, 14> labels = LabelsOf(planned.study);
      for (const FilmRequest& film : planned.films) {
        AddFilm(person.part, film, labels, follow_up++);
      }
    }
  }

  SourcePlan Finish() && {
    for (auto& [name, text] :
         {std::pair("Data_Entry_2017_v2020.csv", &entries_),
          {"train_val_list.txt", &training_},
          {"test_list.txt", &test_},
          {"BBox_List_2017.csv", &boxes_}}) {
      plan_.files.push_back(TextFile(name, std::move(*text)));
    }
    return std::move(plan_);
  }

 private:
  void AddFilm(Part part, const FilmRequest& film,
               const std::array<bool, 14>& labels, int follow_up) {
    const int patient = film.patient.number + 1;
    const std::string name =
        absl::StrFormat("%08d_%03d.png", patient, follow_up);
    const bool has_alpha = defects_ && patient == 1 && follow_up == 0;
    const bool is_old = defects_ && patient == 2 && follow_up == 0;

    ImageTruth& image = *plan_.truth.add_images();
    image = TruthOf(film, part);
    image.set_id(name);
    image.set_path(absl::StrCat("images/", name));
    image.set_patient_id(absl::StrCat(patient));
    for (size_t i = 0; i < kLabels.size(); ++i) {
      (*image.mutable_labels())[std::string(kLabels[i].name)] =
          labels[i] ? 1.0 : 0.0;
    }
    if (has_alpha) {
      image.set_defect("rgba");
    }
    if (is_old) {
      image.set_defect("age 414");
      image.set_age_years(kUnknownAge);
    }
    ListBoxes(film, labels, &image);

    RandomStream original(film.study.key.Child("original image", film.number));
    const double spacing = kSpacings[original.Below(std::size(kSpacings))];
    const int width = 2000 + original.Below(1057);
    const int height = 2000 + original.Below(1057);
    absl::StrAppend(&entries_, name, ",", LabelCell(labels), ",", follow_up,
                    ",", patient, ",",
                    is_old ? kImpossibleAge : film.patient.age_years, ",",
                    film.patient.sex == Sex::kFemale ? "F" : "M", ",",
                    film.view == View::kAp ? "AP" : "PA", ",", width, ",",
                    height, ",", spacing, ",", spacing, "\n");
    absl::StrAppend(part == Part::kTest ? &test_ : &training_, name, "\n");
    plan_.files.push_back(has_alpha ? RgbaPngFilm(image.path(), film)
                                    : PngFilm(image.path(), film));
  }

  // To the table and the truth, if the image is one of those with boxes.
  void ListBoxes(const FilmRequest& film, const std::array<bool, 14>& labels,
                 ImageTruth* image) {
    RandomStream stream(film.study.key.Child("listed boxes", film.number));
    if (!stream.Chance(kBoxedShare)) {
      return;
    }
    for (const FilmBox& drawn : BoxesOf(film)) {
      const int label = LabelOf(drawn.finding);
      if (label < 0 || !labels[label] || kLabels[label].box_name.empty()) {
        continue;
      }
      Box& box = *image->add_boxes();
      box.set_finding(std::string(kLabels[label].name));
      box.set_left(InSteps(drawn.left));
      box.set_top(InSteps(drawn.top));
      box.set_width(InSteps(drawn.width));
      box.set_height(InSteps(drawn.height));
      absl::StrAppend(&boxes_, image->id(), ",", kLabels[label].box_name,
                      absl::StrFormat(",%.6f,%.6f,%.6f,%.6f,,,\n", box.left(),
                                      box.top(), box.width(), box.height()));
    }
  }

  bool defects_;
  SourcePlan plan_;
  std::string entries_ =
      "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,"
      "Patient Gender,View Position,OriginalImage[Width,Height],"
      "OriginalImagePixelSpacing[x,y]\n";
  std::string training_;
  std::string test_;
  std::string boxes_ = "Image Index,Finding Label,Bbox [x,y,w,h],,,\n";
};

}  // namespace

// 112,120 frontal films of 30,805 patients, 44,810 of them AP; 25,596 on the
// test list.
SourceStyle NihCxr8Style() {
  return {.name = "nih_cxr8",
          .patients = {.children = 0.05},
          .studies = {.intensive_care = 0.30, .ap_share = 0.40},
          .more_studies = 0.70,
          .second_frontal = 0.03,
          .width = 1024,
          .height = 1024,
          .film = {.zoom = 1.04,
                   .gamma_low = 0.85,
                   .gamma_high = 1.3,
                   .noise = 1.2,
                   .collimation = 0.15},
          .test_share = 0.228};
}

SourcePlan PlanNihCxr8(const SynthOptions& options) {
  Tables tables(options);
  for (const PlannedPatient& person : MakePopulation(NihCxr8Style(), options)) {
    tables.Add(person);
  }
  return std::move(tables).Finish();
}

}  // namespace cxr::synth
