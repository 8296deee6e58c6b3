// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// A pretraining that several processes execute, as a person meets it: started
// by the program or by a launcher, killed, stopped, gone on with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/dist/testing.h"
#include "tests/background.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr absl::Duration kLong = absl::Minutes(5);
constexpr int kDone = 0;
constexpr int kUsage = 64;
constexpr int kRetryable = 75;

// What is being written lies in a folder of another name.
bool HoldsFile(const std::string& folder, absl::string_view name) {
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end;
       !error && it != end; it.increment(error)) {
    if (it->path().filename().string() == name &&
        it->path().parent_path().extension() != ".tmp") {
      return true;
    }
  }
  return false;
}

// On a source that is drawn once for all tests; beside what one process makes
// of it.
class ProcessesCliTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    Workplace place;
    Prepare(place);
    const ProgramResult one = place.Run(Words("local"));
    ASSERT_EQ(one.exit_code, kDone) << one.err;
    one_log_ = FileIn(place.store(), "log.csv");
  }

  // Thirty steps instead of four, and deployments that try nothing again.
  static void Prepare(Workplace& place) {
    place.CopyRoot();
    ReplaceOnce(place.Copied("experiments/common/smoke_pretraining.textproto"),
                "epochs: 2", "epochs: 15");
    for (const int processes : {2, 3}) {
      Overwrite(place.Copied(absl::StrCat("experiments/deployments/once_",
                                          processes, ".textproto")),
                absl::StrCat("spec_version: 2\nthreads: 0\n",
                             "feature_batch_images: 50\nretries: 0\n",
                             "processes: ", processes, "\n"));
    }
  }

  static std::string Words(absl::string_view deployment) {
    return absl::StrCat("run pretrain_s --rung=smoke --deployment=",
                        deployment);
  }

  // A file of the pretraining that a store holds complete.
  static std::string FileIn(const std::string& store, absl::string_view name) {
    const std::set<std::string> complete = CompleteStages(store);
    EXPECT_THAT(complete, SizeIs(1));
    if (complete.empty()) return "";
    const std::string folder =
        absl::StrCat(store, "/stages/", *complete.begin());
    const std::string text = Contents(folder + "/complete");
    return Contents(
        absl::StrCat(folder, "/", text.substr(0, text.find(' ')), "/", name));
  }

  // The log is that of one process, but for rounding.
  static void ExpectLogOfOne(const std::string& log) {
    ASSERT_OK_AND_ASSIGN(const CsvTable found, CsvTable::Parse(log, "log"));
    ASSERT_OK_AND_ASSIGN(const CsvTable one, CsvTable::Parse(one_log_, "one"));
    EXPECT_EQ(one.rows().size(), 30);
    ASSERT_EQ(found.rows().size(), one.rows().size());
    const std::vector<std::string> columns =
        absl::StrSplit(one_log_.substr(0, one_log_.find('\n')), ',');
    for (size_t i = 0; i < one.rows().size(); ++i) {
      for (size_t j = 0; j < columns.size(); ++j) {
        const double number = std::stod(one.rows()[i].cells[j]);
        EXPECT_NEAR(std::stod(found.rows()[i].cells[j]), number,
                    1e-5 * std::max(0.1, std::abs(number)))
            << "step " << i << ", " << columns[j];
      }
    }
  }

  // Waits until a run of two processes has a checkpoint; then those that it
  // consists of: the program, rank 0, rank 1.
  static void AwaitCheckpoint(const Background& run, const Workplace& place) {
    ASSERT_TRUE(WaitUntil(
        [&] { return HoldsFile(place.store(), "state.safetensors"); }, kLong));
    ASSERT_THAT(run.Generation(1), SizeIs(1));
    ASSERT_THAT(run.Generation(2), SizeIs(1));
  }

  // What a run says that was to end by itself and leave nothing behind.
  static ProgramResult EndOf(Background& run, const Workplace& place) {
    const std::optional<ProgramResult> result = run.Wait(kLong);
    EXPECT_TRUE(result.has_value());
    EXPECT_TRUE(WaitUntil([&] { return run.Living() == 0; }));
    EXPECT_THAT(CompleteStages(place.store()), IsEmpty());
    return result.value_or(ProgramResult());
  }

  static inline std::string one_log_;
};

