// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/labelled_predictions.h"

#include <cstddef>
#include <cstdint>

namespace cxr {

LabelledScores ToLabelledScores(const Predictions& predictions) {
  LabelledScores scores = {.classes = predictions.targets,
                           .ids = predictions.ids,
                           .patients = predictions.patients,
                           .truth_file = "predictions"};
  const size_t width = predictions.targets.size();
  scores.labels.resize(width);
  scores.scores.resize(width);
  for (size_t k = 0; k < predictions.logits.size(); ++k) {
    scores.scores[k % width].push_back(predictions.logits[k]);
    scores.labels[k % width].push_back(predictions.labels[k] == 1.0f ? 1 : 0);
  }
  scores.images = scores.size();
  for (int64_t i = 0; i < scores.images; ++i) scores.lines.push_back(i + 2);
  return scores;
}

}  // namespace cxr
