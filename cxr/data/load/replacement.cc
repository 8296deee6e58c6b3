// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/replacement.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "cxr/base/rng.h"

namespace cxr {

Replacements::Replacements(uint64_t seed, int64_t position, int64_t images)
    : seed_(seed), position_(position), images_(images) {}

std::optional<int64_t> Replacements::After(int64_t unusable) {
  unusable_.insert(unusable);
  if (std::ssize(unusable_) >= images_) {
    return std::nullopt;
  }
  const CounterRng rng(seed_, absl::StrCat("data.replacement.", position_));
  while (true) {
    const int64_t image = static_cast<int64_t>(
        rng.Below(attempt_++, static_cast<uint64_t>(images_)));
    if (!unusable_.contains(image)) {
      return image;
    }
  }
}

}  // namespace cxr
