// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/label_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"
#include "metrics/ranking/auroc.h"

namespace cxr {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pointwise;

constexpr int kImages = 90;
constexpr int kWidth = 12;

// The problem of testdata/make_label_probe_golden.py.
std::vector<double> GoldenVectors() {
  std::vector<double> vectors;
  for (uint32_t i = 0; i < kImages * kWidth; ++i) {
    vectors.push_back(
        static_cast<float>(0.5 + double{FormulaValue("vectors", i)}));
  }
  return vectors;
}

Similarities CosinesOf(const std::vector<double>& vectors, int64_t width) {
  const int64_t size = std::ssize(vectors) / width;
  Similarities cosines = {.size = size};
  const auto product = [&](int64_t a, int64_t b) {
    return std::inner_product(vectors.begin() + a * width,
                              vectors.begin() + (a + 1) * width,
                              vectors.begin() + b * width, 0.0);
  };
  for (int64_t i = 0; i < size; ++i) {
    for (int64_t j = 0; j < size; ++j) {
      cosines.values.push_back(product(i, j) /
                               std::sqrt(product(i, i) * product(j, j)));
    }
  }
  return cosines;
}

LabelledImages GoldenImages() {
  const std::vector<double> vectors = GoldenVectors();
  LabelledImages images;
  for (int i = 0; i < kImages; ++i) {
    const float noise = FormulaValue("noise", static_cast<uint32_t>(i));
    const int patient = i * 4 / 9;
    images.rows.push_back(i);
    images.labels.push_back(
        static_cast<float>(vectors[static_cast<size_t>(i * kWidth)]) + noise >
        0.9f);
    images.patients.push_back(patient);
    images.halves.push_back(static_cast<uint8_t>(patient % 2));
  }
  return images;
}

std::map<std::string, double> GoldenValues() {
  const absl::StatusOr<CsvTable> table = CsvTable::Load(
      TestData("cxr/tasks/pretrain/testdata/label_probe_golden.csv"));
  EXPECT_OK(table);
  std::map<std::string, double> values;
  for (const CsvTable::Row& row : table->rows()) {
    EXPECT_TRUE(absl::SimpleAtod(row.cells[1], &values[row.cells[0]]));
  }
  return values;
}

std::vector<double> GoldenScores(const std::map<std::string, double>& values,
                                 absl::string_view name) {
  std::vector<double> scores;
  for (int i = 0; i < kImages; ++i) {
    scores.push_back(values.at(absl::StrCat(name, ".", i)));
  }
  return scores;
}

TEST(LabelProbeTest, VotesEqualNumpys) {
  const std::map<std::string, double> golden = GoldenValues();
  const LabelledImages images = GoldenImages();
  const std::vector<double> scores =
      NearestNeighborScores(CosinesOf(GoldenVectors(), kWidth), images, 7);
  EXPECT_THAT(scores,
              Pointwise(DoubleNear(1e-12), GoldenScores(golden, "knn")));
  ASSERT_OK_AND_ASSIGN(
      const double auroc,
      metrics::Auroc(absl::MakeConstSpan(scores), images.labels));
  EXPECT_NEAR(auroc, golden.at("knn_auroc"), 1e-12);
}

TEST(LabelProbeTest, RidgeEqualsScikitLearns) {
  const std::map<std::string, double> golden = GoldenValues();
  const LabelledImages images = GoldenImages();
  const std::vector<double> scores =
      RidgeScores(CosinesOf(GoldenVectors(), kWidth), images);
  EXPECT_THAT(scores,
              Pointwise(DoubleNear(1e-10), GoldenScores(golden, "ridge")));
  ASSERT_OK_AND_ASSIGN(const double auroc, MeanAurocOfHalves(scores, images));
  EXPECT_NEAR(auroc, golden.at("ridge_auroc"), 1e-12);
}

// Four images on two axes: 0 and 1 alike, 2 and 3 alike.
LabelledImages FourImages(std::vector<int> patients) {
  return {.rows = {0, 1, 2, 3},
          .labels = {1, 1, 0, 0},
          .patients = std::move(patients),
          .halves = {0, 1, 0, 1}};
}

TEST(LabelProbeTest, ImagesOfTheSamePatientDoNotVote) {
  const Similarities axes = CosinesOf({1, 0, 1, 0, 0, 1, 0, 1}, 2);
  EXPECT_THAT(NearestNeighborScores(axes, FourImages({1, 2, 3, 4}), 1),
              ElementsAre(1, 1, 0, 0));
  // Without their twins the nearest are, of equals, the first others.
  EXPECT_THAT(NearestNeighborScores(axes, FourImages({1, 1, 2, 2}), 1),
              ElementsAre(0, 0, 1, 1));
}

TEST(LabelProbeTest, MoreNeighborsThanImagesAreAllOfThem) {
  const Similarities axes = CosinesOf({1, 0, 1, 0, 0, 1, 0, 1}, 2);
  const LabelledImages images = FourImages({1, 2, 3, 4});
  const double near = std::exp(1 / 0.07);
  EXPECT_THAT(
      NearestNeighborScores(axes, images, 1000),
      Pointwise(DoubleNear(1e-12), {near / (near + 2), near / (near + 2),
                                    2 / (near + 2), 2 / (near + 2)}));
}

TEST(LabelProbeTest, RowsPickTheirImages) {
  const std::vector<double> vectors = GoldenVectors();
  const LabelledImages all = GoldenImages();
  LabelledImages odd;
  std::vector<double> odd_vectors;
  for (size_t i = 1; i < kImages; i += 2) {
    odd.rows.push_back(static_cast<int64_t>(i));
    odd.labels.push_back(all.labels[i]);
    odd.patients.push_back(all.patients[i]);
    odd.halves.push_back(all.halves[i]);
    const auto begin = vectors.begin() + static_cast<int64_t>(i) * kWidth;
    odd_vectors.insert(odd_vectors.end(), begin, begin + kWidth);
  }
  LabelledImages alone = odd;
  std::iota(alone.rows.begin(), alone.rows.end(), 0);
  const Similarities whole = CosinesOf(vectors, kWidth);
  const Similarities part = CosinesOf(odd_vectors, kWidth);
  EXPECT_EQ(NearestNeighborScores(whole, odd, 3),
            NearestNeighborScores(part, alone, 3));
  EXPECT_EQ(RidgeScores(whole, odd), RidgeScores(part, alone));
}

TEST(LabelProbeTest, VectorsThatAreAllEqualTellNothing) {
  const LabelledImages images = GoldenImages();
  const std::vector<double> scores = RidgeScores(
      CosinesOf(std::vector<double>(kImages * kWidth, 0.25), kWidth), images);
  for (const double score : scores) EXPECT_TRUE(std::isfinite(score));
}

TEST(LabelProbeTest, AHalfIsRankedByItself) {
  // Perfect within either half, though not over both.
  const LabelledImages images = {.rows = {0, 1, 2, 3},
                                 .labels = {0, 1, 0, 1},
                                 .patients = {0, 1, 2, 3},
                                 .halves = {0, 0, 1, 1}};
  ASSERT_OK_AND_ASSIGN(const double auroc,
                       MeanAurocOfHalves({0.1, 0.2, 0.8, 0.9}, images));
  EXPECT_EQ(auroc, 1);
  EXPECT_THAT(MeanAurocOfHalves({0.1, 0.2, std::nan(""), 0.9}, images),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("0")));
}

}  // namespace
}  // namespace cxr
