// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/iu_xray.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/emit/film_file.h"
#include "cxr/synth/emit/iu_document.h"
#include "cxr/synth/emit/iu_terms.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/report.h"

namespace cxr::synth {
namespace {

// A study a patient, most with a frontal and a lateral film; of 4,016 frontal
// films that say so 423 are AP.
SourceStyle Style() {
  return {.name = "iu_xray",
          .studies = {.intensive_care = 0.05,
                      .ward = 0.15,
                      .ap_share = 0.105,
                      .device_rate = 0.5},
          .lateral_share = 0.90,
          .second_frontal = 0.05,
          .width = 512,
          .height = 512,
          .size_deviation = 0.10};
}

// 104 of 3,955 reports have no image.
constexpr double kNoImage = 0.026;

// 404 of 7,470 images have a name of three numbers.
constexpr double kThreeNumbers = 0.054;

IuReportText ReportOn(const Patient& patient, const PlannedStudy& planned,
                      RandomKey key) {
  const ReportContent content =
      WriteReport(patient, planned.study, planned.mentions, HasLateral(planned),
                  key.Child("report"));
  return IuReportOf(content, key.Child("form"));
}

// The sections there are, a line each: what a reader of reports gives.
std::string ReportLines(const IuReportText& report) {
  std::string lines;
  const auto add = [&](absl::string_view name, const std::string& text) {
    if (!text.empty()) {
      absl::StrAppend(&lines, name, ": ", text, "\n");
    }
  };
  add("INDICATION", report.indication);
  add("COMPARISON", report.comparison);
  add("FINDINGS", report.findings);
  add("IMPRESSION", report.impression);
  return lines;
}

// "CXR7_IM-0231-1001", or "CXR7_IM-0231-0001-0001" of a few studies.
std::vector<std::string> ImageIds(int number, size_t count, RandomKey key) {
  RandomStream stream(key);
  const int accession = 1 + stream.Below(9999);
  const bool has_three = stream.Chance(kThreeNumbers);
  std::vector<std::string> ids;
  for (size_t i = 1; i <= count; ++i) {
    ids.push_back(
        has_three
            ? absl::StrFormat("CXR%d_IM-%04d-0001-%04d", number, accession, i)
            : absl::StrFormat("CXR%d_IM-%04d-%d001", number, accession, i));
  }
  return ids;
}

std::string CaptionOf(const PlannedStudy& planned) {
  return absl::StrCat("Xray Chest ",
                      planned.study.view == View::kAp ? "AP" : "PA",
                      HasLateral(planned) ? " and Lateral" : "");
}

// Collects the files of a source, report by report.
class IuFiles {
 public:
  explicit IuFiles(const SynthOptions& options)
      : options_(options), plan_{.truth = TruthOf("iu_xray", options)} {}

  void Add(const PlannedPatient& person) {
    const PlannedStudy& planned = person.studies[0];
    const RandomKey key = planned.study.key.Child("iu_xray");
    const int number = person.patient.number + 1;
    const bool is_silent = options_.defects && number == kSilent;
    IuDocument document{.number = number,
                        .terms = IuTermsOf(planned.mentions, planned.study),
                        .caption = CaptionOf(planned)};
    if (!is_silent) {
      document.report = ReportOn(person.patient, planned, key);
    }
    // The first have some, so that a folder of images is there.
    if (number <= kSilent ||
        !RandomStream(key.Child("images")).Chance(kNoImage)) {
      document.images =
          ImageIds(number, planned.films.size(), key.Child("ids"));
    }
    plan_.files.push_back(TextFile(
        absl::StrCat("ecgen-radiology/", number, ".xml"), IuXmlText(document)));
    for (size_t i = 0; i < document.images.size(); ++i) {
      ImageTruth& image = AddFilm(planned.films[i], document.images[i], number);
      image.set_report(ReportLines(document.report));
      if (is_silent) {
        image.set_defect("no text");
      }
    }
  }

  SourcePlan Finish() && { return std::move(plan_); }

 private:
  // With defects: the report that has nothing but images.
  static constexpr int kSilent = 2;

  ImageTruth& AddFilm(const FilmRequest& film, const std::string& id,
                      int number) {
    const std::string path = absl::StrCat("NLMCXR_png/", id, ".png");
    // With defects the first image is in colour, as exports are at times.
    const bool is_odd = options_.defects && plan_.truth.images().empty();
    plan_.files.push_back(is_odd ? RgbaPngFilm(path, film)
                                 : PngFilm(path, film));
    ImageTruth& image = *plan_.truth.add_images();
    image = TruthOf(film, Part::kNone);
    image.set_id(id);
    image.set_path(path);
    image.set_patient_id(absl::StrCat("CXR", number));
    image.set_study_id(absl::StrCat("CXR", number));
    // The files say none of these.
    image.clear_view();
    image.clear_sex();
    image.set_age_years(kUnknownAge);
    if (is_odd) {
      image.set_defect("rgba");
    }
    return image;
  }

  SynthOptions options_;
  SourcePlan plan_;
};

}  // namespace

SourcePlan PlanIuXray(const SynthOptions& options) {
  IuFiles files(options);
  for (const PlannedPatient& person : MakePopulation(Style(), options)) {
    files.Add(person);
  }
  return std::move(files).Finish();
}

}  // namespace cxr::synth
