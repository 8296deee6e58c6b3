// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/throughput.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

constexpr char kStated[] =
    "stated_throughput { flops_per_second: 1e12 basis: 'stated' }";

// A finished stage.
struct FinishedRun {
  std::string stage = "train";
  double flops = 0;
  int64_t images = 0;
  double seconds = 0;
  std::string rung = "demo";
  std::string device = "cpu";
};

Throughputs ThroughputsOf(const std::vector<FinishedRun>& runs,
                          const std::string& deployment = "") {
  const TempDir store;
  for (const FinishedRun& run : runs) {
    spec::RunRecord record;
    record.set_stage(run.stage);
    record.set_id("x");
    record.mutable_provenance()->set_rung(run.rung);
    record.mutable_provenance()->set_device(run.device);
    record.mutable_provenance()->set_flops(run.flops);
    record.mutable_provenance()->set_images(run.images);
    record.mutable_provenance()->set_wall_seconds(run.seconds);
    EXPECT_OK(AppendToFile(store.File("index"), IndexLine(record)));
  }
  const absl::StatusOr<StoreIndex> index = StoreIndex::Read(store.path());
  EXPECT_OK(index);
  return Throughputs(*index, ParseSpec<spec::DeploymentSpec>(deployment),
                     "demo");
}

spec::StageCost Cost(double flops, int64_t images) {
  spec::StageCost cost;
  cost.set_flops(flops);
  cost.set_images(images);
  return cost;
}

spec::StageCost TimeOf(const Throughputs& throughputs, double flops,
                       int64_t images, const std::string& stage = "train") {
  spec::StageCost cost = Cost(flops, images);
  throughputs.AddTime(stage, cost);
  return cost;
}

TEST(DeviceKindTest, IsTheCpuUnlessTheDeploymentSaysOtherwise) {
  EXPECT_EQ(DeviceKindOf(spec::DeploymentSpec()), "cpu");
  EXPECT_EQ(DeviceKindOf(ParseSpec<spec::DeploymentSpec>("device_kind: 'h'")),
            "h");
}

TEST(ThroughputsTest, WhatOneRunMeasuredIsScaledToTheWork) {
  const Throughputs throughputs =
      ThroughputsOf({{.flops = 1e9, .images = 10, .seconds = 2}});
  const spec::StageCost cost = TimeOf(throughputs, 3e9, 999);
  EXPECT_DOUBLE_EQ(cost.device_seconds_low(), 6);
  EXPECT_DOUBLE_EQ(cost.device_seconds_high(), 6);
  EXPECT_EQ(cost.basis(), "measured here in 1 run");
  EXPECT_EQ(cost.flops(), 3e9);
  EXPECT_EQ(cost.images(), 999);
}

TEST(ThroughputsTest, TwoRunsMakeARange) {
  const Throughputs throughputs = ThroughputsOf(
      {{.flops = 1e9, .seconds = 1}, {.flops = 1e9, .seconds = 3}});
  const spec::StageCost cost = TimeOf(throughputs, 2e9, 0);
  EXPECT_DOUBLE_EQ(cost.device_seconds_low(), 2);
  EXPECT_DOUBLE_EQ(cost.device_seconds_high(), 6);
  EXPECT_EQ(cost.basis(), "measured here in 2 runs");
}

TEST(ThroughputsTest, TheOrderOfRunsDoesNotMatter) {
  const FinishedRun fast{.flops = 4e9, .seconds = 1};
  const FinishedRun slow{.flops = 1e9, .seconds = 5};
  EXPECT_EQ(TimeOf(ThroughputsOf({fast, slow}), 1e9, 0).DebugString(),
            TimeOf(ThroughputsOf({slow, fast}), 1e9, 0).DebugString());
}

TEST(ThroughputsTest, OnlyTheNewestTwentyRunsCount) {
  std::vector<FinishedRun> runs = {{.flops = 1, .seconds = 1000}};
  runs.resize(21, {.flops = 1, .seconds = 1});
  const spec::StageCost cost = TimeOf(ThroughputsOf(runs), 1, 0);
  EXPECT_DOUBLE_EQ(cost.device_seconds_high(), 1);
  EXPECT_EQ(cost.basis(), "measured here in 20 runs");
  runs.pop_back();
  EXPECT_DOUBLE_EQ(TimeOf(ThroughputsOf(runs), 1, 0).device_seconds_high(),
                   1000);
}

