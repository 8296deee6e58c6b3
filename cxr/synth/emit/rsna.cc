// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/rsna.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/dicom/dicom_file.h"
#include "cxr/synth/emit/film_dicom.h"
#include "cxr/synth/emit/pixel_box.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

// An image of NIH's archive a patient, of whom 5 % are children; 12,173 of
// 26,684 are AP. 3,000 more, without labels, are for the test.
SourceStyle Style() {
  return {.name = "rsna",
          .patients = {.children = 0.05},
          .studies = {.intensive_care = 0.30, .ap_share = 0.46},
          .width = 1024,
          .height = 1024,
          .test_share = 0.10};
}

// What may look like pneumonia. The radiologists saw the image alone, so that
// it is the opacity that counts, whatever is behind it.
constexpr std::array<Finding, 4> kOpacities = {
    Finding::kPneumonia, Finding::kConsolidation, Finding::kLungOpacity,
    Finding::kInfiltration};

constexpr int kMostBoxes = 4;  // of an image

constexpr char kLungOpacity[] = "Lung Opacity";
constexpr char kNotNormal[] = "No Lung Opacity / Not Normal";
constexpr char kNormal[] = "Normal";

// Theirs, roughly; the makers do not say.
constexpr int kJpegQuality = 90;

// Millimetres of a pixel of 1024 a side.
constexpr std::array<double, 5> kSpacings = {0.115, 0.139, 0.143, 0.168, 0.194};

// "0004cfab-14fd-4e49-80ba-63a80b6bddd6".
std::string Uuid(RandomKey key) {
  std::string digits = HexId(key, 32);
  // RFC 4122 4.4: version 4, and the variant of that document.
  digits[12] = '4';
  digits[16] = "89ab"[RandomStream(key.Child("variant")).Below(4)];
  const absl::string_view text = digits;
  return absl::StrCat(text.substr(0, 8), "-", text.substr(8, 4), "-",
                      text.substr(12, 4), "-", text.substr(16, 4), "-",
                      text.substr(20));
}

std::vector<PixelBox> OpacitiesOn(const FilmRequest& film) {
  std::vector<PixelBox> boxes;
  for (const FilmBox& box : BoxesOf(film)) {
    for (const Finding opacity : kOpacities) {
      if (box.finding == opacity && IsPresent(film.study, opacity) &&
          boxes.size() < kMostBoxes) {
        boxes.push_back(WholePixels(box, film));
      }
    }
  }
  return boxes;
}

absl::string_view ClassOf(const Study& study, bool has_opacity) {
  if (has_opacity) {
    return kLungOpacity;
  }
  for (int i = 0; i < kFindings; ++i) {
    const Finding finding = FindingAt(i);
    if (finding != Finding::kSupportDevices && IsPresent(study, finding)) {
      return kNotNormal;
    }
  }
  return kNormal;
}

DicomHeader HeaderOf(const FilmRequest& film, const std::string& id,
                     int age_years, RandomKey key) {
  DicomHeader header = DicomHeaderOf(film, key.Child("header"));
  header.sop_class = kSecondaryCapture;
  header.modality = "CR";
  header.conversion_type = "WSD";
  header.series_description = absl::StrCat("view: ", header.view_position);
  header.patient_name = id;
  header.patient_id = id;
  header.patient_age = absl::StrCat(age_years);  // without the standard's Y
  RandomStream stream(key.Child("spacing"));
  header.pixel_spacing =
      kSpacings[stream.Below(kSpacings.size())] * 1024 / film.width;
  header.jpeg_quality = kJpegQuality;
  return header;
}

// The age of one patient of the archive.
constexpr int kAbsurdAge = 155;

// Collects the tables of a source, patient by patient.
class RsnaTables {
 public:
  explicit RsnaTables(const SynthOptions& options)
      : options_(options), plan_{.truth = TruthOf("rsna", options)} {}

  void Add(const PlannedPatient& person) {
    const FilmRequest& film = person.studies[0].films[0];
    const RandomKey key = film.study.key.Child("rsna");
    const std::string id = Uuid(key.Child("id"));
    const bool is_labelled = person.part == Part::kTraining;
    const bool is_odd =
        options_.defects && is_labelled && plan_.truth.images().empty();
    const DicomHeader header =
        HeaderOf(film, id, is_odd ? kAbsurdAge : film.patient.age_years, key);
    const std::string path = absl::StrCat(
        "stage_2_", is_labelled ? "train" : "test", "_images/", id, ".dcm");
    plan_.files.push_back({.path = path, .make = [film, header] {
                             return DicomFile(header, DrawSamples(film, 8),
                                              DicomCoding::kJpegBaseline);
                           }});
    absl::StrAppend(&headers_, id, ",", header.view_position, ",",
                    header.patient_sex, ",", header.patient_age, "\n");
    if (!is_labelled) {
      absl::StrAppend(&submission_, id, ",0.5 0 0 100 100\n");
      return;
    }
    ImageTruth& image = *plan_.truth.add_images();
    image = TruthOf(film, person.part);
    image.set_id(id);
    image.set_path(path);
    image.set_patient_id(id);
    if (is_odd) {
      // Readers see that it is none.
      image.set_age_years(kUnknownAge);
      image.set_defect(absl::StrCat("age ", kAbsurdAge));
    }
    AddLabels(film, id, &image);
  }

  SourcePlan Finish() && {
    const auto add = [this](absl::string_view name, std::string text) {
      plan_.files.push_back(TextFile(std::string(name), std::move(text)));
    };
    add("stage_2_train_labels.csv", std::move(labels_));
    add("stage_2_detailed_class_info.csv", std::move(classes_));
    add("stage_2_sample_submission.csv", std::move(submission_));
    if (options_.headers) add("dicom_headers.csv", std::move(headers_));
    return std::move(plan_);
  }

 private:
  // A row a box in both tables, or one without.
  void AddLabels(const FilmRequest& film, const std::string& id,
                 ImageTruth* image) {
    const std::vector<PixelBox> boxes = OpacitiesOn(film);
    const absl::string_view name = ClassOf(film.study, !boxes.empty());
    auto& labels = *image->mutable_labels();
    labels["Pneumonia"] = boxes.empty() ? 0.0 : 1.0;
    labels[kNotNormal] = name == kNotNormal ? 1.0 : 0.0;
    labels[kNormal] = name == kNormal ? 1.0 : 0.0;
    for (const PixelBox& box : boxes) {
      absl::StrAppend(&labels_, id, ",", box.left, ".0,", box.top, ".0,",
                      box.width, ".0,", box.height, ".0,1\n");
      absl::StrAppend(&classes_, id, ",", name, "\n");
      *image->add_boxes() = TruthBox("Pneumonia", box);
    }
    if (boxes.empty()) {
      absl::StrAppend(&labels_, id, ",,,,,0\n");
      absl::StrAppend(&classes_, id, ",", name, "\n");
    }
  }

  SynthOptions options_;
  SourcePlan plan_;
  std::string labels_ = "patientId,x,y,width,height,Target\n";
  std::string classes_ = "patientId,class\n";
  std::string submission_ = "patientId,PredictionString\n";
  std::string headers_ = "PatientID,ViewPosition,PatientSex,PatientAge\n";
};

}  // namespace

SourcePlan PlanRsna(const SynthOptions& options) {
  RsnaTables tables(options);
  for (const PlannedPatient& person : MakePopulation(Style(), options)) {
    tables.Add(person);
  }
  return std::move(tables).Finish();
}

}  // namespace cxr::synth
