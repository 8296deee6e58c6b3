// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/padchest.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "cxr/base/csv.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/emit/film_file.h"
#include "cxr/synth/emit/padchest_labels.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/report.h"

namespace cxr::synth {
namespace {

constexpr char kTable[] =
    "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv.gz";

constexpr char kHeader[] =
    ",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,PatientBirth,"
    "PatientSex_DICOM,ViewPosition_DICOM,Projection,MethodProjection,Pediatric,"
    "Modality_DICOM,Manufacturer_DICOM,PhotometricInterpretation_DICOM,"
    "PixelRepresentation_DICOM,PixelAspectRatio_DICOM,SpatialResolution_DICOM,"
    "BitsStored_DICOM,WindowCenter_DICOM,WindowWidth_DICOM,Rows_DICOM,"
    "Columns_DICOM,XRayTubeCurrent_DICOM,Exposure_DICOM,ExposureInuAs_DICOM,"
    "ExposureTime,RelativeXRayExposure_DICOM,ReportID,Report,MethodLabel,"
    "Labels,Localizations,LabelsLocalizationsBySentence,labelCUIS,"
    "LocalizationsCUIS\n";

constexpr double kLyingShare = 0.75;      // of AP films
constexpr double kPhysicianShare = 0.27;  // of reports; others a network read
constexpr double kLongNames = 0.3;  // of images, of the older of two forms
constexpr int kFolders = 55;

// Years of the studies.
constexpr int kFirstYear = 2009;
constexpr int kYears = 9;

// The published pretraining takes nobody born later.
constexpr int kLastBirth = 2008;
constexpr int kBlankYear = 0;

// With defects: what is wrong with the patient of this number, in rows of the
// first study or, of a file or view, in the first row. Nothing is wrong with
// the first patient, so that a set of one has an image.
constexpr int kBlankLabels = 1;
constexpr int kChild = 2;
constexpr int kCutOff = 3;
constexpr int kUnknownView = 4;
constexpr int kRibView = 5;
constexpr int kEmptyLabels = 6;
constexpr int kBlankBirth = 7;
constexpr int kAgeOfChild = 4;

std::string Digits(RandomKey key, int count) {
  RandomStream stream(key);
  std::string digits = absl::StrCat(1 + stream.Below(9));
  while (static_cast<int>(digits.size()) < count) {
    absl::StrAppend(&digits, stream.Below(10));
  }
  return digits;
}

// "..._04-014-084.png" or "..._0jycky.png".
std::string ImageName(absl::string_view study_id, RandomKey key) {
  RandomStream stream(key);
  if (stream.Chance(kLongNames)) {
    const int first = stream.Below(100);
    const int second = stream.Below(200);
    const int third = stream.Below(200);
    return absl::StrFormat("%s_%02d-%03d-%03d.png", study_id, first, second,
                           third);
  }
  std::string suffix;
  for (int i = 0; i < 6; ++i) {
    suffix.push_back("0123456789abcdefghijklmnopqrstuvwxyz"[stream.Below(36)]);
  }
  return absl::StrCat(study_id, "_", suffix, ".png");
}

// What the rows of one study share.
struct StudyRows {
  std::string study_id = {};
  std::string patient_id = {};
  int date = 0;  // YYYYMMDD
  int birth = kBlankYear;
  int age_years = 0;
  std::string report_id = {};
  std::string report = {};
  bool is_by_physician = false;
  PadchestAnnotation annotation = {};
  bool has_blank_labels = false;

