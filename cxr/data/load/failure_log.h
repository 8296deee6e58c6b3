// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_FAILURE_LOG_H_
#define CXR_DATA_LOAD_FAILURE_LOG_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"

// Images that a loader could not use, and how many of them are too many.

namespace cxr {

struct ImageFailure {
  int64_t image = 0;
  absl::Status status{};  // Names the file.
};

// Whether `status` speaks of one damaged, missing or unsupported image, or one
// on which a decoder hangs, so that others may be fine: DataLoss, NotFound,
// Unimplemented, DeadlineExceeded.
bool IsImageFailure(const absl::Status& status);

class FailureLog {
 public:
  // Failures that are kept with their text.
  static constexpr int kMostListed = 100;

  // More than `max_failures` distinct images are an error.
  explicit FailureLog(int64_t max_failures) : max_failures_(max_failures) {}

  // DataLoss with the number of images and this failure's text if that is one
  // image too many. One image may fail often.
  absl::Status Add(const ImageFailure& failure);

  int64_t failures() const { return failures_; }
  int64_t images() const { return static_cast<int64_t>(images_.size()); }

  // The first failure of each image, in order of arrival, kMostListed at most.
  const std::vector<ImageFailure>& listed() const { return listed_; }

 private:
  int64_t max_failures_;
  int64_t failures_ = 0;
  absl::flat_hash_set<int64_t> images_;
  std::vector<ImageFailure> listed_;
};

}  // namespace cxr

#endif  // CXR_DATA_LOAD_FAILURE_LOG_H_
