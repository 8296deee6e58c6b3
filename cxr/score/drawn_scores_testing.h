// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_DRAWN_SCORES_TESTING_H_
#define CXR_SCORE_DRAWN_SCORES_TESTING_H_

#include <cmath>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "cxr/score/labelled_scores.h"

namespace cxr {

// Scores that know something of the labels, of `rows` images.
inline LabelledScores Drawn(int64_t rows) {
  LabelledScores scores = {.classes = {"edema", "mass"}};
  scores.labels.resize(2);
  scores.scores.resize(2);
  for (int64_t i = 0; i < rows; ++i) {
    scores.ids.push_back(absl::StrCat(1000 + i));
    for (int64_t k = 0; k < 2; ++k) {
      const int label = (i * (k + 3) + k) % 7 < 3;
      scores.labels[k].push_back(label);
      scores.scores[k].push_back(0.25 + 0.25 * std::sin(i * (k + 1.5)) +
                                 0.2 * label);
    }
    scores.lines.push_back(i + 2);
  }
  scores.truth_file = "labels.csv";
  scores.images = rows;
  return scores;
}

}  // namespace cxr

#endif  // CXR_SCORE_DRAWN_SCORES_TESTING_H_
