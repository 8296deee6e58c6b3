// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/file_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

TEST(FileLockTest, OneHolderAtATime) {
  const TempDir dir;
  std::atomic<int> inside = 0;
  std::atomic<int> collisions = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const absl::StatusOr<FileLock> lock =
            FileLock::Acquire(dir.File("lock"));
        collisions += lock.ok() && ++inside == 1 ? 0 : 1;
        std::this_thread::yield();
        --inside;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(collisions, 0);
}

TEST(FileLockTest, AMovedLockIsGivenBackOnce) {
  const TempDir dir;
  {
    ASSERT_OK_AND_ASSIGN(FileLock first, FileLock::Acquire(dir.File("lock")));
    const FileLock second(std::move(first));
  }
  EXPECT_THAT(FileLock::Acquire(dir.File("lock")), IsOk());
}

TEST(FileLockTest, APlaceThatCannotBeIsAnError) {
  EXPECT_THAT(FileLock::Acquire("/nowhere/lock"),
              StatusIs(absl::StatusCode::kNotFound,
                       ::testing::StartsWith("/nowhere/lock: cannot create")));
}

}  // namespace
}  // namespace cxr
