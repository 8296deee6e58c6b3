// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/keep_memory.h"

#include <malloc.h>

namespace cxr {

bool KeepFreedMemory() {
  // Nothing has a mapping of its own, and the heap does not shrink.
  return mallopt(M_MMAP_MAX, 0) == 1 && mallopt(M_TRIM_THRESHOLD, -1) == 1;
}

}  // namespace cxr
