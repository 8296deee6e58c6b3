// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/file_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "absl/time/time.h"
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

TEST(FileLockTest, WhoDoesNotWaitIsTold) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const FileLock held, FileLock::Acquire(dir.File("a")));
  for (const absl::Duration patience :
       {absl::ZeroDuration(), absl::Milliseconds(15)}) {
    EXPECT_THAT(FileLock::Acquire(dir.File("a"), patience),
                StatusIs(absl::StatusCode::kUnavailable,
                         ::testing::HasSubstr("held by another process")));
  }
}

TEST(FileLockTest, AChildHoldsItOn) {
  const TempDir dir;
  int wait_for[2];
  ASSERT_EQ(pipe(wait_for), 0);
  pid_t child = 0;
  {
    ASSERT_OK_AND_ASSIGN(const FileLock held, FileLock::Acquire(dir.File("a")));
    child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      close(wait_for[1]);
      char byte = 0;
      _exit(read(wait_for[0], &byte, 1) == 0 ? 0 : 1);
    }
  }
  EXPECT_THAT(FileLock::Acquire(dir.File("a"), absl::ZeroDuration()),
              StatusIs(absl::StatusCode::kUnavailable, ::testing::_));
  close(wait_for[1]);  // Ends the child.
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_THAT(FileLock::Acquire(dir.File("a"), absl::ZeroDuration()), IsOk());
  close(wait_for[0]);
}

TEST(FileLockTest, APlaceThatCannotBeIsAnError) {
  EXPECT_THAT(FileLock::Acquire("/nowhere/lock"),
              StatusIs(absl::StatusCode::kNotFound,
                       ::testing::StartsWith("/nowhere/lock: cannot create")));
}

}  // namespace
}  // namespace cxr
