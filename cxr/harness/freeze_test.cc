// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/freeze.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cxr/base/digest.h"
#include "cxr/base/testing.h"
#include "cxr/harness/testing.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using NamedThroughputs = std::vector<std::pair<std::string, Throughputs>>;

// Throughputs that somebody states.
Throughputs Stated(double flops_per_second, const std::string& basis) {
  const TempDir empty;
  const absl::StatusOr<StoreIndex> index = StoreIndex::Read(empty.path());
  EXPECT_OK(index);
  spec::DeploymentSpec deployment;
  deployment.mutable_stated_throughput()->set_flops_per_second(
      flops_per_second);
  deployment.mutable_stated_throughput()->set_basis(basis);
  return Throughputs(*index, deployment, "smoke");
}

Throughputs Unknown() {
  const TempDir empty;
  const absl::StatusOr<StoreIndex> index = StoreIndex::Read(empty.path());
  EXPECT_OK(index);
  return Throughputs(*index, spec::DeploymentSpec(), "smoke");
}

// 3600 GFLOP for train and predict, nothing to compute else.
spec::StageCost Cost(StageKind kind, const ResolvedExperiment&) {
  spec::StageCost cost;
  if (kind == StageKind::kTrain || kind == StageKind::kPredict) {
    cost.set_flops(3.6e12);
  }
  cost.set_images(10);
  return cost;
}

std::vector<Decision> All(const Plan& plan, spec::StageDecision decision) {
  return std::vector<Decision>(plan.stages.size(),
                               {.decision = decision, .reason = "why"});
}

spec::PlanRecord FreezeWith(const Plan& plan,
                            const std::vector<Decision>& decisions,
                            const NamedThroughputs& throughputs,
                            bool with_identity = false) {
  return Freeze(plan, decisions,
                {.target = "table",
                 .rung = "smoke",
                 .protocol = "as_published",
                 .command = "cxr run table",
                 .cost = Cost,
                 .throughputs = throughputs,
                 .with_identity = with_identity});
}

TEST(PlanDigestTest, IsTheDigestOfAllIds) {
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  std::string text;
  for (const int i : {0, 1, 2, 3, 4}) {
    absl::StrAppend(&text, StageName(plan.At(i).kind), " ", plan.At(i).id,
                    "\n");
  }
  EXPECT_EQ(PlanDigest(plan), Sha256Hex(text));
}

TEST(PlanDigestTest, IsEqualForTheSameWork) {
  const std::string digest =
      PlanDigest(PlanForTest({SmallExperiment("a", "x")}));
  ResolvedExperiment described = SmallExperiment("b", "x");
  described.spec.set_description("other words");
  EXPECT_EQ(PlanDigest(PlanForTest({described})), digest);
  // The second needs nothing that the first does not need.
  EXPECT_EQ(PlanDigest(PlanForTest({SmallExperiment("a", "x"), described})),
            digest);
  EXPECT_NE(PlanDigest(PlanForTest({SmallExperiment("a", "y")})), digest);
  EXPECT_NE(PlanDigest(PlanForTest({SmallExperiment("a", "x")}, OneFile,
                                   [](StageKind) { return 2; })),
            digest);
  EXPECT_NE(PlanDigest(PlanForTest({})), digest);
}

TEST(FreezeTest, SaysWhatWasAskedFor) {
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  const int64_t before = absl::ToUnixSeconds(absl::Now());
  const spec::PlanRecord record = FreezeWith(plan, All(plan, spec::RUN), {});
  EXPECT_EQ(record.target(), "table");
  EXPECT_EQ(record.rung(), "smoke");
  EXPECT_EQ(record.protocol(), "as_published");
  EXPECT_EQ(record.command(), "cxr run table");
  EXPECT_EQ(record.digest(), PlanDigest(plan));
  EXPECT_GE(record.created_unix_seconds(), before);
  EXPECT_LE(record.created_unix_seconds(), absl::ToUnixSeconds(absl::Now()));
}

TEST(FreezeTest, StagesAreThoseOfThePlan) {
  const Plan plan =
      PlanForTest({SmallExperiment("a", "x"), SmallExperiment("b", "y")});
  std::vector<Decision> decisions = All(plan, spec::RUN);
  decisions[1] = {.decision = spec::REUSE, .reason = "there", .drift = "a, b"};
  const spec::PlanRecord record = FreezeWith(plan, decisions, {});
  ASSERT_EQ(record.stages_size(), 8);
  const spec::PlannedStageRecord& features = record.stages(1);
  EXPECT_EQ(features.stage(), "features");
  EXPECT_EQ(features.id(), plan.stages[1].id);
  EXPECT_EQ(features.version(), 1);
  EXPECT_THAT(features.experiments(), ElementsAre("a", "b"));
  EXPECT_EQ(features.decision(), spec::REUSE);
  EXPECT_EQ(features.reason(), "there");
  EXPECT_EQ(features.drift(), "a, b");
  EXPECT_THAT(record.stages(5).experiments(), ElementsAre("b"));
  EXPECT_THAT(record.stages(5).after(), ElementsAre(0, 1));
  ASSERT_THAT(record.stages(5).inputs(), SizeIs(2));
  EXPECT_EQ(record.stages(5).inputs(1).id(), features.id());
  EXPECT_FALSE(record.stages(5).has_drift());
}

