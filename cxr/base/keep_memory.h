// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_KEEP_MEMORY_H_
#define CXR_BASE_KEEP_MEMORY_H_

namespace cxr {

// From now on this process keeps the memory that it frees for what it allocates
// next. Else the C library gives every large tensor back to the system, and
// each step of a training waits for the same pages to be cleared and mapped
// again: a tenth of the time of a small one. For processes that do one thing
// and end; the most memory they hold hardly changes. False if the C library
// does not let itself be told.
bool KeepFreedMemory();

}  // namespace cxr

#endif  // CXR_BASE_KEEP_MEMORY_H_
