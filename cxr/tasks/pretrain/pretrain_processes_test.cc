// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_processes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <functional>
#include <memory>
#include <vector>

#include "ATen/ops/full.h"
#include "cxr/base/testing.h"
#include "cxr/dist/testing.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;

absl::StatusOr<std::unique_ptr<PretrainProcesses>> Meet(
    const FakeStage& stage) {
  std::unique_ptr<PretrainProcesses> processes;
  const absl::Status status =
      stage
          .Run(StageKind::kPretrain,
               [&](const StageRequest& request) -> absl::StatusOr<StageOutput> {
                 auto met = PretrainProcesses::Meet(request, "cpu");
                 if (!met.ok()) return met.status();
                 processes = *std::move(met);
                 return StageOutput();
               })
          .status();
  if (!status.ok()) return status;
  return processes;
}

// Runs `body` in two processes that have met.
std::vector<int> RunTwo(const std::function<void(PretrainProcesses&)>& body) {
  const TempDir dir;
  return RunProcesses(2, [&](int rank) {
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<PretrainProcesses> processes,
                         Meet({.spec = SmallPretraining(),
                               .rank = rank,
                               .processes = 2,
                               .meeting_file = dir.File("meeting")}));
    body(*processes);
  });
}

TEST(PretrainProcessesTest, OneProcessAgreesWithItself) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<PretrainProcesses> alone,
                       Meet({.spec = SmallPretraining()}));
  EXPECT_TRUE(alone->is_first());
  EXPECT_EQ(alone->count(), 1);
  EXPECT_FALSE(alone->sums().sum);
  EXPECT_FALSE(alone->sums().begin);
  EXPECT_EQ(alone->ShareOf({.begin = 8, .end = 16}),
            (PositionRange{.begin = 8, .end = 16}));
  EXPECT_OK(alone->AgreeOnFirstStep(3));
  EXPECT_OK(alone->AgreeToGoOn(absl::OkStatus()));
  EXPECT_EQ(alone->AgreeToGoOn(absl::AbortedError("taken over")),
            absl::AbortedError("taken over"));
  EXPECT_EQ(alone->CauseOf(absl::DataLossError("x")), absl::DataLossError("x"));
}

TEST(PretrainProcessesTest, EachHasAGroupAndOnlyTheFirstIsTheFirst) {
  EXPECT_THAT(RunTwo([](PretrainProcesses& processes) {
                const int64_t begin = processes.is_first() ? 8 : 12;
                EXPECT_EQ(processes.ShareOf({.begin = 8, .end = 16}),
                          (PositionRange{.begin = begin, .end = begin + 4}));
                at::Tensor tensor = at::full({2}, 1.5);
                processes.sums().sum(tensor);
                EXPECT_EQ(tensor.sum().item<double>(), 6);
                processes.sums().begin(tensor)();
                EXPECT_EQ(tensor.sum().item<double>(), 12);
                EXPECT_GT(processes.summing_seconds().value(), 0);
                ASSERT_OK_AND_ASSIGN(
                    const int64_t total,
                    processes.Total(processes.is_first() ? 5 : 7));
                EXPECT_EQ(total, 12);
                EXPECT_OK(processes.Close());
              }),
              Each(0));
}

TEST(PretrainProcessesTest, OneThatCannotGoOnEndsBoth) {
  EXPECT_THAT(RunTwo([](PretrainProcesses& processes) {
                EXPECT_OK(processes.AgreeToGoOn(absl::OkStatus()));
                const absl::Status mine =
                    processes.is_first() ? absl::OkStatus()
                                         : absl::AbortedError("taken over");
                EXPECT_THAT(processes.AgreeToGoOn(mine),
                            processes.is_first()
                                ? StatusIs(absl::StatusCode::kCancelled,
                                           HasSubstr("another"))
                                : StatusIs(absl::StatusCode::kAborted,
                                           HasSubstr("taken over")));
              }),
              Each(0));
}

TEST(PretrainProcessesTest, AnotherFirstStepEndsBoth) {
  EXPECT_THAT(RunTwo([](PretrainProcesses& processes) {
                EXPECT_THAT(
                    processes.AgreeOnFirstStep(processes.is_first() ? 4 : 2),
                    StatusIs(absl::StatusCode::kFailedPrecondition,
                             HasSubstr("expected all to find the same")));
              }),
              Each(0));
}

TEST(PretrainProcessesTest, GroupsThatCannotBeSharedAreRefused) {
  EXPECT_THAT(
      Meet({.spec = SmallPretraining(), .processes = 3, .meeting_file = "x"}),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("3 processes cannot share the 2 groups")));
}

TEST(PretrainProcessesTest, ALauncherThatSaysSomethingElseIsRefused) {
  setenv("RANK", "1", /*overwrite=*/1);
  setenv("WORLD_SIZE", "4", /*overwrite=*/1);
  setenv("LOCAL_RANK", "1", /*overwrite=*/1);
  setenv("MASTER_ADDR", "127.0.0.1", /*overwrite=*/1);
  setenv("MASTER_PORT", "2000", /*overwrite=*/1);
  EXPECT_THAT(Meet({.spec = SmallPretraining(), .rank = 1, .processes = 2}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("started rank 1 of 4, expected rank 1 of 2")));
}

}  // namespace
}  // namespace cxr
