// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/lease_watch.h"

#include <ctime>

#include "cxr/harness/process_name.h"

namespace cxr {

absl::Duration SteadyNow() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return absl::DurationFromTimespec(now);
}

bool LeaseWatch::IsGone(absl::string_view key, const spec::LeaseRecord& lease,
                        absl::Duration now) {
  if (LifeOf(lease.owner()) == Life::kDead) {
    return true;
  }
  const auto [it, first] = looks_.try_emplace(
      std::string(key), Look{lease.token(), lease.beat(), now});
  Look& look = it->second;
  if (look.token != lease.token() || look.beat != lease.beat()) {
    look = {lease.token(), lease.beat(), now};
  }
  return now - look.since >= patience_;
}

}  // namespace cxr
