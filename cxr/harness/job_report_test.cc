// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/job_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// What the driver gets of an end.
JobEnd Told(const WorkerEnd& end) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  JobEnd told;
  told.exit_code = TellDriver(end, ends[1]);
  close(ends[1]);
  std::array<char, 70000> buffer;
  const ssize_t count = read(ends[0], buffer.data(), buffer.size());
  close(ends[0]);
  told.message.assign(buffer.data(), static_cast<size_t>(count));
  return told;
}

TEST(JobReportTest, AReasonArrivesWithItsCodeAndClass) {
  const JobEnd told = Told({.status = absl::OutOfRangeError("nan"),
                            .damaged = StageKind::kFeatures});
  EXPECT_EQ(told.exit_code, 65);
  EXPECT_EQ(ToStatus(told), absl::OutOfRangeError("nan"));
  EXPECT_EQ(DamagedInputOf(told), StageKind::kFeatures);
  EXPECT_EQ(Told({.status = absl::CancelledError("x")}).exit_code, 75);
  EXPECT_EQ(Told({.status = absl::InternalError("x")}).exit_code, 70);
}

TEST(JobReportTest, ASuccessNeedsNoReason) {
  EXPECT_EQ(Told({}).exit_code, 0);
  EXPECT_OK(ToStatus(Told({})));
  EXPECT_EQ(DamagedInputOf(Told({})), std::nullopt);
}

TEST(JobReportTest, AFullStoreAndATakenStageAreToldApart) {
  EXPECT_EQ(Told({.status = absl::ResourceExhaustedError("full"),
                  .store_failed = true})
                .exit_code,
            74);
  EXPECT_EQ(Told({.status = absl::AlreadyExistsError("taken")}).exit_code,
            kTakenExit);
}

TEST(JobReportTest, ALongReasonIsCutOffAndArrives) {
  EXPECT_THAT(ToStatus(Told(
                  {.status = absl::DataLossError(std::string(1000000, 'x'))})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("xxx")));
}

TEST(JobReportTest, SignalsAndSilentEndsAreReasonsToo) {
  EXPECT_THAT(ToStatus(JobEnd{.signal = SIGKILL, .message = ""}),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("perhaps because memory ran out")));
  EXPECT_THAT(ToStatus(JobEnd{.exit_code = 3, .message = ""}),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("exit code 3")));
  EXPECT_THAT(
      ToStatus(JobEnd{.exit_code = 70, .message = "no message of ours"}),
      StatusIs(absl::StatusCode::kInternal, HasSubstr("gave no")));
}

}  // namespace
}  // namespace cxr
