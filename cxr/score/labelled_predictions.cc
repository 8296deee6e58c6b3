// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/labelled_predictions.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

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

absl::StatusOr<LabelledScores> ScoresOfPatients(LabelledScores images) {
  for (std::vector<uint8_t>& labels : images.labels) {
    absl::flat_hash_map<absl::string_view, uint8_t> of_patient;
    for (size_t i = 0; i < labels.size(); ++i) {
      uint8_t& label = of_patient[images.patients[i]];
      label = std::max(label, labels[i]);
    }
    for (size_t i = 0; i < labels.size(); ++i) {
      labels[i] = of_patient[images.patients[i]];
    }
  }
  return MaxOfPatients(images);
}

}  // namespace cxr
