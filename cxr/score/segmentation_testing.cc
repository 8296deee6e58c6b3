// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_testing.h"

#include <cmath>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/testing.h"
#include "cxr/score/mask_folders.h"

namespace cxr {
namespace {

constexpr double kEqual = 1e-12;

}  // namespace

MaskPairScore TwoClasses(int64_t intersection, int64_t predicted, int64_t truth,
                         double distance) {
  return {.counts = {{100, 100, 100}, {intersection, predicted, truth}},
          .distances = {{distance, distance, distance, distance, distance}}};
}

std::vector<MaskPairScore> DifferentImages(int images) {
  std::vector<MaskPairScore> all;
  for (int i = 0; i < images; ++i) {
    all.push_back(TwoClasses(10 + 7 * i % 11, 30, 30, 1.0 + i % 5));
  }
  return all;
}

std::string GoldenMasks(const std::string& name) {
  return TestData(absl::StrCat("cxr/score/testdata/masks/", name));
}

std::vector<MaskPairScore> GoldenImages(const std::string& system) {
  absl::StatusOr<FolderScores> scores = ScoreMaskFolders(
      {.truth = GoldenMasks("truth"), .predicted = GoldenMasks(system)});
  CXR_CHECK(scores.ok()) << scores.status();
  return std::move(scores->images);
}

MaskTable GoldenTable() {
  const absl::StatusOr<std::vector<std::string>> masks = ListMaskFiles(
      {.truth = GoldenMasks("truth"), .predicted = GoldenMasks("ours")});
  CXR_CHECK(masks.ok()) << masks.status();
  absl::StatusOr<MaskTable> table =
      ReadMaskTable({.path = GoldenMasks("table.csv"),
                     .patient_column = "patient",
                     .groups = {"sex"}},
                    GoldenMasks("truth"), *masks);
  CXR_CHECK(table.ok()) << table.status();
  return *std::move(table);
}

SegmentationReportOptions GoldenOptions() {
  return {.resamples = 200, .seed = 3};
}

bool EqualsCell(double found, const std::string& cell) {
  double expected = 0.0;
  CXR_CHECK(absl::SimpleAtod(cell, &expected)) << cell;
  if (std::isnan(expected)) return std::isnan(found);
  return std::abs(found - expected) <= kEqual;
}

}  // namespace cxr
