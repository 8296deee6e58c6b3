// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_GENERATOR_KIND_H_
#define CXR_SCORE_GENERATOR_KIND_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "metrics/interval/random_stream.h"

// Generators of resamples by their names.

namespace cxr {

// "numpy RandomState", "numpy default_rng", "scikit-learn resample" or "fast
// generator of cxr", for tables.
absl::string_view GeneratorText(metrics::RandomGenerator generator);

// By numpy_random_state, numpy_default_rng, scikit_learn_resample or fast, from
// a command line; InvalidArgument lists them.
absl::StatusOr<metrics::RandomGenerator> GeneratorCalled(
    absl::string_view name);

}  // namespace cxr

#endif  // CXR_SCORE_GENERATOR_KIND_H_