  bool IsKept() const {
    return !has_blank_labels && birth != kBlankYear && birth <= kLastBirth;
  }
};

StudyRows RowsOf(const PlannedPatient& person, const PlannedStudy& planned,
                 bool defects) {
  const Patient& patient = person.patient;
  const Study& study = planned.study;
  const RandomKey key = study.key.Child("padchest");
  const auto is_odd = [&](int number) {
    return defects && patient.number == number;
  };
  StudyRows rows;
  rows.study_id = Digits(key.Child("study id"), 38);
  rows.patient_id = Digits(patient.key.Child("patient id"), 36);
  rows.report_id = Digits(key.Child("report id"), 7);

  // All studies of a patient lie in one year, so that the age stays.
  RandomStream year(patient.key.Child("year"));
  RandomStream day(key.Child("day"));
  const int year_of_study = is_odd(kChild) ? kFirstYear + kYears - 1
                                           : kFirstYear + year.Below(kYears);
  const int month = 1 + 3 * study.number + day.Below(3);  // up to four studies
  rows.date = 10'000 * year_of_study + 100 * month + 1 + day.Below(28);
  rows.age_years = is_odd(kChild) ? kAgeOfChild : patient.age_years;
  rows.birth =
      is_odd(kBlankBirth) ? kBlankYear : year_of_study - rows.age_years;

  rows.report =
      PadchestReport(planned.study, planned.mentions, key.Child("report"));
  rows.is_by_physician =
      RandomStream(key.Child("reader")).Chance(kPhysicianShare);
  rows.annotation = AnnotationOf(
      study, rows.is_by_physician
                 ? planned.mentions
                 : ReadByNetwork(planned.mentions, study.key.Child("labels")));
  if (is_odd(kEmptyLabels) && study.number == 0) {
    rows.annotation = {};
  }
  rows.has_blank_labels = is_odd(kBlankLabels) && study.number == 0;
  return rows;
}

// Where the patient lies or stands.
View ViewOf(const FilmRequest& film) {
  RandomStream stream(film.study.key.Child("lying", film.number));
  return film.view == View::kAp && stream.Chance(kLyingShare) ? View::kApSupine
                                                              : film.view;
}

absl::string_view PositionCell(View view) {
  return view == View::kPa        ? "POSTEROANTERIOR"
         : view == View::kLateral ? "LATERAL"
                                  : "ANTEROPOSTERIOR";
}

absl::string_view ProjectionCell(View view) {
  return view == View::kPa         ? "PA"
         : view == View::kLateral  ? "L"
         : view == View::kApSupine ? "AP_horizontal"
                                   : "AP";
}

// What the row of one film adds.
struct FilmRow {
  std::string image_id = {};
  int folder = 0;
  absl::string_view projection = {};
};

// The cells up to Report: those of the image's own file and its exposure.
std::vector<std::string> ImageCells(const StudyRows& rows, const FilmRow& row,
                                    const FilmRequest& film) {
  RandomStream stream(film.study.key.Child("exposure", film.number));
  const bool is_digital = stream.Chance(0.5);
  const int current = 100 + stream.Below(300);  // mA
  const int time = 2 + stream.Below(40);        // ms
  const int exposure = 1 + current * time / 1000;
  return {row.image_id,
          absl::StrCat(row.folder),
          absl::StrCat(rows.date),
          rows.study_id,
          rows.patient_id,
          rows.birth == kBlankYear ? "" : absl::StrCat(rows.birth, ".0"),
          film.patient.sex == Sex::kFemale ? "F" : "M",
          std::string(PositionCell(film.view)),
          std::string(row.projection),
          "Manual review of DICOM fields",
          rows.age_years < 18 ? "PED" : "No",
          is_digital ? "DX" : "CR",
          is_digital ? "ImagingDynamicsCompanyLtd" : "PhilipsMedicalSystems",
          "MONOCHROME2",
          "0",
          "",
          "",
          "12",
          "2048.0",
          "4096.0",
          absl::StrCat(film.height),
          absl::StrCat(film.width),
          absl::StrCat(current),
          absl::StrCat(exposure),
          absl::StrCat(1000 * exposure),
          absl::StrCat(time),
          absl::StrCat(100 + stream.Below(1500))};
}

std::vector<std::string> ReportCells(const StudyRows& rows,
                                     const FilmRequest& film) {
  const RandomKey key = film.study.key.Child("needless spaces");
  const PadchestAnnotation& annotation = rows.annotation;
  return {rows.report_id,
          rows.report,
          rows.is_by_physician ? "Physician" : "RNN_model",
          rows.has_blank_labels
              ? ""
              : ListCell(annotation.labels, key.Child("labels")),
          ListCell(annotation.locations, key.Child("locations")),
          NestedListCell(annotation.sentences, key.Child("sentences")),
          ConceptsCell(annotation.label_concepts),
          ConceptsCell(annotation.location_concepts)};
}

// Collects the table of the source, study by study.
class Table {
 public:
  explicit Table(const SynthOptions& options)
      : defects_(options.defects),
        plan_{.truth = TruthOf("padchest", options)} {}