TEST_F(ProcessesCliTest, TwoProcessesHaveTheLossesOfOne) {
  Workplace place;
  Prepare(place);
  const ProgramResult two = place.Run(Words("two_processes"));
  ASSERT_EQ(two.exit_code, kDone) << two.err;
  EXPECT_THAT(two.out, HasSubstr("waiting for sums over 2 processes"));
  ExpectLogOfOne(FileIn(place.store(), "log.csv"));
  EXPECT_THAT(FileIn(place.store(), "record.textproto"),
              HasSubstr("processes: 2"));
  EXPECT_FALSE(HoldsFile(place.store(), "meeting"));
}

TEST_F(ProcessesCliTest, AKilledRankEndsTheRunAndOneProcessGoesOn) {
  Workplace place;
  Prepare(place);
  {
    Background run(place.Command(Words("once_2")));
    AwaitCheckpoint(run, place);
    kill(run.Generation(2).at(0), SIGKILL);
    const ProgramResult result = EndOf(run, place);
    EXPECT_EQ(result.exit_code, kRetryable) << result.err;
    EXPECT_THAT(result.err,
                HasSubstr("rank 1: its process was ended by signal 9"));
  }
  const ProgramResult rest = place.Run(Words("local"));
  ASSERT_EQ(rest.exit_code, kDone) << rest.err;
  EXPECT_THAT(FileIn(place.store(), "record.textproto"),
              AllOf(HasSubstr("resumed_at: "), HasSubstr("processes: 1")));
  ExpectLogOfOne(FileIn(place.store(), "log.csv"));
}

TEST_F(ProcessesCliTest, AKilledRankIsTriedAgainFromTheCheckpoint) {
  Workplace place;
  Prepare(place);
  Background run(place.Command(Words("two_processes")));
  AwaitCheckpoint(run, place);
  kill(run.Generation(2).at(0), SIGKILL);
  const std::optional<ProgramResult> result = run.Wait(kLong);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->exit_code, kDone) << result->err;
  EXPECT_THAT(result->err, HasSubstr("tried again: rank 1"));
  EXPECT_EQ(run.Living(), 0);
  ExpectLogOfOne(FileIn(place.store(), "log.csv"));
  EXPECT_EQ(AttemptsIn(place.store()).begin()->second, 2);
}

TEST_F(ProcessesCliTest, WithoutRankZeroNothingStaysBehind) {
  Workplace place;
  Prepare(place);
  Background run(place.Command(Words("once_2")));
  AwaitCheckpoint(run, place);
  kill(run.Generation(1).at(0), SIGKILL);
  const ProgramResult result = EndOf(run, place);
  EXPECT_EQ(result.exit_code, kRetryable) << result.err;
  EXPECT_THAT(result.err, HasSubstr("its process was ended by signal 9"));
}

TEST_F(ProcessesCliTest, AStopEndsAllOfThem) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Workplace place;
    Prepare(place);
    Background run(place.Command(Words("two_processes")));
    AwaitCheckpoint(run, place);
    if (signal == SIGINT) {
      run.SignalGroup(signal);  // As a terminal does.
    } else {
      run.Signal(signal);
    }
    const ProgramResult result = EndOf(run, place);
    EXPECT_EQ(result.exit_code, kRetryable) << result.err;
    EXPECT_THAT(result.err, HasSubstr("stopped; what is finished is kept"));
    EXPECT_THAT(result.err, Not(HasSubstr("error")));
  }
}

