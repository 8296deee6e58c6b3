// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/file_faults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

FileStep failing_step = FileStep::kWrite;

int FailAtStep(FileStep step, absl::string_view) {
  return step == failing_step ? ENOSPC : 0;
}

int TearWrites(FileStep step, absl::string_view) {
  return step == FileStep::kWrite ? kTornWrite : 0;
}

class FileFaultsTest : public ::testing::Test {
 protected:
  ~FileFaultsTest() override { SetFileFaultHook(nullptr); }

  void ExpectFull(FileStep step, absl::Status (*body)(const TempDir&)) {
    failing_step = step;
    SetFileFaultHook(FailAtStep);
    EXPECT_THAT(body(dir_), StatusIs(absl::StatusCode::kResourceExhausted,
                                     HasSubstr("No space left on device")));
    SetFileFaultHook(nullptr);
  }

  TempDir dir_;
};

TEST_F(FileFaultsTest, EveryStepCanFail) {
  const auto write = [](const TempDir& dir) {
    return WriteFileAtomically(dir.File("a"), "bytes");
  };
  for (const FileStep step : {FileStep::kCreate, FileStep::kWrite,
                              FileStep::kFlush, FileStep::kRename}) {
    ExpectFull(step, write);
    EXPECT_FALSE(Exists(dir_.File("a")));
  }
  ExpectFull(FileStep::kMakeFolder, [](const TempDir& dir) {
    return CreateDirectories(dir.File("folder"));
  });
  ExpectFull(FileStep::kMakeFolder, [](const TempDir& dir) {
    return CreateDirectory(dir.File("folder"));
  });
  ExpectFull(FileStep::kLink, [](const TempDir& dir) {
    return LinkOrCopy(dir.File("x"), dir.File("y"));
  });
  ExpectFull(FileStep::kDelete,
             [](const TempDir& dir) { return RemoveAll(dir.File("x")); });
}

TEST_F(FileFaultsTest, ATornWriteLeavesHalfAndKills) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    SetFileFaultHook(TearWrites);
    WriteNewFile(dir_.File("torn"), "12345678").IgnoreError();
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
  EXPECT_EQ(*ReadFile(dir_.File("torn")), "1234");
}

}  // namespace
}  // namespace cxr
