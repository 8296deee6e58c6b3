// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/mimic_cxr.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/image/equalize.h"
#include "cxr/synth/emit/chexpert_cells.h"
#include "cxr/synth/emit/mimic_annotations.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/study_date.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/report/mimic_report.h"
#include "cxr/synth/report/report.h"

namespace cxr::synth {
namespace {

// MIMIC's columns: those of CheXpert in the order of the alphabet.
constexpr std::array<absl::string_view, 14> kColumns = {
    "Atelectasis",
    "Cardiomegaly",
    "Consolidation",
    "Edema",
    "Enlarged Cardiomediastinum",
    "Fracture",
    "Lung Lesion",
    "Lung Opacity",
    "No Finding",
    "Pleural Effusion",
    "Pleural Other",
    "Pneumonia",
    "Pneumothorax",
    "Support Devices"};

// With defects: 15.8 of 377 thousand images have no view; 8 of 227,835 studies
// no labels, here more so that a small set has one.
constexpr double kBlankView = 0.042;
constexpr double kUnlabelled = 0.02;

// Of studies; dates are moved into another century.
constexpr int kFirstYear = 2110;
constexpr int kYears = 90;

// The makers' quality of JPEG.
constexpr int kQuality = 95;

SourceStyle Style() {
  return {.name = "mimic_cxr",
          .studies = {.intensive_care = 0.45, .ap_share = 0.60},
          .more_studies = 0.55,
          .lateral_share = 0.45,
          .second_frontal = 0.10,
          .width = 2544,
          .height = 3056,
          .size_deviation = 0.06,
          // Of 65,379 subjects 500 and 293, here more so that a small set has
          // as many as can be measured.
          .validation_share = 0.10,
          .test_share = 0.20};
}

absl::string_view SplitOf(Part part) {
  return part == Part::kTraining     ? "train"
         : part == Part::kValidation ? "validate"
                                     : "test";
}

// "02aa804e-bde0afdd-112c0b34-7bc16630-4e384014".
std::string DicomId(RandomKey key) {
  const std::string digits = HexId(key, 40);
  std::vector<absl::string_view> groups;
  for (int i = 0; i < 5; ++i) {
    groups.push_back(absl::string_view(digits).substr(8 * i, 8));
  }
  return absl::StrJoin(groups, "-");
}

// Whether a report's form has the findings below their own header.
bool HasFindingsSection(absl::string_view report,
                        const ReportContent& content) {
  const absl::string_view first = content.findings.front();
  return absl::StrContains(
      report,
      absl::StrCat(" FINDINGS: \n \n ", first.substr(0, first.find(' '))));
}

// Collects the tables of a source, study by study.
class MimicTables {
 public:
  explicit MimicTables(const SynthOptions& options)
      : options_(options), plan_{.truth = TruthOf("mimic_cxr", options)} {
    const std::string labels = absl::StrCat("subject_id,study_id,",
                                            absl::StrJoin(kColumns, ","), "\n");
    chexpert_ = labels;
  }

  void Add(const PlannedPatient& person, const PlannedStudy& planned) {
    const StudyNames names = NamesOf(person, planned);
    const RandomKey key = planned.study.key.Child("mimic_cxr");
    const ReportContent content =
        WriteReport(person.patient, planned.study, planned.mentions,
                    HasLateral(planned), key.Child("report"));
    const std::string report =
        MimicReport(content, options_.defects, key.Child("form"));
    plan_.files.push_back(
        TextFile(absl::StrCat("files/", names.folder, ".txt"), report));
    absl::StrAppend(&studies_, names.subject, ",", names.study, ",files/",
                    names.folder, ".txt\n");
    const ChexpertStates states =
        WithNoise(StatesOf(planned.mentions), kMissedLabels, kSpuriousLabels,
                  key.Child("labels"));
    const bool labelled =
        !options_.defects ||
        !RandomStream(key.Child("unlabelled")).Chance(kUnlabelled);
    if (labelled) {
      AddLabelRow(names, states);
    }
    for (const FilmRequest& film : planned.films) {
      ImageTruth& image = AddFilm(person, planned, film, names, content);
      image.set_report(report);
      if (labelled) {
        AddLabels(states, &image);
      }
      if (HasFindingsSection(report, content)) {
        annotated_.back().indication = content.indication;
        annotated_.back().findings = absl::StrJoin(content.findings, " ");
      }
    }
  }

  SourcePlan Finish() {
    const auto add = [this](absl::string_view name, const std::string& text) {
      plan_.files.push_back(TextFile(std::string(name), text));
    };
    add("mimic-cxr-2.0.0-metadata.csv.gz", metadata_);
    add("mimic-cxr-2.0.0-split.csv.gz", split_);
    add("mimic-cxr-2.0.0-chexpert.csv.gz", chexpert_);
    // NegBio's opinion on a clean report is the same.
    add("mimic-cxr-2.0.0-negbio.csv.gz", chexpert_);
    add("cxr-record-list.csv.gz", records_);
    add("cxr-study-list.csv.gz", studies_);
    add("annotation.json", R2GenAnnotation(annotated_));
    for (const auto& [part, name] : {std::pair{Part::kTraining, "train"},
                                     {Part::kValidation, "dev"},
                                     {Part::kTest, "test"}}) {
      add(absl::StrCat("llava_rad/chat_", name,
                       "_MIMIC_CXR_all_gpt4extract.json"),
          LlavaRadAnnotation(annotated_, part));
    }
    return std::move(plan_);
  }

