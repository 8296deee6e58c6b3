// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DIST_MEETING_H_
#define CXR_DIST_MEETING_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "c10/util/intrusive_ptr.h"
#include "cxr/dist/rendezvous.h"
#include "torch/csrc/distributed/c10d/Store.hpp"

namespace cxr {

// The store of keys and values that the processes of a run share, once all of
// them have arrived there. `rendezvous` is of several processes.
//
// Unavailable, in `timeout` at the latest: the port is in use, or some have not
// arrived (the text says which, as far as can be told). AlreadyExists: the file
// is left over from an earlier attempt. Other codes: the file cannot be made.
absl::StatusOr<c10::intrusive_ptr<c10d::Store>> MeetInStore(
    const Rendezvous& rendezvous, absl::Duration timeout);

// Where that is, for texts: "host:port" or the file's path.
std::string PlaceOf(const Rendezvous& rendezvous);

}  // namespace cxr

#endif  // CXR_DIST_MEETING_H_
