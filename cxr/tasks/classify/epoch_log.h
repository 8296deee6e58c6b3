// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_EPOCH_LOG_H_
#define CXR_TASKS_CLASSIFY_EPOCH_LOG_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace cxr {

// What an epoch of a head gave.
struct EpochLine {
  int64_t round = 0;
  int64_t epoch = 0;         // from 0
  int64_t member = 0;        // of a sweep
  double training_loss = 0;  // mean over the epoch's batches, as they came
  std::optional<double> validation = {};  // the selection metric

  bool operator==(const EpochLine&) const = default;
};

// round,epoch,member,training_loss,validation; numbers with all their digits.
std::string ToCsv(absl::Span<const EpochLine> lines);

// DataLoss naming `name` and the line for anything that ToCsv does not write.
absl::StatusOr<std::vector<EpochLine>> EpochLinesFromCsv(
    absl::string_view text, absl::string_view name);

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_EPOCH_LOG_H_
