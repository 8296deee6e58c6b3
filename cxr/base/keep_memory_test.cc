// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/keep_memory.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstddef>
#include <cstdlib>

namespace cxr {
namespace {

constexpr size_t kBytes = size_t{64} << 20;
constexpr size_t kPage = 4096;

// Pages that the system had to map while a block was allocated, written and
// freed.
long PagesMapped() {
  rusage before = {};
  getrusage(RUSAGE_SELF, &before);
  auto* block = static_cast<char*>(std::malloc(kBytes));
  for (size_t i = 0; i < kBytes; i += kPage) {
    static_cast<volatile char*>(block)[i] = 1;
  }
  std::free(block);
  rusage after = {};
  getrusage(RUSAGE_SELF, &after);
  return after.ru_minflt - before.ru_minflt;
}

TEST(KeepMemoryTest, ABlockIsMappedOnce) {
  PagesMapped();
  // 2 MiB at once if the system has huge pages.
  EXPECT_GE(PagesMapped(), 32);
  if (!KeepFreedMemory()) GTEST_SKIP() << "another allocator";
  PagesMapped();
  EXPECT_LT(PagesMapped(), 32);
}

}  // namespace
}  // namespace cxr
