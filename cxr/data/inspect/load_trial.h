// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_LOAD_TRIAL_H_
#define CXR_DATA_INSPECT_LOAD_TRIAL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/experiment.pb.h"

// How fast this machine feeds a model, and with what.

namespace cxr {

struct LoadTrialOptions {
  int64_t steps = 0;  // at least 1
  int threads = 1;
  uint64_t seed = 0;
  int64_t max_failures = -1;  // images that cannot be read; -1: any number
};

struct LoadTrial {
  int64_t batch_images = 0;
  int64_t images = 0;  // of all steps
  int64_t views = 0;   // of an image
  int threads = 0;
  double seconds = 0.0;
  int64_t failed_images = 0;
  std::vector<std::string> failures = {};  // the first of them
  // SHA-256 of the pixels of all views in their order: equal on every machine
  // and for any number of threads.
  std::string digest = {};
};

// Loads the first batches of an experiment's training from the images `rows`
// of `dataset`: in the order, with the augmentation and in batches of the
// spec. DataLoss if more than options.max_failures images cannot be read.
absl::StatusOr<LoadTrial> TryLoading(const Dataset& dataset,
                                     const std::vector<int>& rows,
                                     const spec::ExperimentSpec& experiment,
                                     const LoadTrialOptions& options);

// For a person.
std::string ToText(const LoadTrial& trial);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_LOAD_TRIAL_H_
