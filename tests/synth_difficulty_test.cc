// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Whether drawn films are as hard as they are meant to be, and near enough to
// real ones to be of use: bounds as the design of the generator states them.
// cxr/synth/README.md has the figures, cxr/synth/testdata/measure.py measures
// them with scikit-learn.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cxr/base/parallel.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/nih64.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "tests/linear_probe.h"

namespace cxr::tests {
namespace {

using synth::Finding;
using synth::RandomKey;
using synth::RandomStream;

constexpr double kMissed = 0.06;
constexpr double kSpurious = 0.03;

// About the weight decay of scikit-learn's logistic regression at C = 1e-3,
// whose curvature is p (1 - p).
constexpr double kPenalty = 1e4;

struct Film {
  synth::FilmRequest request;
  GrayImage image;
};

// People `first` to first + count - 1, a square film each.
std::vector<Film> DrawFilms(uint64_t seed, int count, int pixels) {
  const RandomKey key = RandomKey(seed).Child("difficulty");
  std::vector<Film> films(count);
  EXPECT_OK(ParallelFor(count, AvailableThreads(), [&](int64_t i) {
    synth::FilmRequest& request = films[i].request;
    request.patient = synth::MakePatient({}, key, static_cast<int>(i));
    request.study = synth::MakeStudy({}, request.patient, 0);
    request.view = request.study.view;
    request.width = request.height = pixels;
    films[i].image = synth::ToGray(synth::DrawFilm(request));
    return absl::OkStatus();
  }));
  return films;
}

double SeverityOf(const Film& film, std::initializer_list<Finding> findings) {
  double severity = 0.0;
  for (const Finding finding : findings) {
    severity = std::max(severity, film.request.study.severity[finding]);
  }
  return severity;
}

// Labels with the noise of real ones.
std::vector<uint8_t> NoisyLabels(const std::vector<double>& severities,
                                 RandomKey key) {
  std::vector<uint8_t> labels;
  for (size_t i = 0; i < severities.size(); ++i) {
    RandomStream stream(key.Child("noise", i));
    const bool present = severities[i] >= synth::kPresentFrom;
    const bool flipped = stream.Chance(present ? kMissed : kSpurious);
    labels.push_back(present != flipped ? 1 : 0);
  }
  return labels;
}

template <typename Value>
std::vector<Value> Part(const std::vector<Value>& all, size_t from, size_t to) {
  return {all.begin() + from, all.begin() + to};
}

struct Difficulty {
  double seen = 0.0;     // AUROC of 32 x 32 pixels
  double ceiling = 0.0;  // of the true severity
};

class DifficultyTest : public ::testing::Test {
 protected:
  static constexpr int kTraining = 3200;
  static constexpr int kAll = 4400;

  static void SetUpTestSuite() {
    films_ =
        std::make_unique<std::vector<Film>>(DrawFilms(/*seed=*/1, kAll, 112));
    for (const Film& film : *films_) {
      features_.push_back(PixelFeatures(film.image, 32));
    }
    probe_ =
        std::make_unique<LinearProbe>(Part(features_, 0, kTraining), kPenalty);
  }
  static void TearDownTestSuite() { films_.reset(); }

  static Difficulty Of(const std::string& name,
                       std::initializer_list<Finding> findings) {
    std::vector<double> severities;
    for (const Film& film : *films_) {
      severities.push_back(SeverityOf(film, findings));
    }
    const std::vector<uint8_t> labels =
        NoisyLabels(severities, RandomKey(2).Child(name));
    const std::vector<uint8_t> tested = Part(labels, kTraining, kAll);
    const std::vector<double> scores = probe_->Scores(
        Part(labels, 0, kTraining), Part(features_, kTraining, kAll));
    const Difficulty difficulty = {
        .seen = Auroc(scores, tested),
        .ceiling = Auroc(Part(severities, kTraining, kAll), tested)};
    std::printf("%-20s pixels %.3f, severity %.3f\n", name.c_str(),
                difficulty.seen, difficulty.ceiling);
    return difficulty;
  }

