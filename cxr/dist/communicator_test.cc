// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/communicator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "ATen/ops/arange.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/full.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/base/torch_status.h"
#include "cxr/dist/nccl.h"
#include "cxr/dist/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr absl::Duration kTimeout = absl::Seconds(20);

// Runs `body` with a communicator in `world` processes.
std::vector<int> RunAll(int world, absl::Duration timeout,
                        const std::function<void(Communicator&)>& body) {
  const TempDir dir;
  return RunProcesses(world, [&](int rank) {
    ASSERT_OK_AND_ASSIGN(
        const std::unique_ptr<Communicator> processes,
        Communicator::Create(FileRendezvous(rank, world, dir.File("meet")),
                             at::kCPU, timeout));
    body(*processes);
  });
}

TEST(CommunicatorTest, OneProcessSumsNothing) {
  ASSERT_OK_AND_ASSIGN(
      const std::unique_ptr<Communicator> alone,
      Communicator::Create(Rendezvous{}, at::kCPU, absl::Seconds(1)));
  at::Tensor tensor = at::full({3}, 2.5);
  alone->Sum(tensor);
  EXPECT_EQ(tensor.sum().item<double>(), 7.5);
  EXPECT_OK(alone->Barrier());
  ASSERT_OK_AND_ASSIGN(const bool yes, alone->Any(true));
  EXPECT_TRUE(yes);
  ASSERT_OK_AND_ASSIGN(const bool no, alone->Any(false));
  EXPECT_FALSE(no);
  EXPECT_OK(alone->Close());
  EXPECT_EQ(alone->world(), 1);
}

TEST(CommunicatorTest, EveryProcessGetsTheSum) {
  EXPECT_THAT(
      RunAll(3, kTimeout,
             [](Communicator& processes) {
               for (const at::ScalarType type :
                    {at::kFloat, at::kDouble, at::kLong, at::kBFloat16}) {
                 at::Tensor tensor =
                     at::arange(4, type).add_(10 * processes.rank());
                 processes.Sum(tensor);
                 EXPECT_TRUE(
                     at::equal(tensor, at::arange(4, type).mul_(3).add_(30)))
                     << type;
               }
               EXPECT_OK(processes.Close());
             }),
      Each(0));
}

TEST(CommunicatorTest, EmptyAndSingleNumbersAreSummed) {
  EXPECT_THAT(RunAll(2, kTimeout,
                     [](Communicator& processes) {
                       at::Tensor nothing = at::zeros({0});
                       processes.Sum(nothing);
                       at::Tensor number = at::full({}, processes.rank() + 1.0);
                       processes.Sum(number);
                       EXPECT_EQ(number.item<double>(), 3);
                       EXPECT_OK(processes.Close());
                     }),
              Each(0));
}

