// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/generator_kind.h"

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

using metrics::RandomGenerator;

struct Named {
  RandomGenerator generator;
  absl::string_view name;
};

constexpr Named kNames[] = {
    {RandomGenerator::kNumpyRandomState, "numpy_random_state"},
    {RandomGenerator::kNumpyDefaultRng, "numpy_default_rng"},
    {RandomGenerator::kScikitLearnResample, "scikit_learn_resample"},
    {RandomGenerator::kFast, "fast"},
};

}  // namespace

absl::string_view GeneratorText(RandomGenerator generator) {
  switch (generator) {
    case RandomGenerator::kNumpyRandomState:
      return "numpy RandomState";
    case RandomGenerator::kNumpyDefaultRng:
      return "numpy default_rng";
    case RandomGenerator::kScikitLearnResample:
      return "scikit-learn resample";
    case RandomGenerator::kFast:
      return "fast generator of cxr";
  }
  return "";
}

absl::StatusOr<RandomGenerator> GeneratorCalled(absl::string_view name) {
  for (const Named& known : kNames) {
    if (absl::EqualsIgnoreCase(name, known.name)) return known.generator;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--generator: found '", name,
                   "', expected numpy_random_state, numpy_default_rng, "
                   "scikit_learn_resample or fast"));
}

}  // namespace cxr
