// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/rendezvous.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using Variables = std::map<std::string, std::string>;

absl::StatusOr<Rendezvous> Find(const Variables& variables) {
  return FindRendezvous(
      [&](absl::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(std::string(name));
        if (found == variables.end()) return std::nullopt;
        return found->second;
      });
}

// `variables` with the changes, of which an empty one takes away.
Variables With(Variables variables, const Variables& changes) {
  for (const auto& [name, value] : changes) {
    variables[name] = value;
    if (value.empty()) variables.erase(name);
  }
  return variables;
}

Variables Torchrun() {
  return {{"RANK", "5"},
          {"WORLD_SIZE", "8"},
          {"LOCAL_RANK", "1"},
          {"MASTER_ADDR", "gpu7"},
          {"MASTER_PORT", "29400"}};
}

Variables Slurm() {
  return {{"SLURM_PROCID", "3"},
          {"SLURM_NTASKS", "4"},
          {"SLURM_LOCALID", "1"},
          {"SLURM_NODEID", "1"},
          {"SLURM_JOB_ID", "40017"},
          {"SLURM_STEP_ID", "0"},
          {"SLURM_JOB_NODELIST", "gpu[08-09],fat1"}};
}

Variables OpenMpi() {
  return {{"OMPI_COMM_WORLD_RANK", "1"},
          {"OMPI_COMM_WORLD_SIZE", "2"},
          {"OMPI_COMM_WORLD_LOCAL_RANK", "1"},
          {"OMPI_COMM_WORLD_LOCAL_SIZE", "2"}};
}

TEST(RendezvousTest, NothingSetIsOneProcess) {
  ASSERT_OK_AND_ASSIGN(const Rendezvous found, Find({{"HOME", "/root"}}));
  EXPECT_EQ(found.rank, 0);
  EXPECT_EQ(found.world, 1);
  EXPECT_EQ(found.launcher, "one process");
}

TEST(RendezvousTest, TorchrunSaysAll) {
  ASSERT_OK_AND_ASSIGN(
      const Rendezvous found,
      Find(With(Torchrun(), {{"TORCHELASTIC_RESTART_COUNT", "2"},
                             {"TORCHELASTIC_USE_AGENT_STORE", "True"},
                             {"LOCAL_WORLD_SIZE", "4"}})));
  EXPECT_EQ(found.launcher, "torchrun");
  EXPECT_EQ(found.local_world, 4);
  EXPECT_EQ(found.rank, 5);
  EXPECT_EQ(found.world, 8);
  EXPECT_EQ(found.local_rank, 1);
  EXPECT_EQ(found.address, "gpu7");
  EXPECT_EQ(found.port, 29400);
  EXPECT_EQ(found.attempt, 2);
  EXPECT_TRUE(found.launcher_keeps_store);
}

TEST(RendezvousTest, ByHandRankZeroKeepsTheStore) {
  ASSERT_OK_AND_ASSIGN(const Rendezvous found, Find(Torchrun()));
  EXPECT_FALSE(found.launcher_keeps_store);
  EXPECT_EQ(found.attempt, 0);
}

TEST(RendezvousTest, APartialSetIsAnErrorThatListsBothParts) {
  for (const auto& [name, value] : Torchrun()) {
    EXPECT_THAT(Find(With(Torchrun(), {{name, ""}})),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr("it lacks " + name)));
  }
  EXPECT_THAT(
      Find({{"RANK", "5"}, {"MASTER_PORT", "1"}}),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("holds RANK=5, MASTER_PORT=1"),
                     HasSubstr("lacks WORLD_SIZE, LOCAL_RANK, MASTER_ADDR"))));
  // As if one process were meant, where several would write over each other.
  EXPECT_THAT(
      Find({{"MASTER_ADDR", "gpu7"}}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("lacks RANK")));
}

