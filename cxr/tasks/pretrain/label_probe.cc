// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/label_probe.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "metrics/ranking/auroc.h"

namespace cxr {
namespace {

constexpr double kTemperature = 0.07;  // dinov2/eval/knn.py
constexpr double kLeastPenalty = 1e-9;

// Places in LabelledImages.
std::vector<size_t> PlacesOf(const LabelledImages& images, uint8_t half) {
  std::vector<size_t> places;
  for (size_t i = 0; i < images.rows.size(); ++i) {
    if (images.halves[i] == half) places.push_back(i);
  }
  return places;
}

// Solves a x = b for a symmetric positive definite `a`, of which the upper
// triangle, (n, n) row-major, is read and overwritten; b becomes x. By
// a = U^T U, row by row, so that the inner loop runs along memory.
void SolveInPlace(std::vector<double>& a, std::vector<double>& b) {
  const size_t n = b.size();
  for (size_t k = 0; k < n; ++k) {
    double* const pivot = &a[k * n];
    CXR_CHECK(pivot[k] > 0) << "pivot " << k << ": " << pivot[k];
    const double inverse = 1 / std::sqrt(pivot[k]);
    for (size_t j = k; j < n; ++j) pivot[j] *= inverse;
    b[k] *= inverse;
    for (size_t i = k + 1; i < n; ++i) {
      double* const row = &a[i * n];
      const double factor = pivot[i];
      for (size_t j = i; j < n; ++j) row[j] -= factor * pivot[j];
      b[i] -= factor * b[k];
    }
  }
  for (size_t k = n; k-- > 0;) {
    for (size_t j = k + 1; j < n; ++j) b[k] -= a[k * n + j] * b[j];
    b[k] /= a[k * n + k];
  }
}

// The products of the training images with a vector, and what to subtract.
struct CenteredProducts {
  std::vector<double> values;  // (n, n) less their means
  std::vector<double> means;   // (n) of the columns, before
};

CenteredProducts Center(const Similarities& similarities,
                        const LabelledImages& images,
                        absl::Span<const size_t> training) {
  const size_t n = training.size();
  CenteredProducts centered = {.values = std::vector<double>(n * n),
                               .means = std::vector<double>(n)};
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < n; ++j) {
      const double value =
          similarities.At(images.rows[training[i]], images.rows[training[j]]);
      centered.values[i * n + j] = value;
      centered.means[j] += value / static_cast<double>(n);
    }
  }
  double mean = 0;
  for (const double each : centered.means) mean += each;
  mean /= static_cast<double>(n);
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < n; ++j) {
      centered.values[i * n + j] +=
          mean - centered.means[i] - centered.means[j];
    }
  }
  return centered;
}

// Writes the scores of the places `tested`. In the dual form, where there is an
// unknown for each training image: their number is small, whatever the width.
void PredictHalf(const Similarities& similarities, const LabelledImages& images,
                 absl::Span<const size_t> training,
                 absl::Span<const size_t> tested, std::vector<double>* scores) {
  const size_t n = training.size();
  CXR_CHECK(n > 0) << "a half without images";
  CenteredProducts centered = Center(similarities, images, training);
  double variance = 0;
  double label_mean = 0;
  for (size_t i = 0; i < n; ++i) {
    variance += centered.values[i * n + i] / static_cast<double>(n);
    label_mean += images.labels[training[i]] / static_cast<double>(n);
  }
  std::vector<double> factors(n);
  for (size_t i = 0; i < n; ++i) {
    centered.values[i * n + i] += variance + kLeastPenalty;
    factors[i] = images.labels[training[i]] - label_mean;
  }
  SolveInPlace(centered.values, factors);
  for (const size_t place : tested) {
    // The factors sum to 0, so centring the tested image changes nothing.
    double score = label_mean;
    for (size_t j = 0; j < n; ++j) {
      const double product =
          similarities.At(images.rows[place], images.rows[training[j]]);
      score += factors[j] * (product - centered.means[j]);
    }
    (*scores)[place] = score;
  }
}

}  // namespace

std::vector<double> NearestNeighborScores(const Similarities& similarities,
                                          const LabelledImages& images,
                                          int neighbors) {
  std::vector<double> scores;
  // Similarity, negated so that the smallest pair is the nearest, and place.
  std::vector<std::pair<double, size_t>> others;
  for (size_t i = 0; i < images.rows.size(); ++i) {
    others.clear();
    for (size_t j = 0; j < images.rows.size(); ++j) {
      if (images.patients[j] == images.patients[i]) continue;
      others.emplace_back(-similarities.At(images.rows[i], images.rows[j]), j);
    }
    CXR_CHECK(!others.empty()) << "all images are of one patient";
    const auto count = std::min<int64_t>(neighbors, std::ssize(others));
    std::partial_sort(others.begin(), others.begin() + count, others.end());
    double votes = 0;
    double weights = 0;
    for (const auto& [distance, j] :
         absl::MakeConstSpan(others).first(static_cast<size_t>(count))) {
      const double weight = std::exp(-distance / kTemperature);
      weights += weight;
      votes += weight * images.labels[j];
    }
    scores.push_back(votes / weights);
  }
  return scores;
}

std::vector<double> RidgeScores(const Similarities& similarities,
                                const LabelledImages& images) {
  std::vector<double> scores(images.rows.size());
  for (const uint8_t half : {uint8_t{0}, uint8_t{1}}) {
    PredictHalf(similarities, images,
                PlacesOf(images, static_cast<uint8_t>(1 - half)),
                PlacesOf(images, half), &scores);
  }
  return scores;
}

absl::StatusOr<double> MeanAurocOfHalves(const std::vector<double>& scores,
                                         const LabelledImages& images) {
  double sum = 0;
  for (const uint8_t half : {uint8_t{0}, uint8_t{1}}) {
    std::vector<double> of_half;
    std::vector<uint8_t> labels;
    for (const size_t place : PlacesOf(images, half)) {
      of_half.push_back(scores[place]);
      labels.push_back(images.labels[place]);
    }
    CXR_ASSIGN_OR_RETURN(const double auroc,
                         metrics::Auroc(absl::MakeConstSpan(of_half), labels));
    sum += auroc;
  }
  return sum / 2;
}

}  // namespace cxr