TEST(ThroughputsTest, WorkWithoutFlopsIsCountedInImages) {
  const Throughputs throughputs =
      ThroughputsOf({{.stage = "data", .images = 100, .seconds = 5}});
  const spec::StageCost cost = TimeOf(throughputs, 0, 300, "data");
  EXPECT_DOUBLE_EQ(cost.device_seconds_low(), 15);
  EXPECT_DOUBLE_EQ(cost.device_seconds_high(), 15);
}

TEST(ThroughputsTest, WorkWithoutEitherIsCountedByTheRun) {
  const Throughputs throughputs =
      ThroughputsOf({{.stage = "score", .seconds = 7}});
  EXPECT_DOUBLE_EQ(TimeOf(throughputs, 0, 0, "score").device_seconds_high(), 7);
}

TEST(ThroughputsTest, RunsWithoutFlopsSayNothingOfFlops) {
  const Throughputs throughputs =
      ThroughputsOf({{.images = 100, .seconds = 5}});
  EXPECT_FALSE(TimeOf(throughputs, 1e9, 100).has_device_seconds_high());
}

TEST(ThroughputsTest, OtherRungsDevicesAndStagesSayNothing) {
  const Throughputs throughputs =
      ThroughputsOf({{.flops = 1, .seconds = 1, .rung = "smoke"},
                     {.flops = 1, .seconds = 1, .device = "h100"},
                     {.stage = "predict", .flops = 1, .seconds = 1},
                     {.flops = 1, .seconds = 0}});
  const spec::StageCost cost = TimeOf(throughputs, 1, 0);
  EXPECT_EQ(cost.DebugString(), Cost(1, 0).DebugString());
}

TEST(ThroughputsTest, TheDeploymentsDeviceIsTheOneThatCounts) {
  const std::vector<FinishedRun> runs = {
      {.flops = 1, .seconds = 10},
      {.flops = 1, .seconds = 1, .device = "h100"}};
  EXPECT_DOUBLE_EQ(TimeOf(ThroughputsOf(runs, "device_kind: 'h100'"), 1, 0)
                       .device_seconds_high(),
                   1);
  EXPECT_DOUBLE_EQ(TimeOf(ThroughputsOf(runs), 1, 0).device_seconds_high(), 10);
}

TEST(ThroughputsTest, WhatIsStatedHoldsWhereNothingWasMeasured) {
  const spec::StageCost cost = TimeOf(ThroughputsOf({}, kStated), 5e12, 9);
  EXPECT_DOUBLE_EQ(cost.device_seconds_low(), 5);
  EXPECT_DOUBLE_EQ(cost.device_seconds_high(), 5);
  EXPECT_EQ(cost.basis(), "stated");
}

TEST(ThroughputsTest, WhatWasMeasuredComesBeforeWhatIsStated) {
  const Throughputs throughputs =
      ThroughputsOf({{.flops = 1e12, .seconds = 20}}, kStated);
  const spec::StageCost cost = TimeOf(throughputs, 1e12, 0);
  EXPECT_DOUBLE_EQ(cost.device_seconds_low(), 20);
  EXPECT_EQ(cost.basis(), "measured here in 1 run");
  // Of another stage nothing was measured.
  EXPECT_EQ(TimeOf(throughputs, 1e12, 0, "predict").basis(), "stated");
}

TEST(ThroughputsTest, WhatIsStatedSaysNothingOfWorkWithoutFlops) {
  const spec::StageCost cost = TimeOf(ThroughputsOf({}, kStated), 0, 10);
  EXPECT_FALSE(cost.has_device_seconds_low());
  EXPECT_FALSE(cost.has_basis());
}

TEST(ThroughputsTest, NothingKnownLeavesTheTimeUnset) {
  EXPECT_EQ(TimeOf(ThroughputsOf({}), 1e12, 10).DebugString(),
            Cost(1e12, 10).DebugString());
}

}  // namespace
}  // namespace cxr