  void Add(const PlannedPatient& person, const PlannedStudy& planned) {
    const StudyRows rows = RowsOf(person, planned, defects_);
    for (const FilmRequest& film : planned.films) {
      AddFilm(rows, film);
    }
  }

  SourcePlan Finish() && {
    plan_.files.push_back(TextFile(kTable, std::move(text_)));
    // A row says of all labels that occur whether it has them, unless its list
    // is empty.
    for (ImageTruth& image : *plan_.truth.mutable_images()) {
      for (const std::string& label : labels_) {
        if (!image.labels().empty()) {
          image.mutable_labels()->insert({label, 0.0});
        }
      }
    }
    return std::move(plan_);
  }

 private:
  void AddFilm(const StudyRows& rows, FilmRequest film) {
    film.view = ViewOf(film);
    const RandomKey key = film.study.key.Child("image", film.number);
    const bool is_first = film.study.number == 0 && film.number == 0;
    const auto is_odd = [&](int number) {
      return defects_ && is_first && film.patient.number == number;
    };
    const FilmRow row = {
        .image_id = ImageName(rows.study_id, key.Child("name")),
        .folder = RandomStream(key.Child("folder")).Below(kFolders),
        .projection = is_odd(kUnknownView) ? "UNK"
                      : is_odd(kRibView)   ? "COSTAL"
                                           : ProjectionCell(film.view)};
    AddRow(rows, row, film);
    PlannedFile file =
        Png16Film(absl::StrCat(row.folder, "/", row.image_id), film);
    if (rows.IsKept()) {
      ImageTruth& image = AddTruth(rows, row, film);
      image.set_path(file.path);
      if (is_odd(kUnknownView)) {
        image.clear_view();
        image.set_defect("view UNK");
      }
      if (is_odd(kRibView)) {
        image.set_view("OTHER");
        image.set_defect("view COSTAL");
      }
      if (is_odd(kCutOff)) {
        image.set_defect("truncated");
      }
    }
    plan_.files.push_back(is_odd(kCutOff) ? Truncated(std::move(file))
                                          : std::move(file));
  }

  void AddRow(const StudyRows& rows, const FilmRow& row,
              const FilmRequest& film) {
    absl::StrAppend(&text_, rows_++);
    for (const std::vector<std::string>& cells :
         {ImageCells(rows, row, film), ReportCells(rows, film)}) {
      for (const std::string& cell : cells) {
        absl::StrAppend(&text_, ",", CsvCell(cell));
      }
    }
    absl::StrAppend(&text_, "\n");
  }

  ImageTruth& AddTruth(const StudyRows& rows, const FilmRow& row,
                       const FilmRequest& film) {
    ImageTruth& image = *plan_.truth.add_images();
    image = TruthOf(film, Part::kNone);
    AddBoxes(film, &image);
    image.set_id(row.image_id);
    image.set_patient_id(rows.patient_id);
    image.set_study_id(rows.study_id);
    image.set_report(rows.report);
    for (const std::string& label : rows.annotation.labels) {
      (*image.mutable_labels())[label] = 1.0;
      labels_.insert(label);
    }
    if (rows.annotation.labels.empty()) {
      image.set_defect("no labels");
    }
    return image;
  }

  bool defects_;
  SourcePlan plan_;
  std::string text_ = kHeader;
  int rows_ = 0;
  std::set<std::string> labels_;  // of all images of the truth
};

}  // namespace

// 160,861 films in 109,931 studies of 67,625 patients; 16 % of the frontal ones
// are AP, three of four of these of patients who lie.
SourceStyle PadchestStyle() {
  return {.name = "padchest",
          .patients = {.children = 0.03},
          .studies = {.intensive_care = 0.15, .ap_share = 0.16},
          .more_studies = 0.40,
          .lateral_share = 0.46,
          .second_frontal = 0.02,
          .width = 2800,
          .height = 2900,
          .size_deviation = 0.10,
          .film = {.zoom = 0.96,
                   .gamma_low = 0.9,
                   .gamma_high = 1.4,
                   .noise = 0.9,
                   .collimation = 0.30}};
}

SourcePlan PlanPadchest(const SynthOptions& options) {
  Table table(options);
  for (const PlannedPatient& person :
       MakePopulation(PadchestStyle(), options)) {
    for (const PlannedStudy& study : person.studies) {
      table.Add(person, study);
    }
  }
  return std::move(table).Finish();
}

}  // namespace cxr::synth
