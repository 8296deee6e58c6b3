// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_LOAD_TRIAL_H_
#define CXR_DATA_INSPECT_LOAD_TRIAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/experiment.pb.h"

// How fast this machine feeds a model, and with what.

namespace cxr {

struct LoadTrialOptions {
  int64_t steps = 0;       // at least 1
  int64_t first_step = 0;  // of a run that goes on there
  int rank = 0;            // whose share of each batch is loaded,
  int world = 1;           // of so many
  int threads = 1;
  uint64_t seed = 0;
  // Images that cannot be read; -1: a tenth of all images, at least 10.
  int64_t max_failures = -1;
  // Path of an image cache that stands in for the dataset's decoder, made first
  // if it is not there or was made of other images; empty: none.
  std::string cache = {};
  // Says what the decoded images of the dataset depend on: its fingerprint.
  // Which of them the cache holds need not be said.
  std::string cache_key = {};
};

struct LoadTrial {
  int64_t batch_images = 0;  // of all ranks
  int64_t images = 0;        // of all steps, of this rank
  int64_t views = 0;         // of an image
  int threads = 0;
  double seconds = 0.0;  // without those for the cache
  std::string cache = {};
  std::optional<double> cache_seconds = {};  // if the cache was made
  int64_t failed_images = 0;
  std::vector<std::string> failures = {};  // the first of them
  // SHA-256 of the pixels of the views of each image, by step.
  std::vector<std::vector<std::string>> image_digests = {};
  // SHA-256 of those: on one machine equal for any number of threads, with and
  // without a cache. Another machine's mathematical library may round another
  // way.
  std::string digest = {};
};

// Loads batches of an experiment's training from the images `rows` of
// `dataset`: in the order, with the augmentation and in batches of the spec.
// InvalidArgument for options without sense; DataLoss if more than
// options.max_failures images cannot be read; errors of the cache as
// image_cache.h says.
absl::StatusOr<LoadTrial> TryLoading(const Dataset& dataset,
                                     const std::vector<int>& rows,
                                     const spec::ExperimentSpec& experiment,
                                     const LoadTrialOptions& options);

// For a person.
std::string ToText(const LoadTrial& trial);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_LOAD_TRIAL_H_
