// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/vindr.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/dicom/dicom_file.h"
#include "cxr/synth/emit/film_dicom.h"
#include "cxr/synth/emit/pixel_box.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/vindr_label.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

using Severities = std::array<double, kVindrLabelCount>;
using Opinion = std::array<bool, kVindrLabelCount>;

constexpr int kReadersAnImage = 3;

// From which severity on a reader speaks of a finding, and how far off he is,
// as a share, with each side of a box.
constexpr double kThreshold = 0.12;
constexpr double kThresholdDeviation = 0.08;
constexpr double kBoxDeviation = 0.05;

constexpr double kInverted = 1.0 / 6.0;  // share of MONOCHROME1

// Of the file whose header denies two of its bits.
constexpr int kWrongFileBits = 14;
constexpr int kWrongBitsStored = 12;

struct Reading {
  int reader = 0;  // 1 to kVindrReaders
  Opinion opinion = {};
  std::vector<std::pair<int, PixelBox>> boxes = {};  // with their labels
};

// Who reads an image: 8, 9 and 10 more than others.
std::vector<int> ReadersOf(RandomKey key) {
  RandomStream stream(key);
  std::vector<int> readers;
  while (readers.size() < kReadersAnImage) {
    const bool reads_much = stream.Chance(0.6);
    const int reader =
        reads_much ? 8 + stream.Below(3) : 1 + stream.Below(kVindrReaders);
    if (std::find(readers.begin(), readers.end(), reader) == readers.end()) {
      readers.push_back(reader);
    }
  }
  return readers;
}

// Each finding that a reader speaks of, boxed where it has a place.
Reading Read(const FilmRequest& film, const std::vector<FilmBox>& boxes,
             int reader, RandomKey key) {
  Severities thresholds;
  RandomStream stream(key.Child("thresholds"));
  for (double& threshold : thresholds) {
    threshold = stream.Normal(kThreshold, kThresholdDeviation);
  }
  Reading reading{
      .reader = reader,
      .opinion = VindrOpinion(VindrSeverities(film.study), thresholds)};
  for (size_t i = 0; i < boxes.size(); ++i) {
    const int label = VindrBoxLabel(boxes[i].finding);
    if (label >= 0 && reading.opinion[label]) {
      reading.boxes.emplace_back(
          label, Jittered(boxes[i], film, kBoxDeviation, key.Child("box", i)));
    }
  }
  return reading;
}

std::vector<Reading> ReadingsOf(const FilmRequest& film, RandomKey key) {
  const std::vector<FilmBox> boxes = BoxesOf(film);
  std::vector<Reading> readings;
  for (const int reader : ReadersOf(key.Child("readers"))) {
    readings.push_back(Read(film, boxes, reader, key.Child("reading", reader)));
  }
  return readings;
}

// What the five readers of a test image agreed on.
Reading ConsensusOn(const FilmRequest& film) {
  Reading reading{.opinion = VindrConsensus(VindrSeverities(film.study))};
  for (const FilmBox& box : BoxesOf(film)) {
    const int label = VindrBoxLabel(box.finding);
    if (label >= 0 && reading.opinion[label]) {
      reading.boxes.emplace_back(label, WholePixels(box, film));
    }
  }
  return reading;
}

// How the file of an image is written.
struct Writing {
  DicomHeader header = {};
  DicomCoding coding = DicomCoding::kPlain;
  int bits = 0;
};

Writing WritingOf(const FilmRequest& film, bool is_wrong, RandomKey key) {
  RandomStream stream(key.Child("writing"));
  Writing writing{.header = DicomHeaderOf(film, key.Child("header"))};
  constexpr std::array<DicomCoding, 3> kCodings = {
      DicomCoding::kPlain, DicomCoding::kJpegLossless, DicomCoding::kJpeg2000};
  constexpr std::array<int, 4> kBits = {10, 12, 14, 16};
  writing.coding = kCodings[stream.Below(kCodings.size())];
  writing.bits = kBits[stream.Below(kBits.size())];
  DicomHeader& header = writing.header;
  header.is_inverted = stream.Chance(kInverted);
  if (is_wrong) {
    writing.coding = DicomCoding::kPlain;
    writing.bits = kWrongFileBits;
    header.bits_stored = kWrongBitsStored;
    header.is_inverted = false;
  }
  header.sop_class = kDigitalXRay;
  header.modality = "DX";
  header.patient_age = absl::StrFormat("%03dY", film.patient.age_years);
  header.pixel_spacing = 0.139 * VindrStyle().width / film.width;
  const double top = (1 << writing.bits) - 1;
  header.window_center = static_cast<int>(top * stream.Between(0.45, 0.55));
  header.window_width = static_cast<int>(top * stream.Between(0.85, 1.0));
  return writing;
}

absl::StatusOr<std::string> Written(const FilmRequest& film,
                                    const Writing& writing) {
  DicomSamples samples = DrawSamples(film, writing.bits);
  if (writing.header.is_inverted) {
    const int top = (1 << writing.bits) - 1;
    for (uint16_t& value : samples.values) {
      value = static_cast<uint16_t>(top - value);
    }
  }
  return DicomFile(writing.header, samples, writing.coding);
}

