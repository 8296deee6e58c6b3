// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/vindr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/data/codec/dicom_tags.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/data/source/vindr.h"
#include "cxr/synth/emit/film_dicom.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/round_trip_testing.h"
#include "cxr/synth/film/film.h"

namespace cxr::synth {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

SynthOptions Options(int patients, bool defects) {
  return {.seed = 3, .patients = patients, .scale = 0.02, .defects = defects};
}

std::string Worker() { return TestData("cxr/data/codec/dicom_worker"); }

std::unique_ptr<DicomDecoder> MakeDecoder() {
  return *DicomDecoder::Create({.worker = Worker()});
}

TEST(VindrTest, TheReaderGivesBackTheTruth) {
  for (const bool defects : {false, true}) {
    const TempDir root;
    const SourcePlan plan = PlanVindr(Options(20, defects));
    WritePlan(plan, root.File("vindr"));
    spec::DataSpec spec;
    spec.set_source(spec::VINDR);
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> dataset,
                         MakeDataset(spec, {.data_root = root.path(),
                                            .dicom_worker = Worker()}));
    ExpectRoundTrip(dataset->index(), plan.truth);
    ExpectSameBoxes(dataset->index(), plan.truth);
    ExpectImagesDecode(*dataset, plan.truth);
    EXPECT_THAT(dataset->index().remarks, IsEmpty());
  }
}

// The window of PS3.3 C.11.2.1.2.1, less its range: 0 to 1.
double InWindow(double value, const DicomTags& tags) {
  const double center = *tags.window_center - 0.5;
  const double width = *tags.window_width - 1.0;
  return std::clamp((value - center) / width + 0.5, 0.0, 1.0);
}

// The film in `bits` as its file's header has it shown, black to white.
std::vector<double> Shown(const FilmRequest& film, int bits,
                          const DicomTags& tags) {
  const bool is_inverted = tags.photometric == "MONOCHROME1";
  const double top = (1 << bits) - 1;
  std::vector<double> shown;
  for (const uint16_t sample : DrawSamples(film, bits).values) {
    shown.push_back(is_inverted ? 1.0 - InWindow(top - sample, tags)
                                : InWindow(sample, tags));
  }
  const auto [least, most] = std::minmax_element(shown.begin(), shown.end());
  const double low = *least;
  const double range = *most - low;
  for (double& value : shown) {
    value = 255.0 * (value - low) / range;
  }
  return shown;
}

TEST(VindrTest, FilesShowTheFilms) {
  const SynthOptions options = Options(20, true);
  const SourcePlan plan = PlanVindr(options);
  const std::vector<FilmRequest> films =
      FilmsOf(plan.truth, MakePopulation(VindrStyle(), options));
  const std::unique_ptr<DicomDecoder> decoder = MakeDecoder();
  std::set<std::string> syntaxes;
  std::set<std::string> photometric;
  for (size_t i = 0; i < films.size(); ++i) {
    const ImageTruth& image = plan.truth.images(static_cast<int>(i));
    SCOPED_TRACE(image.path());
    const std::string bytes = BytesOf(plan, image.path());
    ASSERT_OK_AND_ASSIGN(const DicomTags tags, decoder->ReadTags(bytes, "a"));
    ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                         decoder->Decode(bytes, "a"));
    // The header of one denies two of its bits.
    const int bits =
        tags.bits_stored + (image.defect() == "bits_stored" ? 2 : 0);
    const std::vector<double> expected = Shown(films[i], bits, tags);
    ASSERT_EQ(decoded.image.pixels.size(), expected.size());
    double worst = 0.0;
    for (size_t p = 0; p < expected.size(); ++p) {
      // The reader drops the fraction.
      worst = std::max(worst,
                       std::fabs(decoded.image.pixels[p] + 0.5 - expected[p]));
    }
    EXPECT_LE(worst, 0.51);
    syntaxes.insert(tags.transfer_syntax);
    photometric.insert(tags.photometric);
  }
  EXPECT_EQ(syntaxes.size(), 3u);
  EXPECT_EQ(photometric.size(), 2u);
}