TEST(FreezeTest, IdentityIsWrittenOutIfAskedFor) {
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  EXPECT_THAT(FreezeWith(plan, All(plan, spec::RUN), {}).stages(2).identity(),
              IsEmpty());
  const spec::PlanRecord record =
      FreezeWith(plan, All(plan, spec::RUN), {}, /*with_identity=*/true);
  ASSERT_THAT(record.stages(2).identity(), SizeIs(2));
  EXPECT_EQ(record.stages(2).identity(0).path(), "train.targets[0]");
  EXPECT_EQ(record.stages(2).identity(0).value(), "\"x\"");
}

TEST(FreezeTest, EverythingButWhatIsReusedHasItsCost) {
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  std::vector<Decision> decisions = All(plan, spec::RUN);
  decisions[0].decision = spec::REUSE;
  decisions[3].decision = spec::RESUME;
  decisions[4].decision = spec::MISSING;
  const spec::PlanRecord record =
      FreezeWith(plan, decisions, {{"here", Stated(1e9, "said")}});
  EXPECT_FALSE(record.stages(0).has_cost());
  for (const int i : {1, 2, 3, 4}) {
    EXPECT_EQ(record.stages(i).cost().images(), 10);
  }
  EXPECT_DOUBLE_EQ(record.stages(2).cost().device_seconds_high(), 3600);
  EXPECT_EQ(record.stages(2).cost().basis(), "said");
  EXPECT_FALSE(record.stages(1).cost().has_device_seconds_high());
}

TEST(FreezeTest, DeviceHoursAreThoseOfEachDeployment) {
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  std::vector<Decision> decisions = All(plan, spec::RUN);
  decisions[3].decision = spec::MISSING;  // Counts: the target needs it.
  const NamedThroughputs throughputs = {{"here", Stated(1e9, "said")},
                                        {"nothing", Unknown()},
                                        {"fast", Stated(4e9, "hoped")}};
  const spec::PlanRecord record = FreezeWith(plan, decisions, throughputs);
  ASSERT_EQ(record.device_hours_size(), 2);
  EXPECT_EQ(record.device_hours(0).deployment(), "here");
  EXPECT_DOUBLE_EQ(record.device_hours(0).low(), 2);
  EXPECT_DOUBLE_EQ(record.device_hours(0).high(), 2);
  EXPECT_EQ(record.device_hours(0).basis(), "said");
  EXPECT_EQ(record.device_hours(1).deployment(), "fast");
  EXPECT_DOUBLE_EQ(record.device_hours(1).high(), 0.5);
  EXPECT_THAT(
      FreezeWith(plan, All(plan, spec::REUSE), throughputs).device_hours(),
      IsEmpty());
}

TEST(FreezeTest, DeviceHoursSayWhereTheyAreMixed) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const Store store, Store::Open(dir.path()));
  ASSERT_OK_AND_ASSIGN(const Lease lease, store.Acquire("train", "a", {}));
  spec::RunRecord train;
  train.set_stage("train");
  train.set_id("a");
  train.mutable_provenance()->set_rung("smoke");
  train.mutable_provenance()->set_device("cpu");
  train.mutable_provenance()->set_flops(3.6e12);
  train.mutable_provenance()->set_wall_seconds(1800);
  ASSERT_OK(store.Commit(lease, train, {}));
  ASSERT_OK_AND_ASSIGN(const StoreIndex index, StoreIndex::Read(dir.path()));
  const auto deployment = ParseSpec<spec::DeploymentSpec>(
      "stated_throughput { flops_per_second: 1e9 basis: 'said' }");
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  const spec::PlanRecord record =
      FreezeWith(plan, All(plan, spec::RUN),
                 {{"here", Throughputs(index, deployment, "smoke")}});
  ASSERT_EQ(record.device_hours_size(), 1);
  EXPECT_DOUBLE_EQ(record.device_hours(0).high(), 1.5);
  EXPECT_EQ(record.device_hours(0).basis(),
            "measured and stated; --format=json tells which");
}

TEST(TimeToRunTest, IsThatOfWhatIsRunOrResumed) {
  const Plan plan =
      PlanForTest({SmallExperiment("a", "x"), SmallExperiment("b", "y")});
  std::vector<Decision> decisions = All(plan, spec::RUN);
  const NamedThroughputs here = {{"here", Stated(1e9, "said")}};
  EXPECT_DOUBLE_EQ(TimeToRun(FreezeWith(plan, decisions, here)).high_hours, 4);
  decisions[2].decision = spec::RESUME;
  decisions[3].decision = spec::MISSING;
  decisions[5].decision = spec::REUSE;
  const PlannedTime time = TimeToRun(FreezeWith(plan, decisions, here));
  EXPECT_DOUBLE_EQ(time.low_hours, 2);
  EXPECT_DOUBLE_EQ(time.high_hours, 2);
  EXPECT_EQ(time.unknown, 0);
}

TEST(TimeToRunTest, StagesThatComputeWithoutAKnownTimeAreCounted) {
  const Plan plan = PlanForTest({SmallExperiment("a", "x")});
  std::vector<Decision> decisions = All(plan, spec::RUN);
  const PlannedTime time =
      TimeToRun(FreezeWith(plan, decisions, {{"here", Unknown()}}));
  EXPECT_EQ(time.unknown, 2);
  EXPECT_EQ(time.high_hours, 0);
  EXPECT_EQ(TimeToRun(FreezeWith(plan, decisions, {})).unknown, 2);
  decisions[2].decision = spec::MISSING;
  EXPECT_EQ(TimeToRun(FreezeWith(plan, decisions, {})).unknown, 1);
}

}  // namespace
}  // namespace cxr