TEST_F(ProcessesCliTest, ASignalToOneRankStopsBoth) {
  Workplace place;
  Prepare(place);
  Background run(place.Command(Words("once_2")));
  AwaitCheckpoint(run, place);
  kill(run.Generation(2).at(0), SIGTERM);
  const ProgramResult result = EndOf(run, place);
  EXPECT_EQ(result.exit_code, kRetryable) << result.err;
  EXPECT_THAT(result.err, HasSubstr("another process of the run was asked"));
}

TEST_F(ProcessesCliTest, GroupsThatCannotBeSharedAreRefusedBeforeTheRun) {
  Workplace place;
  Prepare(place);
  const ProgramResult result = place.Run(Words("once_3"));
  EXPECT_EQ(result.exit_code, kUsage);
  EXPECT_THAT(result.err, HasSubstr("pretrain_s: 3 processes cannot share the "
                                    "2 groups of a batch evenly: start one of "
                                    "1, 2 processes"));
  EXPECT_FALSE(fs::exists(place.store()));
}

TEST_F(ProcessesCliTest, TooFewDevicesAreRefusedBeforeTheRun) {
  Workplace place;
  Prepare(place);
  Overwrite(place.Copied("experiments/deployments/one_device.textproto"),
            "spec_version: 2\nthreads: 0\nfeature_batch_images: 50\n"
            "processes: 2\ndevices: [\"0\"]\n");
  const ProgramResult result = place.Run(Words("one_device"));
  EXPECT_EQ(result.exit_code, kUsage);
  EXPECT_THAT(result.err,
              HasSubstr("--deployment=one_device: 2 processes, but devices: "
                        "[0]; expected its file to name a device for each "
                        "process"));
  EXPECT_FALSE(fs::exists(place.store()));
}

// The command of rank `rank` of two, as torchrun starts it.
std::string Launched(int rank, int port, const std::string& command) {
  return absl::StrCat("env RANK=", rank, " LOCAL_RANK=", rank,
                      " WORLD_SIZE=2 LOCAL_WORLD_SIZE=2 MASTER_ADDR=127.0.0.1",
                      " MASTER_PORT=", port, " ", command);
}

TEST_F(ProcessesCliTest, ALauncherStartsThemToo) {
  Workplace place;
  Prepare(place);
  const std::string command = place.Command(Words("local"));
  const int port = UnusedPort();
  Background first(Launched(0, port, command));
  Background second(Launched(1, port, command));
  const std::optional<ProgramResult> a = first.Wait(kLong);
  const std::optional<ProgramResult> b = second.Wait(kLong);
  ASSERT_TRUE(a.has_value() && b.has_value());
  EXPECT_EQ(a->exit_code, kDone) << a->err;
  EXPECT_EQ(b->exit_code, kDone) << b->err;
  EXPECT_THAT(a->out, HasSubstr("waiting for sums over 2 processes"));
  EXPECT_EQ(b->out, "");
  ExpectLogOfOne(FileIn(place.store(), "log.csv"));
}

TEST_F(ProcessesCliTest, AKilledRankOfALauncherEndsTheOther) {
  Workplace place;
  Prepare(place);
  const std::string command = place.Command(Words("local"));
  const int port = UnusedPort();
  Background first(Launched(0, port, command));
  Background second(Launched(1, port, command));
  ASSERT_TRUE(WaitUntil(
      [&] { return HoldsFile(place.store(), "state.safetensors"); }, kLong));
  second.Signal(SIGKILL);
  const ProgramResult result = EndOf(first, place);
  EXPECT_EQ(result.exit_code, kRetryable) << result.err;
  EXPECT_THAT(result.err, HasSubstr("rank 1 does not answer"));
}

TEST_F(ProcessesCliTest, TwoWhoSayHowManyAreRefused) {
  Workplace place;
  Prepare(place);
  const ProgramResult result =
      RunApart(Launched(0, 2000, place.Command(Words("once_2"))));
  EXPECT_EQ(result.exit_code, kUsage);
  EXPECT_THAT(result.err,
              HasSubstr("--deployment=once_2: asks for 2 processes, but "
                        "torchrun has started 2"));
}

}  // namespace
}  // namespace cxr::tests