// Numbers whose sum depends on the order in which they are added.
at::Tensor Rough(int rank) {
  return at::arange(100'003, at::kFloat).mul_(0.37F + rank).sin_().exp_();
}

TEST(CommunicatorTest, AllProcessesGetTheSameBitsEveryTime) {
  const TempDir dir;
  for (const char* run : {"first", "second"}) {
    EXPECT_THAT(
        RunProcesses(4,
                     [&](int rank) {
                       ASSERT_OK_AND_ASSIGN(
                           const std::unique_ptr<Communicator> processes,
                           Communicator::Create(
                               FileRendezvous(rank, 4, dir.File(run)), at::kCPU,
                               kTimeout));
                       at::Tensor tensor = Rough(rank);
                       processes->Sum(tensor);
                       EXPECT_OK(processes->Close());
                       const absl::string_view bytes(
                           static_cast<const char*>(tensor.const_data_ptr()),
                           tensor.nbytes());
                       EXPECT_OK(WriteFileAtomically(
                           dir.File(absl::StrCat(run, rank)), bytes));
                     }),
        Each(0));
  }
  ASSERT_OK_AND_ASSIGN(const std::string expected,
                       ReadFile(dir.File("first0")));
  EXPECT_EQ(expected.size(), 400'012);
  for (const char* run : {"first", "second"}) {
    for (int rank = 0; rank < 4; ++rank) {
      ASSERT_OK_AND_ASSIGN(const std::string found,
                           ReadFile(dir.File(absl::StrCat(run, rank))));
      EXPECT_TRUE(found == expected) << run << " " << rank;
    }
  }
}

TEST(CommunicatorTest, OneStopsAll) {
  EXPECT_THAT(
      RunAll(3, kTimeout,
             [](Communicator& processes) {
               ASSERT_OK_AND_ASSIGN(const bool before, processes.Any(false));
               EXPECT_FALSE(before);
               ASSERT_OK_AND_ASSIGN(const bool after,
                                    processes.Any(processes.rank() == 2));
               EXPECT_TRUE(after);
               EXPECT_OK(processes.Close());
             }),
      Each(0));
}

TEST(CommunicatorTest, ABarrierWaitsForTheLast) {
  const TempDir dir;
  const std::string late = dir.File("late");
  EXPECT_THAT(RunAll(3, kTimeout,
                     [&](Communicator& processes) {
                       if (processes.rank() == 1) {
                         usleep(300'000);
                         EXPECT_OK(WriteFileAtomically(late, "here"));
                       }
                       EXPECT_OK(processes.Barrier());
                       EXPECT_OK(ReadFile(late));
                       EXPECT_OK(processes.Close());
                     }),
              Each(0));
}

TEST(CommunicatorTest, ProcessesMeetAtAPortToo) {
  const int port = UnusedPort();
  EXPECT_THAT(
      RunProcesses(2,
                   [&](int rank) {
                     ASSERT_OK_AND_ASSIGN(
                         const std::unique_ptr<Communicator> processes,
                         Communicator::Create(PortRendezvous(rank, 2, port),
                                              at::kCPU, kTimeout));
                     at::Tensor tensor = at::full({2}, rank + 1.0);
                     processes->Sum(tensor);
                     EXPECT_EQ(tensor.sum().item<double>(), 6);
                     EXPECT_OK(processes->Close());
                   }),
      Each(0));
}

// Expects the next sum to fail within `limit`, with a text as `matcher` says.
template <typename Matcher>
void ExpectFailure(Communicator& processes, absl::Duration limit,
                   Matcher matcher) {
  const auto start = std::chrono::steady_clock::now();
  at::Tensor tensor = at::zeros({1000});
  EXPECT_THAT(CatchTorch("step", [&] { processes.Sum(tensor); }),
              StatusIs(absl::StatusCode::kInternal, matcher));
  EXPECT_LT(std::chrono::steady_clock::now() - start,
            absl::ToChronoNanoseconds(limit));
  EXPECT_THAT(processes.failure(),
              StatusIs(absl::StatusCode::kUnavailable, matcher));
  EXPECT_THAT(processes.Any(false),
              StatusIs(absl::StatusCode::kUnavailable, matcher));
  EXPECT_THAT(processes.Close(),
              StatusIs(absl::StatusCode::kUnavailable, matcher));
}

TEST(CommunicatorTest, AKilledProcessIsNamed) {
  EXPECT_THAT(RunAll(3, kTimeout,
                     [](Communicator& processes) {
                       EXPECT_OK(processes.Barrier());
                       if (processes.rank() == 1) kill(getpid(), SIGKILL);
                       ExpectFailure(
                           processes, kTimeout,
                           AllOf(HasSubstr("rank 1 does not answer"),
                                 HasSubstr("call 3 over 3 processes")));
                     }),
              ElementsAre(0, 128 + SIGKILL, 0));
}

TEST(CommunicatorTest, WithoutRankZeroTheOthersEndToo) {
  const int port = UnusedPort();
  EXPECT_THAT(
      RunProcesses(2,
                   [&](int rank) {
                     ASSERT_OK_AND_ASSIGN(
                         const std::unique_ptr<Communicator> processes,
                         Communicator::Create(PortRendezvous(rank, 2, port),
                                              at::kCPU, kTimeout));
                     EXPECT_OK(processes->Barrier());
                     if (rank == 0) kill(getpid(), SIGKILL);
                     ExpectFailure(*processes, kTimeout, HasSubstr("rank 0"));
                   }),
      ElementsAre(128 + SIGKILL, 0));
}

// Rank 1 lives, and is busy with something else for longer than the timeout.
TEST(CommunicatorTest, AProcessThatDoesNotComeIsNamed) {
  const absl::Duration timeout = absl::Seconds(6);
  EXPECT_THAT(RunAll(2, timeout,
                     [&](Communicator& processes) {
                       EXPECT_OK(processes.Barrier());
                       if (processes.rank() == 1) {
                         usleep(9'000'000);
                       } else {
                         ExpectFailure(
                             processes, timeout,
                             HasSubstr("rank 1 lives, but has come to call 2 "
                                       "of 3 only"));
                       }
                     }),
              Each(0));
}

TEST(CommunicatorTest, WhoNeverArrivesIsMissedEarly) {
  const TempDir dir;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(
      Communicator::Create(FileRendezvous(0, 2, dir.File("meet")), at::kCPU,
                           /*timeout=*/absl::Minutes(30),
                           /*meeting=*/absl::Seconds(1)),
      StatusIs(absl::StatusCode::kUnavailable, HasSubstr("rank 1")));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(2));
}

TEST(CommunicatorTest, SumsThatHaveBegunEndInTurn) {
  EXPECT_THAT(RunAll(3, kTimeout,
                     [](Communicator& processes) {
                       std::vector<at::Tensor> tensors;
                       std::vector<std::function<void()>> waits;
                       for (int i = 0; i < 20; ++i) {
                         tensors.push_back(
                             at::full({1000 * i}, i + processes.rank() + 0.5));
                         waits.push_back(processes.BeginSum(tensors.back()));
                       }
                       for (const auto& wait : waits) wait();
                       for (int i = 0; i < 20; ++i) {
                         EXPECT_TRUE(at::equal(
                             tensors[i], at::full({1000 * i}, 3 * i + 4.5)));
                       }
                       EXPECT_OK(processes.Close());
                     }),
              Each(0));
}

TEST(CommunicatorTest, ASumThatHasBegunNamesTheKilledProcess) {
  EXPECT_THAT(
      RunAll(2, kTimeout,
             [](Communicator& processes) {
               EXPECT_OK(processes.Barrier());
               if (processes.rank() == 1) kill(getpid(), SIGKILL);
               const at::Tensor tensor = at::zeros({1000});
               const auto matcher = HasSubstr("rank 1 does not answer");
               EXPECT_THAT(
                   CatchTorch("step", [&] { processes.BeginSum(tensor)(); }),
                   StatusIs(absl::StatusCode::kInternal, matcher));
               EXPECT_THAT(processes.failure(),
                           StatusIs(absl::StatusCode::kUnavailable, matcher));
             }),
      ElementsAre(0, 128 + SIGKILL));
}

// Only two of the others are the killed rank's neighbours in a ring.
TEST(CommunicatorTest, AllNameTheKilledOneThoughSumsHaveBegun) {
  const auto matcher = HasSubstr("rank 2 does not answer");
  EXPECT_THAT(
      RunAll(5, kTimeout,
             [&](Communicator& processes) {
               EXPECT_OK(processes.Barrier());
               if (processes.rank() == 2) kill(getpid(), SIGKILL);
               const std::vector<at::Tensor> tensors(4, at::zeros({1000}));
               const absl::Status status = CatchTorch("step", [&] {
                 std::vector<std::function<void()>> waits;
                 for (const at::Tensor& tensor : tensors) {
                   waits.push_back(processes.BeginSum(tensor));
                 }
                 for (const auto& wait : waits) wait();
               });
               EXPECT_THAT(status,
                           StatusIs(absl::StatusCode::kInternal, matcher));
             }),
      ElementsAre(0, 0, 128 + SIGKILL, 0, 0));
}

TEST(CommunicatorTest, NcclThatIsNotThereIsMissedBeforeTheMeeting) {
  if (Nccl::Load().ok()) GTEST_SKIP() << "there is one";
  EXPECT_THAT(
      Communicator::Create(PortRendezvous(0, 2, 1), at::kCUDA, kTimeout),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("libnccl")));
}

}  // namespace
}  // namespace cxr
