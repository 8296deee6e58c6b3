// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_ENVIRONMENT_H_
#define CXR_TASKS_ENVIRONMENT_H_

#include <string>

namespace cxr {

// What computes on this machine: LibTorch's version and the instruction set
// its kernels use, e.g. "LibTorch 2.11.0, AVX512".
std::string ComputeLibraries();

// Readies LibTorch for a process that was forked, before it has threads: each
// thread of a stage computes alone. What LibTorch repairs after a fork it would
// otherwise repair in several threads at once.
void PrepareLibTorch();

}  // namespace cxr

#endif  // CXR_TASKS_ENVIRONMENT_H_