TEST(RendezvousTest, ContradictionsAreErrors) {
  const auto expect = [](const Variables& variables, const char* text) {
    EXPECT_THAT(Find(variables),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(text)));
  };
  expect(With(Torchrun(), {{"RANK", "8"}}),
         "RANK: expected less than WORLD_SIZE=8");
  expect(With(Torchrun(), {{"LOCAL_RANK", "6"}}),
         "LOCAL_RANK: expected at most RANK=5");
  expect(With(Torchrun(), {{"RANK", "-1"}}), "RANK: expected a number from 0");
  expect(With(Torchrun(), {{"WORLD_SIZE", "0"}}), "WORLD_SIZE: expected");
  expect(With(Torchrun(), {{"MASTER_PORT", "65536"}}), "from 1 on to 65535");
  expect(With(Torchrun(), {{"MASTER_PORT", "http"}}), "MASTER_PORT: expected");
  expect(With(Slurm(), {{"SLURM_NODEID", "3"}}), "less than the 3 hosts");
  expect(With(Slurm(), {{"SLURM_JOB_NODELIST", "gpu[08"}}), "] after [");
}

TEST(RendezvousTest, SlurmsFirstHostKeepsTheStore) {
  ASSERT_OK_AND_ASSIGN(const Rendezvous found, Find(Slurm()));
  EXPECT_EQ(found.launcher, "Slurm");
  EXPECT_EQ(found.rank, 3);
  EXPECT_EQ(found.world, 4);
  EXPECT_EQ(found.local_rank, 1);
  EXPECT_EQ(found.address, "gpu08");
  EXPECT_GE(found.port, 15000);
  EXPECT_LT(found.port, 30000);
}

TEST(RendezvousTest, ASlurmStepMayUseFewerHostsThanItsJob) {
  ASSERT_OK_AND_ASSIGN(
      const Rendezvous found,
      Find(With(Slurm(), {{"SLURM_STEP_NODELIST", "gpu09,fat1"}})));
  EXPECT_EQ(found.address, "gpu09");
}

TEST(RendezvousTest, EveryJobStepAndAttemptOfSlurmHasItsPort) {
  ASSERT_OK_AND_ASSIGN(const Rendezvous found, Find(Slurm()));
  for (const char* name :
       {"SLURM_JOB_ID", "SLURM_STEP_ID", "SLURM_RESTART_COUNT"}) {
    ASSERT_OK_AND_ASSIGN(const Rendezvous other,
                         Find(With(Slurm(), {{name, "1"}})));
    EXPECT_NE(other.port, found.port) << name;
  }
}

TEST(RendezvousTest, AddressAndPortReplaceSlurms) {
  ASSERT_OK_AND_ASSIGN(
      const Rendezvous found,
      Find(With(Slurm(), {{"MASTER_ADDR", "ib0"}, {"MASTER_PORT", "77"}})));
  EXPECT_EQ(found.address, "ib0");
  EXPECT_EQ(found.port, 77);
  EXPECT_EQ(found.rank, 3);
}

// Without srun the script of a job of four tasks runs once.
TEST(RendezvousTest, TheScriptOfASlurmJobIsOneProcess) {
  ASSERT_OK_AND_ASSIGN(const Rendezvous found,
                       Find(With(Slurm(), {{"SLURM_STEP_ID", ""}})));
  EXPECT_EQ(found.world, 1);
}

TEST(RendezvousTest, ASlurmStepOfOneTaskNeedsNoAddress) {
  ASSERT_OK_AND_ASSIGN(const Rendezvous found,
                       Find(With(Slurm(), {{"SLURM_NTASKS", "1"},
                                           {"SLURM_PROCID", "0"},
                                           {"SLURM_LOCALID", "0"},
                                           {"SLURM_JOB_NODELIST", ""}})));
  EXPECT_EQ(found.world, 1);
}

TEST(RendezvousTest, OpenMpiOnOneMachineNeedsNoAddress) {
  ASSERT_OK_AND_ASSIGN(const Rendezvous found, Find(OpenMpi()));
  EXPECT_EQ(found.launcher, "Open MPI");
  EXPECT_EQ(found.rank, 1);
  EXPECT_EQ(found.world, 2);
  EXPECT_EQ(found.local_world, 2);
  EXPECT_EQ(found.address, "127.0.0.1");
  EXPECT_EQ(found.port, 29500);
}

