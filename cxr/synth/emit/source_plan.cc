// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/source_plan.h"

#include <utility>

#include "absl/strings/match.h"
#include "cxr/data/table/gzip.h"

namespace cxr::synth {

PlannedFile TextFile(std::string path, std::string text) {
  const bool is_packed = absl::EndsWith(path, ".gz");
  return {.path = std::move(path),
          .make = [is_packed,
                   text = std::move(text)]() -> absl::StatusOr<std::string> {
            return is_packed ? Gzip(text) : text;
          }};
}

}  // namespace cxr::synth
