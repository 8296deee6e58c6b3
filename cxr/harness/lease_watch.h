// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_LEASE_WATCH_H_
#define CXR_HARNESS_LEASE_WATCH_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "cxr/spec/journal.pb.h"

namespace cxr {

// How often owners of leases say that they live, and after which silence they
// are taken for dead where their process cannot be looked at.
inline constexpr absl::Duration kHeartbeat = absl::Seconds(5);
inline constexpr absl::Duration kLeasePatience = absl::Seconds(45);

// Time that passed while the machine ran: no setting of a clock moves it.
absl::Duration SteadyNow();

// Tells which owners of leases are gone, by looking at them again and again.
// An owner on this machine is gone when its process is. Any other, or one whose
// process hangs, is gone when its beat has not moved for `patience` between the
// looks of this watcher. No clock of another machine is believed, so clocks may
// be wrong and jump.
class LeaseWatch {
 public:
  explicit LeaseWatch(absl::Duration patience = kLeasePatience)
      : patience_(patience) {}

  // A look at the lease of the stage `key` at the time `now` of SteadyNow.
  bool IsGone(absl::string_view key, const spec::LeaseRecord& lease,
              absl::Duration now);

 private:
  struct Look {
    int32_t token = 0;
    int64_t beat = 0;
    absl::Duration since = {};
  };

  absl::Duration patience_;
  std::map<std::string, Look> looks_;
};

}  // namespace cxr

#endif  // CXR_HARNESS_LEASE_WATCH_H_
