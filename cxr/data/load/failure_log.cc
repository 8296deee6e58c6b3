// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/failure_log.h"

#include <iterator>

#include "absl/strings/str_cat.h"

namespace cxr {

bool IsImageFailure(const absl::Status& status) {
  return absl::IsDataLoss(status) || absl::IsNotFound(status) ||
         absl::IsUnimplemented(status) || absl::IsDeadlineExceeded(status);
}

absl::Status FailureLog::Add(const ImageFailure& failure) {
  ++failures_;
  if (!images_.insert(failure.image).second) {
    return absl::OkStatus();
  }
  if (std::ssize(listed_) < kMostListed) {
    listed_.push_back(failure);
  }
  if (images() <= max_failures_) {
    return absl::OkStatus();
  }
  return absl::DataLossError(absl::StrCat(
      failure.status.message(), ": image ", failure.image, " is ", images(),
      " of at most ", max_failures_, " images that may be unusable"));
}

}  // namespace cxr
