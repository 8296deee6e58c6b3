// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_REPLACEMENT_H_
#define CXR_DATA_LOAD_REPLACEMENT_H_

#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_set.h"

namespace cxr {

// Images that take the place of unusable ones at one position of a stream: a
// uniform random sequence, a function of the seed and the position, in which no
// image comes twice.
class Replacements {
 public:
  // Of 0 .. images - 1.
  Replacements(uint64_t seed, int64_t position, int64_t images);

  // The next image after `unusable` has failed; nothing if all have.
  std::optional<int64_t> After(int64_t unusable);

 private:
  uint64_t seed_;
  int64_t position_;
  int64_t images_;
  uint64_t attempt_ = 0;
  absl::flat_hash_set<int64_t> unusable_;
};

}  // namespace cxr

#endif  // CXR_DATA_LOAD_REPLACEMENT_H_
