// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// A disk that is full when a pretraining saves its second checkpoint: the first
// stays, and the next run goes on from it. The stage's processes are forked, so
// this one never starts LibTorch's threads.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "absl/strings/match.h"
#include "cxr/base/file_faults.h"
#include "cxr/base/testing.h"
#include "cxr/harness/checkpoints.h"
#include "cxr/harness/testing.h"
#include "cxr/tasks/pretrain/pretrain_stage.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Full from the second checkpoint on, which is 2 in its folder.
int FullDisk(FileStep step, absl::string_view path) {
  return step == FileStep::kWrite && absl::StrContains(path, "/2.tmp/") ? ENOSPC
                                                                        : 0;
}

class PretrainDiskTest : public testing::TestWithParam<int> {};

TEST_P(PretrainDiskTest, AFullDiskLeavesTheLastCheckpointWhole) {
  const Plan plan = PlanForTest({ResolvedExperiment{
      .name = "x", .rung = "smoke", .spec = SmallPretraining()}});
  ASSERT_THAT(plan.stages, SizeIs(1));
  const TempDir dir;
  const Store store = OpenStore(dir);
  const auto stage = [](const StageRequest& request) {
    return RunPretrainStage(
        request, {.roots = {.samples = TestData("cxr/data/samples")}});
  };
  SetFileFaultHook(FullDisk);
  // The error of RunPlan itself is that of a store: exit code 74.
  EXPECT_THAT(
      RunForTest(plan, store, stage, {.pretrain_processes = GetParam()}),
      StatusIs(absl::StatusCode::kResourceExhausted,
               AllOf(HasSubstr("state.safetensors"),
                     HasSubstr("No space left on device"))));
  SetFileFaultHook(nullptr);

  ASSERT_OK_AND_ASSIGN(const Checkpoint kept,
                       FindCheckpoint(store, "pretrain", plan.stages[0].id));
  EXPECT_NEAR(kept.manifest.progress(), 2.0 / 6, 1e-9);
  ASSERT_OK_AND_ASSIGN(
      const DriverResult rest,
      RunForTest(plan, store, stage, {.pretrain_processes = GetParam()}));
  EXPECT_THAT(rest.failed, IsEmpty());
  const spec::Provenance& provenance = rest.records.at("x").at(0).provenance();
  EXPECT_NEAR(provenance.resumed_at(), 2.0 / 6, 1e-9);
  EXPECT_EQ(provenance.processes(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Processes, PretrainDiskTest, testing::Values(1, 2));

}  // namespace
}  // namespace cxr