TEST(RendezvousTest, OpenMpiOnSeveralMachinesDoes) {
  const Variables variables =
      With(OpenMpi(), {{"OMPI_COMM_WORLD_LOCAL_SIZE", "1"},
                       {"OMPI_COMM_WORLD_LOCAL_RANK", "0"}});
  EXPECT_THAT(Find(variables), StatusIs(absl::StatusCode::kInvalidArgument,
                                        HasSubstr("it lacks MASTER_ADDR")));
  ASSERT_OK_AND_ASSIGN(const Rendezvous found,
                       Find(With(variables, {{"MASTER_ADDR", "n1"}})));
  EXPECT_EQ(found.address, "n1");
}

TEST(RendezvousTest, TheInnermostLauncherCounts) {
  ASSERT_OK_AND_ASSIGN(const Rendezvous mpi, Find(With(Slurm(), OpenMpi())));
  EXPECT_EQ(mpi.launcher, "Open MPI");
  ASSERT_OK_AND_ASSIGN(const Rendezvous torchrun,
                       Find(With(Slurm(), Torchrun())));
  EXPECT_EQ(torchrun.launcher, "torchrun");
}

TEST(RendezvousTest, AFileTakesThePlaceOfTheAddress) {
  const Variables file = {{"CXR_RENDEZVOUS", "file:///shared/meet"}};
  ASSERT_OK_AND_ASSIGN(const Rendezvous by_hand,
                       Find(With(With(Torchrun(), file),
                                 {{"MASTER_ADDR", ""}, {"MASTER_PORT", ""}})));
  EXPECT_EQ(by_hand.file, "/shared/meet.0");
  EXPECT_EQ(by_hand.address, "");
  ASSERT_OK_AND_ASSIGN(const Rendezvous mpi, Find(With(OpenMpi(), file)));
  EXPECT_EQ(mpi.file, "/shared/meet.0");
}

TEST(RendezvousTest, EveryAttemptHasItsFile) {
  const Variables file = {{"CXR_RENDEZVOUS", "file:///shared/meet"}};
  ASSERT_OK_AND_ASSIGN(
      const Rendezvous slurm,
      Find(With(With(Slurm(), file), {{"SLURM_RESTART_COUNT", "2"}})));
  EXPECT_EQ(slurm.file, "/shared/meet.40017.0.2");
  ASSERT_OK_AND_ASSIGN(const Rendezvous torchrun,
                       Find(With(With(Torchrun(), file),
                                 {{"TORCHELASTIC_RUN_ID", "a/b"},
                                  {"TORCHELASTIC_RESTART_COUNT", "1"}})));
  EXPECT_EQ(torchrun.file, "/shared/meet.a_b.1");
}

TEST(RendezvousTest, AFileIsAnAbsoluteUrl) {
  for (const char* url : {"/shared/meet", "file://meet", "tcp://n1:77"}) {
    EXPECT_THAT(Find(With(Torchrun(), {{"CXR_RENDEZVOUS", url}})),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("expected file:///path"),
                               HasSubstr(url), Not(HasSubstr("lacks")))));
  }
  EXPECT_THAT(
      Find({{"CXR_RENDEZVOUS", "file:///shared/meet"}}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("lacks RANK")));
}

TEST(RendezvousTest, TheProcessHasAnEnvironment) {
  ASSERT_EQ(setenv("CXR_RENDEZVOUS_TEST", "x", 1), 0);
  EXPECT_EQ(ProcessEnvironment("CXR_RENDEZVOUS_TEST"), "x");
  EXPECT_EQ(ProcessEnvironment("CXR_RENDEZVOUS_TEST_2"), std::nullopt);
}

}  // namespace
}  // namespace cxr