  static std::unique_ptr<std::vector<Film>> films_;
  static std::vector<std::vector<double>> features_;
  static std::unique_ptr<LinearProbe> probe_;
};

std::unique_ptr<std::vector<Film>> DifficultyTest::films_;
std::vector<std::vector<double>> DifficultyTest::features_;
std::unique_ptr<LinearProbe> DifficultyTest::probe_;

TEST_F(DifficultyTest, FivePaperFindingsAreHardForPixels) {
  Difficulty mean;
  for (const Difficulty& one :
       {Of("Atelectasis", {Finding::kAtelectasis}),
        Of("Cardiomegaly", {Finding::kCardiomegaly}),
        Of("Consolidation", {Finding::kConsolidation}),
        Of("Edema", {Finding::kEdema}),
        Of("Pleural Effusion", {Finding::kPleuralEffusion})}) {
    mean.seen += one.seen / 5;
    mean.ceiling += one.ceiling / 5;
  }
  std::printf("mean of five: pixels %.3f, severity %.3f\n", mean.seen,
              mean.ceiling);
  EXPECT_NEAR(mean.seen, 0.79, 0.03);
  EXPECT_NEAR(mean.ceiling, 0.92, 0.03);
}

// They need more pixels than these.
TEST_F(DifficultyTest, LesionsAndFracturesAreNearChanceForPixels) {
  EXPECT_NEAR(Of("Lung Lesion", {Finding::kNodule, Finding::kMass}).seen, 0.5,
              0.09);
  EXPECT_NEAR(
      Of("Fracture", {Finding::kRibFracture, Finding::kClavicleFracture}).seen,
      0.5, 0.09);
}

class LikenessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(nih64_, LoadNih64(TestData("cxr/data/samples/nih64")));
    films_ = DrawFilms(/*seed=*/3, 1500, 64);
  }

  std::unique_ptr<Dataset> nih64_;
  std::vector<Film> films_;
};

TEST_F(LikenessTest, TheMeanFilmIsLikeTheRealOne) {
  std::vector<double> real(64 * 64);
  for (int i = 0; i < std::ssize(nih64_->index().examples); ++i) {
    ASSERT_OK_AND_ASSIGN(const GrayImage image, nih64_->LoadImage(i));
    const std::vector<double> pixels = PixelFeatures(image, 64);
    for (size_t p = 0; p < real.size(); ++p) {
      real[p] += pixels[p];
    }
  }
  std::vector<double> drawn(64 * 64);
  for (const Film& film : films_) {
    const std::vector<double> pixels = PixelFeatures(film.image, 64);
    for (size_t p = 0; p < drawn.size(); ++p) {
      drawn[p] += pixels[p];
    }
  }
  double sums[5] = {};
  for (size_t p = 0; p < real.size(); ++p) {
    sums[0] += real[p];
    sums[1] += drawn[p];
    sums[2] += real[p] * real[p];
    sums[3] += drawn[p] * drawn[p];
    sums[4] += real[p] * drawn[p];
  }
  const auto n = static_cast<double>(real.size());
  const double correlation = (sums[4] - sums[0] * sums[1] / n) /
                             std::sqrt((sums[2] - sums[0] * sums[0] / n) *
                                       (sums[3] - sums[1] * sums[1] / n));
  std::printf("correlation of mean films: %.3f\n", correlation);
  EXPECT_GE(correlation, 0.8);
}

// Learnt on drawn films, asked of real ones.
TEST_F(LikenessTest, AViewClassifierIsOfUseOnRealFilms) {
  std::vector<std::vector<double>> drawn;
  std::vector<uint8_t> drawn_ap;
  for (const Film& film : films_) {
    drawn.push_back(PixelFeatures(film.image, 16));
    drawn_ap.push_back(film.request.view == View::kAp ? 1 : 0);
  }
  std::vector<std::vector<double>> real;
  std::vector<uint8_t> real_ap;
  for (int i = 0; i < std::ssize(nih64_->index().examples); ++i) {
    ASSERT_OK_AND_ASSIGN(const GrayImage image, nih64_->LoadImage(i));
    real.push_back(PixelFeatures(image, 16));
    real_ap.push_back(nih64_->index().examples[i].view == View::kAp ? 1 : 0);
  }
  const double auroc =
      Auroc(LinearProbe(drawn, kPenalty).Scores(drawn_ap, real), real_ap);
  std::printf("view of real films: %.3f\n", auroc);
  EXPECT_GE(auroc, 0.6);
}

}  // namespace
}  // namespace cxr::tests
