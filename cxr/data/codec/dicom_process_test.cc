// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

absl::StatusOr<std::unique_ptr<DicomProcess>> StartFake(seconds timeout) {
  return DicomProcess::Start(TestData("cxr/data/codec/dicom_fake_worker"),
                             timeout);
}

absl::Status Failure(const std::string& word) {
  const auto process = StartFake(seconds(30));
  EXPECT_OK(process);
  return (*process)->Ask(DicomAction::kDecode, word).status();
}

// The process id that a worker answers with.
pid_t IdOf(DicomProcess& process) {
  const absl::StatusOr<DicomAnswer> answer =
      process.Ask(DicomAction::kReadTags, "whoami");
  EXPECT_OK(answer);
  int pid = 0;
  EXPECT_TRUE(absl::SimpleAtoi(answer->tags.patient_id, &pid));
  return pid;
}

TEST(DicomProcessTest, AnswersComeBackWhole) {
  ASSERT_OK_AND_ASSIGN(const auto process, StartFake(seconds(30)));
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK_AND_ASSIGN(const DicomAnswer answer,
                         process->Ask(DicomAction::kDecode, "pixel"));
    EXPECT_OK(answer.status);
    EXPECT_EQ(answer.decoded.image,
              (GrayImage{.width = 1, .height = 1, .pixels = {7}}));
    EXPECT_EQ(answer.decoded.facts.bits, 12);
  }
}

TEST(DicomProcessTest, ErrorOfTheFileIsAnAnswer) {
  ASSERT_OK_AND_ASSIGN(const auto process, StartFake(seconds(30)));
  ASSERT_OK_AND_ASSIGN(const DicomAnswer answer,
                       process->Ask(DicomAction::kDecode, "no"));
  EXPECT_THAT(answer.status,
              StatusIs(absl::StatusCode::kUnimplemented, "DICOM: no"));
}

TEST(DicomProcessTest, DeathIsDescribed) {
  EXPECT_THAT(Failure("segv"),
              StatusIs(absl::StatusCode::kDataLoss, "was killed by signal 11"));
  EXPECT_THAT(Failure("abort"),
              StatusIs(absl::StatusCode::kDataLoss, "was killed by signal 6"));
  EXPECT_THAT(Failure("exit3"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "ended with exit code 3 instead of an answer"));
  EXPECT_THAT(Failure("part"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "ended with exit code 0 instead of an answer"));
}

TEST(DicomProcessTest, NonsenseIsNoticed) {
  for (const char* word : {"garbage", "corrupt", "nothing"}) {
    EXPECT_THAT(Failure(word), StatusIs(absl::StatusCode::kDataLoss,
                                        StartsWith("answered garbage: ")))
        << word;
  }
}

TEST(DicomProcessTest, WorkerThatIsSilentRunsOutOfTime) {
  ASSERT_OK_AND_ASSIGN(const auto process, StartFake(seconds(1)));
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(process->Ask(DicomAction::kDecode, "hang"),
              StatusIs(absl::StatusCode::kDeadlineExceeded,
                       "did not answer within 1 s"));
  const auto waited = std::chrono::steady_clock::now() - start;
  EXPECT_GE(waited, seconds(1));
  EXPECT_LT(waited, seconds(20));
}

TEST(DicomProcessTest, WorkerThatDiesBetweenRequestsIsNoticed) {
  ASSERT_OK_AND_ASSIGN(const auto process, StartFake(seconds(30)));
  const pid_t pid = IdOf(*process);
  kill(pid, SIGTERM);
  siginfo_t end;
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(pid), &end, WEXITED | WNOWAIT), 0);
  // Without a reader, to send raises a signal, which must not end this program.
  EXPECT_THAT(process->Ask(DicomAction::kDecode, "pixel"),
              StatusIs(absl::StatusCode::kDataLoss, "was killed by signal 15"));
}

TEST(DicomProcessTest, NothingIsLeftOfAWorker) {
  pid_t pid = 0;
  {
    ASSERT_OK_AND_ASSIGN(const auto process, StartFake(seconds(30)));
    pid = IdOf(*process);
    EXPECT_EQ(kill(pid, 0), 0);
  }
  EXPECT_EQ(kill(pid, 0), -1);
  EXPECT_EQ(errno, ESRCH);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST(DicomProcessTest, WorkersInheritNoFiles) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);  // Without close-on-exec.
  ASSERT_OK_AND_ASSIGN(const auto first, StartFake(seconds(30)));
  ASSERT_OK_AND_ASSIGN(const auto second, StartFake(seconds(30)));
  ASSERT_OK_AND_ASSIGN(const DicomAnswer answer,
                       second->Ask(DicomAction::kDecode, "files"));
  EXPECT_EQ(answer.tags.patient_id, "4");  // The memory too.
  close(ends[0]);
  close(ends[1]);
}

TEST(DicomProcessTest, WhatIsNoProgramDoesNotStart) {
  const TempDir dir;
  const std::string text = dir.File("text");
  ASSERT_OK(WriteNewFile(text, "no program"));
  for (const std::string& path : {dir.File("missing"), text, dir.path()}) {
    EXPECT_THAT(
        DicomProcess::Start(path, seconds(1)),
        StatusIs(absl::StatusCode::kUnavailable,
                 StartsWith(path + ": cannot start the DICOM codec: ")));
  }
}

TEST(DicomProcessTest, FileBeyondAllMeasureIsNotSent) {
  ASSERT_OK_AND_ASSIGN(const auto process, StartFake(seconds(30)));
  // No byte of it is looked at.
  const absl::string_view huge("", size_t{1} << 40);
  EXPECT_THAT(process->Ask(DicomAction::kDecode, huge),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("found 1099511627776 bytes")));
}

}  // namespace
}  // namespace cxr
