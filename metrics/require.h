// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_REQUIRE_H_
#define METRICS_REQUIRE_H_

#include <cstdio>
#include <cstdlib>

namespace cxr::metrics {

// Ends the program with `text` if the caller broke a contract of this folder.
// For mistakes of a programmer only: what the world did is an absl::Status.
inline void Require(bool holds, const char* text) {
  if (holds) return;
  std::fprintf(stderr, "metrics: contract broken: %s\n", text);
  std::abort();
}

}  // namespace cxr::metrics

#endif  // METRICS_REQUIRE_H_
