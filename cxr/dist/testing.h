// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DIST_TESTING_H_
#define CXR_DIST_TESTING_H_

#include <functional>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/dist/rendezvous.h"

// Runs of several processes on this machine, for tests. Torch-free.

namespace cxr {

// Runs `body` for each rank of `world` in a process of its own, all at once,
// and waits for them. Of each rank its exit status: 0, 1 if an expectation of
// googletest did not hold, or 128 and the signal that ended it. This process
// must not have started LibTorch's threads, so that it may be forked: a test
// does all of its work with tensors in `body`.
std::vector<int> RunProcesses(int world, const std::function<void(int)>& body);

// Of rank `rank` of `world` processes that meet in the file at `path`.
Rendezvous FileRendezvous(int rank, int world, absl::string_view path);

// Likewise at a port of this machine.
Rendezvous PortRendezvous(int rank, int world, int port);

// A port that nobody listens on now.
int UnusedPort();

}  // namespace cxr

#endif  // CXR_DIST_TESTING_H_
