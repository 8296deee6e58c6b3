// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_GC_H_
#define CXR_HARNESS_GC_H_

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/harness/store.h"

// Clearing a store of what nothing can use any more.

namespace cxr {

// What goes, and how much room it took.
struct Garbage {
  // Stage, id and number of each attempt, and its folder.
  std::vector<std::tuple<std::string, std::string, int>> attempts = {};
  std::vector<std::string> folders = {};
  int64_t bytes = 0;
};

// Finds the attempts that no record names and nobody works on: failed ones,
// killed ones, and those whose record was replaced. The newest attempt with a
// whole checkpoint stays while its stage is not complete, because the next one
// goes on from there; so do complete stages, and whatever has a lease whose
// owner is not known to be dead. The codes of base/file.
absl::StatusOr<Garbage> FindGarbage(const Store& store);

// Deletes it, looking again at each attempt while nobody can take its stage,
// and adds to the index what it lacks.
absl::Status DeleteGarbage(const Store& store, const Garbage& garbage);

}  // namespace cxr

#endif  // CXR_HARNESS_GC_H_
