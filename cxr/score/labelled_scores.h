// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_LABELLED_SCORES_H_
#define CXR_SCORE_LABELLED_SCORES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "metrics/interval/resampling_units.h"

namespace cxr {

// A column of text by whose values images are told apart; "" is not known.
struct GroupColumn {
  std::string name = {};
  std::vector<std::string> cells = {};  // n
};

// Scores beside the truth, n rows.
struct LabelledScores {
  std::vector<std::string> classes = {};          // L
  std::vector<std::string> ids = {};              // n
  std::vector<std::vector<uint8_t>> labels = {};  // (L, n)
  std::vector<std::vector<double>> scores = {};   // (L, n)
  // Of a second system, with which the first is compared; empty without one.
  std::vector<std::vector<double>> other_scores = {};  // (L, n)
  // Of further runs of the first system, which differ in their seed.
  std::vector<std::vector<std::vector<double>>> other_runs = {};  // (R, L, n)
  std::vector<std::string> patients = {};  // n; empty if not known
  std::vector<GroupColumn> groups = {};
  // In whose strata resamples keep their sizes; no cells without any.
  GroupColumn strata = {};
  // Where rows stand in the table of truth.
  std::string truth_file = {};
  std::vector<int64_t> lines = {};  // n
  int64_t images = 0;               // n, or more after MaxOfPatients
  // How many images each row is made of; empty if of one.
  std::vector<int64_t> images_of_row = {};
  // Where the first score outside of [0, 1] is, and what; "" if all are inside.
  std::string outside = {};

  int64_t size() const { return std::ssize(ids); }
};

// One row a patient with the largest score of his images, by rising name of
// the patient. Labels, groups and stratum of his images must agree: DataLoss
// naming the lines where they do not. Needs patients (else the program ends).
absl::StatusOr<LabelledScores> MaxOfPatients(const LabelledScores& images);

// A number for each name, by first appearance: equal names have equal numbers.
std::vector<int32_t> NumberNames(absl::Span<const std::string> names);

// DataLoss naming the line if a row has no stratum, or those of a patient have
// several, where there are strata: a patient is drawn whole.
absl::Status CheckStrata(const LabelledScores& scores);

// What a resample draws: rows, or patients with all their rows; of each stratum
// as many as it has, by rising name as numpy.unique has them. Strata are
// checked already, else InvalidArgument.
absl::StatusOr<metrics::ResamplingUnits> UnitsOf(const LabelledScores& scores);

// How many patients there are; 0 if they are not known.
int64_t CountPatients(const LabelledScores& scores);

}  // namespace cxr

#endif  // CXR_SCORE_LABELLED_SCORES_H_