 private:
  struct StudyNames {
    std::string subject = {};
    std::string study = {};
    std::string folder = {};  // "p10/p10000032/s50414267"
  };

  // Subjects begin with 1, studies with 5; the second digit, and so the outer
  // folder, goes by chance.
  static StudyNames NamesOf(const PlannedPatient& person,
                            const PlannedStudy& planned) {
    const int number = person.patient.number;
    CXR_CHECK(number < 1'000'000) << "subjects have six digits of their own";
    const int group = RandomStream(person.patient.key.Child("group")).Below(10);
    StudyNames names;
    names.subject = absl::StrFormat("1%d%06d", group, number);
    names.study = absl::StrCat(50'000'000 + 10 * number + planned.study.number);
    names.folder =
        absl::StrFormat("p1%d/p%s/s%s", group, names.subject, names.study);
    return names;
  }

  void AddLabelRow(const StudyNames& names, const ChexpertStates& states) {
    absl::StrAppend(&chexpert_, names.subject, ",", names.study);
    for (const absl::string_view column : kColumns) {
      absl::StrAppend(&chexpert_, ",",
                      StateCell(states.values[ChexpertLabelCalled(column)]));
    }
    absl::StrAppend(&chexpert_, "\n");
  }

  // What metadata calls the view; blank for some images, with defects.
  std::string ViewOf(const FilmRequest& film, RandomKey key) const {
    RandomStream stream(key);
    if (options_.defects && stream.Chance(kBlankView)) {
      return "";
    }
    switch (film.view) {
      case View::kPa:
        return "PA";
      case View::kLateral:
        return stream.Chance(0.3) ? "LL" : "LATERAL";
      default:
        return "AP";
    }
  }

  void AddMetadata(const FilmRequest& film, const StudyNames& names,
                   const std::string& id, const std::string& view,
                   const std::string& examination) {
    RandomStream clock(film.study.key.Child("clock"));
    const int hour = clock.Below(24);
    const int minute = clock.Below(60);
    const int second = clock.Below(60);
    const int millisecond = clock.Below(1000);
    absl::StrAppend(&metadata_, id, ",", names.subject, ",", names.study, ",",
                    examination, ",", view, ",", film.height, ",", film.width,
                    ",");
    // As a number: the hour's leading zero is lost.
    absl::StrAppend(
        &metadata_,
        StudyDate(film.patient, film.study.number, kFirstYear, kYears), ",",
        10'000 * hour + 100 * minute + second, ".", millisecond, ",",
        examination, ",",
        film.view == View::kLateral ? "lateral"
        : film.view == View::kPa    ? "postero-anterior"
                                    : "antero-posterior",
        ",", film.view == View::kAp ? "" : "Erect", "\n");
  }

  ImageTruth& AddFilm(const PlannedPatient& person, const PlannedStudy& planned,
                      const FilmRequest& film, const StudyNames& names,
                      const ReportContent& content) {
    const RandomKey key = planned.study.key.Child("film", film.number);
    const std::string id = DicomId(key.Child("dicom_id"));
    const std::string view = ViewOf(film, key.Child("view"));
    const std::string path = absl::StrCat(names.folder, "/", id, ".jpg");
    AddMetadata(film, names, id, view, content.examination);
    absl::StrAppend(&split_, id, ",", names.study, ",", names.subject, ",",
                    SplitOf(person.part), "\n");
    absl::StrAppend(&records_, names.subject, ",", names.study, ",", id,
                    ",files/", names.folder, "/", id, ".dcm\n");
    plan_.files.push_back(
        {.path = absl::StrCat("files/", path), .make = [film] {
           return EncodeJpegGray(EqualizeHistogram(ToGray(DrawFilm(film))),
                                 kQuality);
         }});
    annotated_.push_back({.dicom_id = id,
                          .subject_id = names.subject,
                          .study_id = names.study,
                          .path = path,
                          .view = view,
                          .part = person.part});
    ImageTruth& image = *plan_.truth.add_images();
    image = TruthOf(film, person.part);
    AddBoxes(film, &image);
    image.set_id(id);
    image.set_path(absl::StrCat("files/", path));
    image.set_patient_id(names.subject);
    image.set_study_id(names.study);
    // The tables say neither.
    image.clear_sex();
    image.set_age_years(kUnknownAge);
    if (view.empty()) {
      image.clear_view();
      image.set_defect("no view");
    }
    return image;
  }

  SynthOptions options_;
  SourcePlan plan_;
  std::vector<AnnotatedImage> annotated_;
  std::string metadata_ =
      "dicom_id,subject_id,study_id,PerformedProcedureStepDescription,"
      "ViewPosition,Rows,Columns,StudyDate,StudyTime,"
      "ProcedureCodeSequence_CodeMeaning,ViewCodeSequence_CodeMeaning,"
      "PatientOrientationCodeSequence_CodeMeaning\n";
  std::string split_ = "dicom_id,study_id,subject_id,split\n";
  std::string chexpert_;
  std::string records_ = "subject_id,study_id,dicom_id,path\n";
  std::string studies_ = "subject_id,study_id,path\n";
};

}  // namespace

SourcePlan PlanMimicCxr(const SynthOptions& options) {
  MimicTables tables(options);
  for (const PlannedPatient& person : MakePopulation(Style(), options)) {
    for (const PlannedStudy& study : person.studies) {
      tables.Add(person, study);
    }
  }
  return tables.Finish();
}

}  // namespace cxr::synth
