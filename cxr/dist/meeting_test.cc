// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/meeting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/dist/testing.h"
#include "torch/csrc/distributed/c10d/TCPStore.hpp"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr absl::Duration kTimeout = absl::Seconds(20);
// Of tests in which somebody waits in vain.
constexpr absl::Duration kShort = absl::Seconds(2);

void ExpectUnavailable(const Rendezvous& rendezvous, const std::string& text) {
  EXPECT_THAT(MeetInStore(rendezvous, kShort),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr(text)));
}

TEST(MeetingTest, TheStoreIsShared) {
  const TempDir dir;
  const int port = UnusedPort();
  for (const bool at_port : {true, false}) {
    EXPECT_THAT(
        RunProcesses(2,
                     [&](int rank) {
                       ASSERT_OK_AND_ASSIGN(
                           const c10::intrusive_ptr<c10d::Store> store,
                           MeetInStore(at_port ? PortRendezvous(rank, 2, port)
                                               : FileRendezvous(
                                                     rank, 2, dir.File("meet")),
                                       kTimeout));
                       if (rank == 1) store->set("word", "from rank 1");
                       EXPECT_EQ(store->get_to_str("word"), "from rank 1");
                       // Rank 0 keeps the store: it goes last.
                       if (rank == 1) store->set("read", "");
                       store->get("read");
                       usleep(rank == 0 ? 200'000 : 0);
                     }),
        Each(0))
        << at_port;
  }
}

TEST(MeetingTest, WhoHasNotArrivedIsNamed) {
  const TempDir dir;
  EXPECT_THAT(
      RunProcesses(1,
                   [&](int) {
                     ExpectUnavailable(FileRendezvous(0, 3, dir.File("meet")),
                                       "of 3 processes these have not arrived: "
                                       "rank 1, rank 2 (started by a test)");
                     ExpectUnavailable(PortRendezvous(0, 2, UnusedPort()),
                                       "have not arrived: rank 1");
                     ExpectUnavailable(PortRendezvous(1, 2, UnusedPort()),
                                       "rank 0 has not arrived: 127.0.0.1:");
                     ExpectUnavailable(FileRendezvous(1, 2, dir.File("other")),
                                       "rank 0 has not made this file");
                   }),
      Each(0));
}

TEST(MeetingTest, APortInUseIsSaidToBe) {
  EXPECT_THAT(
      RunProcesses(1,
                   [](int) {
                     c10d::TCPStoreOptions options;
                     options.port = 0;  // Any.
                     options.isServer = true;
                     options.waitWorkers = false;
                     const auto other = c10::make_intrusive<c10d::TCPStore>(
                         "127.0.0.1", options);
                     ExpectUnavailable(PortRendezvous(0, 2, other->getPort()),
                                       "the port is in use");
                   }),
      Each(0));
}

TEST(MeetingTest, ALauncherMayKeepTheStore) {
  EXPECT_THAT(
      RunProcesses(1,
                   [](int) {
                     c10d::TCPStoreOptions options;
                     options.port = 0;
                     options.isServer = true;
                     options.waitWorkers = false;
                     const auto agent = c10::make_intrusive<c10d::TCPStore>(
                         "127.0.0.1", options);
                     Rendezvous rendezvous =
                         PortRendezvous(0, 2, agent->getPort());
                     rendezvous.launcher_keeps_store = true;
                     rendezvous.attempt = 3;
                     ExpectUnavailable(rendezvous, "not arrived: rank 1");
                     EXPECT_TRUE(agent->check({"cxr/3/arrived/0"}));
                   }),
      Each(0));
}

TEST(MeetingTest, AFileOfAnEarlierAttemptIsRefused) {
  const TempDir dir;
  const std::string path = dir.File("meet");
  // Both write into it, and die.
  EXPECT_THAT(
      RunProcesses(2,
                   [&](int rank) {
                     ASSERT_OK_AND_ASSIGN(
                         const c10::intrusive_ptr<c10d::Store> store,
                         MeetInStore(FileRendezvous(rank, 2, path), kTimeout));
                     _exit(0);
                   }),
      Each(0));
  EXPECT_THAT(
      RunProcesses(2,
                   [&](int rank) {
                     if (rank == 0) {
                       EXPECT_THAT(
                           MeetInStore(FileRendezvous(0, 2, path), kTimeout),
                           StatusIs(absl::StatusCode::kAlreadyExists,
                                    HasSubstr(path + ": left over")));
                     } else {
                       ExpectUnavailable(FileRendezvous(1, 2, path),
                                         "rank 0 does not answer rank 1");
                     }
                   }),
      Each(0));
}

TEST(MeetingTest, AFileThatCannotBeMadeIsNamed) {
  const TempDir dir;
  const std::string path = dir.File("no/meet");
  EXPECT_THAT(MeetInStore(FileRendezvous(0, 2, path), kShort),
              StatusIs(absl::StatusCode::kNotFound,
                       AllOf(HasSubstr(path), Not(HasSubstr("left over")))));
}

TEST(MeetingTest, AnOrderlyEndDeletesTheFile) {
  const TempDir dir;
  const std::string path = dir.File("meet");
  for (int run = 0; run < 2; ++run) {
    EXPECT_THAT(RunProcesses(2,
                             [&](int rank) {
                               EXPECT_OK(MeetInStore(
                                   FileRendezvous(rank, 2, path), kTimeout));
                             }),
                Each(0));
  }
  EXPECT_NE(access(path.c_str(), F_OK), 0);
}

}  // namespace
}  // namespace cxr