// The four edges, as PhysioNet's tables have them.
std::string EdgesOf(const PixelBox& box) {
  return absl::StrCat(box.left, ".0,", box.top, ".0,", box.left + box.width,
                      ".0,", box.top + box.height, ".0");
}

std::string LabelColumns() {
  std::string columns;
  for (int i = 0; i < kVindrLabelCount; ++i) {
    absl::StrAppend(&columns, ",", VindrLabelName(i));
  }
  return columns;
}

// Collects the tables of a source, image by image.
class VindrTables {
 public:
  explicit VindrTables(const SynthOptions& options)
      : options_(options), plan_{.truth = TruthOf("vindr", options)} {}

  void Add(const PlannedPatient& person) {
    const FilmRequest& film = person.studies[0].films[0];
    const RandomKey key = film.study.key.Child("vindr");
    const std::string id = HexId(key.Child("id"), 32);
    const bool is_training = person.part == Part::kTraining;
    const bool is_wrong = options_.defects && plan_.truth.images().empty();
    const std::string path =
        absl::StrCat(is_training ? "train/" : "test/", id, ".dicom");
    const Writing writing = WritingOf(film, is_wrong, key);
    plan_.files.push_back({.path = path, .make = [film, writing] {
                             return Written(film, writing);
                           }});
    ImageTruth& image = *plan_.truth.add_images();
    image = TruthOf(film, person.part);
    image.set_id(id);
    image.set_path(path);
    image.set_patient_id(id);
    // The tables say neither.
    image.clear_sex();
    image.set_age_years(kUnknownAge);
    if (is_wrong) {
      image.set_defect("bits_stored");
    }
    if (is_training) {
      const std::vector<Reading> readings = ReadingsOf(film, key);
      for (const Reading& reading : readings) {
        const std::string row = absl::StrCat(id, ",R", reading.reader);
        AddRows(reading, row, &training_labels_, &training_boxes_);
      }
      AddTruth(readings, &image);
    } else {
      const Reading consensus = ConsensusOn(film);
      AddRows(consensus, id, &test_labels_, &test_boxes_);
      AddTruth({consensus}, &image);
    }
  }

  SourcePlan Finish() && {
    const auto add = [this](absl::string_view name, std::string text) {
      plan_.files.push_back(TextFile(absl::StrCat("annotations/", name, ".csv"),
                                     std::move(text)));
    };
    add("image_labels_train", std::move(training_labels_));
    add("image_labels_test", std::move(test_labels_));
    add("annotations_train", std::move(training_boxes_));
    add("annotations_test", std::move(test_boxes_));
    return std::move(plan_);
  }

 private:
  // The rows of a reading, which begin with `row`: one of labels, and one a
  // box or one without for an image with no finding.
  static void AddRows(const Reading& reading, const std::string& row,
                      std::string* labels, std::string* boxes) {
    absl::StrAppend(labels, row);
    for (const bool is_positive : reading.opinion) {
      absl::StrAppend(labels, ",", is_positive ? 1 : 0);
    }
    absl::StrAppend(labels, "\n");
    if (reading.opinion[kVindrNoFinding]) {
      absl::StrAppend(boxes, row, ",No finding,,,,\n");
    }
    for (const auto& [label, box] : reading.boxes) {
      absl::StrAppend(boxes, row, ",", VindrLabelName(label), ",", EdgesOf(box),
                      "\n");
    }
  }

  static void AddTruth(const std::vector<Reading>& readings,
                       ImageTruth* image) {
    for (int i = 0; i < kVindrLabelCount; ++i) {
      double positive = 0.0;
      for (const Reading& reading : readings) {
        positive += reading.opinion[i] ? 1.0 : 0.0;
      }
      (*image->mutable_labels())[std::string(VindrLabelName(i))] =
          positive / static_cast<double>(readings.size());
    }
    for (const Reading& reading : readings) {
      for (const auto& [label, box] : reading.boxes) {
        *image->add_boxes() = TruthBox(VindrLabelName(label), box);
      }
    }
  }

  SynthOptions options_;
  SourcePlan plan_;
  std::string training_labels_ =
      absl::StrCat("image_id,rad_id", LabelColumns(), "\n");
  // One header differs between the two tables.
  std::string test_labels_ =
      absl::StrReplaceAll(absl::StrCat("image_id", LabelColumns(), "\n"),
                          {{"Other diseases", "Other disease"}});
  std::string training_boxes_ =
      "image_id,rad_id,class_name,x_min,y_min,x_max,y_max\n";
  std::string test_boxes_ = "image_id,class_name,x_min,y_min,x_max,y_max\n";
};

}  // namespace

// An image a patient, all PA, of people who walk in; 3,000 of 18,000 are for
// the test.
SourceStyle VindrStyle() {
  return {.name = "vindr",
          .studies = {.intensive_care = 0.05,
                      .ward = 0.25,
                      .ap_share = 0.0,
                      .device_rate = 0.3},
          .width = 2400,
          .height = 2850,
          .size_deviation = 0.10,
          .test_share = 1.0 / 6.0};
}

SourcePlan PlanVindr(const SynthOptions& options) {
  VindrTables tables(options);
  for (const PlannedPatient& person : MakePopulation(VindrStyle(), options)) {
    tables.Add(person);
  }
  return std::move(tables).Finish();
}

}  // namespace cxr::synth