TEST(VindrTest, ThreeOfSeventeenReadEachTrainingImage) {
  const SourcePlan plan = PlanVindr(Options(120, false));
  const std::string table = BytesOf(plan, "annotations/image_labels_train.csv");
  std::map<std::string, std::set<std::string>> readers;
  std::map<std::string, int> images;
  for (const absl::string_view row :
       absl::StrSplit(table, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> cells = absl::StrSplit(row, ',');
    ASSERT_EQ(cells.size(), 30u);
    if (cells[0] != "image_id") {
      readers[cells[0]].insert(cells[1]);
      ++images[cells[1]];
    }
  }
  EXPECT_EQ(readers.size(), 100u);
  for (const auto& [image, names] : readers) {
    EXPECT_EQ(names.size(), 3u) << image;
  }
  EXPECT_EQ(images.size(), 17u);
  EXPECT_GT(images["R9"], 2 * images["R1"]);
}

// Readers differ about what is mild, so that all three agree on some labels and
// not on others; five who sat together are of one opinion.
TEST(VindrTest, LabelsAreSharesOfReaders) {
  std::map<std::string, std::set<double>> values;
  const SourcePlan plan = PlanVindr(Options(150, false));
  for (const ImageTruth& image : plan.truth.images()) {
    ASSERT_EQ(image.labels().size(), 28u);
    for (const auto& [name, value] : image.labels()) {
      values[image.part()].insert(value);
    }
  }
  EXPECT_EQ(values["TRAINING"],
            (std::set<double>{0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0}));
  EXPECT_EQ(values["TEST"], (std::set<double>{0.0, 1.0}));
}

TEST(VindrTest, HeadersOfTheTablesAreThoseOfPhysioNet) {
  const SourcePlan plan = PlanVindr(Options(8, false));
  const std::string train = BytesOf(plan, "annotations/image_labels_train.csv");
  const std::string test = BytesOf(plan, "annotations/image_labels_test.csv");
  EXPECT_THAT(train, StartsWith("image_id,rad_id,Aortic enlargement,"));
  EXPECT_THAT(train, HasSubstr("Tuberculosis,Other diseases,No finding\n"));
  EXPECT_THAT(test, StartsWith("image_id,Aortic enlargement,"));
  EXPECT_THAT(test, HasSubstr("Tuberculosis,Other disease,No finding\n"));
  EXPECT_THAT(BytesOf(plan, "annotations/annotations_train.csv"),
              StartsWith("image_id,rad_id,class_name,x_min,y_min,x_max,y_max"));
  EXPECT_THAT(BytesOf(plan, "annotations/annotations_test.csv"),
              StartsWith("image_id,class_name,x_min,y_min,x_max,y_max"));
}

TEST(VindrTest, BoxesAreOfLabelsAndInsideOfTheFilm) {
  int boxes = 0;
  const SourcePlan plan = PlanVindr(Options(150, false));
  for (const ImageTruth& image : plan.truth.images()) {
    for (const Box& box : image.boxes()) {
      ++boxes;
      EXPECT_GT(image.labels().at(box.finding()), 0.0);
      EXPECT_GE(box.left(), 0.0);
      EXPECT_GE(box.top(), 0.0);
      EXPECT_LE(box.left() + box.width(), image.width());
      EXPECT_LE(box.top() + box.height(), image.height());
    }
  }
  EXPECT_GT(boxes, 100);
}

TEST(VindrTest, FilesAreOfAllSyntaxesDepthsAndKinds) {
  const std::unique_ptr<DicomDecoder> decoder = MakeDecoder();
  std::set<std::string> syntaxes;
  std::set<int> depths;
  int inverted = 0;
  constexpr int kImages = 120;
  const SourcePlan plan = PlanVindr(Options(kImages, false));
  for (const PlannedFile& file : plan.files) {
    if (!absl::EndsWith(file.path, ".dicom")) continue;
    ASSERT_OK_AND_ASSIGN(const std::string bytes, file.make());
    ASSERT_OK_AND_ASSIGN(const DicomTags tags,
                         decoder->ReadTags(bytes, file.path));
    syntaxes.insert(tags.transfer_syntax);
    depths.insert(tags.bits_stored);
    inverted += tags.photometric == "MONOCHROME1" ? 1 : 0;
    EXPECT_EQ(tags.view_position, "PA");
    EXPECT_TRUE(tags.window_center.has_value());
    EXPECT_TRUE(tags.window_width.has_value());
  }
  EXPECT_EQ(syntaxes, (std::set<std::string>{"1.2.840.10008.1.2.1",
                                             "1.2.840.10008.1.2.4.70",
                                             "1.2.840.10008.1.2.4.90"}));
  EXPECT_EQ(depths, (std::set<int>{10, 12, 14, 16}));
  // One in six; three standard deviations are a tenth.
  EXPECT_NEAR(inverted / double{kImages}, 1.0 / 6.0, 0.1);
}

// The mean gray level around the middle of some of an image's landmarks.
double LevelAt(const GrayImage& image, const ImageTruth& truth, int first,
               int count) {
  int x = 0;
  int y = 0;
  for (int i = first; i < first + count; ++i) {
    x += truth.landmarks(2 * i);
    y += truth.landmarks(2 * i + 1);
  }
  double sum = 0.0;
  for (int dy = -2; dy <= 2; ++dy) {
    for (int dx = -2; dx <= 2; ++dx) {
      sum += image.pixels[(y / count + dy) * image.width + x / count + dx];
    }
  }
  return sum / 25.0;
}

// As CheXmask orders them: 44 points of the right lung, 50 of the left, 26 of
// the heart. A sick lung may be as dense as a heart.
TEST(VindrTest, LungsAreDarkWhateverTheFileSays) {
  const SourcePlan plan = PlanVindr(Options(80, false));
  const std::unique_ptr<DicomDecoder> decoder = MakeDecoder();
  std::map<std::string, std::vector<double>> is_dark;
  for (const ImageTruth& truth : plan.truth.images()) {
    ASSERT_OK_AND_ASSIGN(
        const DecodedImage decoded,
        decoder->Decode(BytesOf(plan, truth.path()), truth.path()));
    const double lung = LevelAt(decoded.image, truth, 0, 44);
    const double heart = LevelAt(decoded.image, truth, 44 + 50, 26);
    is_dark[decoded.facts.photometric].push_back(lung < heart ? 1.0 : 0.0);
  }
  for (const std::string& kind :
       {std::string("MONOCHROME1"), std::string("MONOCHROME2")}) {
    const std::vector<double>& dark = is_dark[kind];
    EXPECT_GT(dark.size(), 5u) << kind;
    EXPECT_GT(std::accumulate(dark.begin(), dark.end(), 0.0) / dark.size(), 0.8)
        << kind;
  }
}

TEST(VindrTest, DefectIsAHeaderThatDeniesTwoBits) {
  const SourcePlan plan = PlanVindr(Options(8, true));
  ASSERT_EQ(plan.truth.images(0).defect(), "bits_stored");
  const std::string& path = plan.truth.images(0).path();
  const std::unique_ptr<DicomDecoder> decoder = MakeDecoder();
  const std::string bytes = BytesOf(plan, path);
  ASSERT_OK_AND_ASSIGN(const DicomTags tags, decoder->ReadTags(bytes, path));
  EXPECT_EQ(tags.bits_stored, 12);
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       decoder->Decode(bytes, path));
  EXPECT_EQ(decoded.facts.bits, 14);
}

TEST(VindrTest, SameOptionsAreTheSameBytes) {
  ExpectSamePlan(PlanVindr(Options(8, true)), PlanVindr(Options(8, true)));
}

}  // namespace
}  // namespace cxr::synth
