// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/meeting.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "torch/csrc/distributed/c10d/FileStore.hpp"
#include "torch/csrc/distributed/c10d/PrefixStore.hpp"
#include "torch/csrc/distributed/c10d/TCPStore.hpp"

namespace cxr {
namespace {

using StorePointer = c10::intrusive_ptr<c10d::Store>;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPoll(10);

bool WaitUntil(Clock::time_point end, const std::function<bool()>& done) {
  while (!done()) {
    if (Clock::now() >= end) return false;
    std::this_thread::sleep_for(kPoll);
  }
  return true;
}

std::chrono::milliseconds Left(Clock::time_point end) {
  return std::max(std::chrono::milliseconds(1),
                  std::chrono::duration_cast<std::chrono::milliseconds>(
                      end - Clock::now()));
}

absl::StatusOr<StorePointer> OpenFile(const Rendezvous& rendezvous,
                                      Clock::time_point end) {
  const std::string& path = rendezvous.file;
  if (rendezvous.rank == 0) {
    // Exclusively: what an earlier attempt wrote would be taken for this one's.
    const absl::Status made = WriteNewFile(path, "");
    if (absl::IsAlreadyExists(made)) {
      return absl::AlreadyExistsError(absl::StrCat(
          path, ": left over from an earlier attempt; delete it, or give ",
          "every attempt a file of its own"));
    }
    CXR_RETURN_IF_ERROR(made);
  } else if (!WaitUntil(end, [&] {
               std::error_code error;
               return std::filesystem::exists(path, error);
             })) {
    return absl::UnavailableError(
        absl::StrCat(path, ": rank 0 has not made this file"));
  }
  return StorePointer(
      c10::make_intrusive<c10d::FileStore>(path, rendezvous.world));
}

absl::StatusOr<StorePointer> OpenPort(const Rendezvous& rendezvous,
                                      Clock::time_point end) {
  const bool keeps_store =
      rendezvous.rank == 0 && !rendezvous.launcher_keeps_store;
  c10d::TCPStoreOptions options;
  options.port = static_cast<uint16_t>(rendezvous.port);
  options.isServer = keeps_store;
  options.waitWorkers = false;
  options.timeout = Left(end);
  absl::StatusOr<StorePointer> store = CatchTorch(PlaceOf(rendezvous), [&] {
    return StorePointer(
        c10::make_intrusive<c10d::TCPStore>(rendezvous.address, options));
  });
  if (store.ok()) return store;
  const absl::string_view text = store.status().message();
  if (keeps_store && absl::StrContains(text, "EADDRINUSE")) {
    return absl::UnavailableError(
        absl::StrCat(PlaceOf(rendezvous), ": the port is in use, by another ",
                     "run or by one that has not ended; set another ",
                     "MASTER_PORT, the same for all processes"));
  }
  return absl::UnavailableError(
      absl::StrCat(keeps_store ? "rank 0 cannot open the store of the run: "
                               : "rank 0 has not arrived: ",
                   text));
}

std::string Arrived(int rank) { return absl::StrCat("arrived/", rank); }
std::string Seen(int rank) { return absl::StrCat("seen/", rank); }

std::vector<std::string> ArrivedKeys(int world) {
  std::vector<std::string> keys;
  for (int rank = 0; rank < world; ++rank) keys.push_back(Arrived(rank));
  return keys;
}

absl::Status NotAllArrived(c10d::Store& store, const Rendezvous& rendezvous) {
  std::vector<int> missing;
  for (int rank = 0; rank < rendezvous.world; ++rank) {
    if (!store.check({Arrived(rank)})) missing.push_back(rank);
  }
  return absl::UnavailableError(
      absl::StrCat(PlaceOf(rendezvous), ": of ", rendezvous.world,
                   " processes these have not arrived: rank ",
                   absl::StrJoin(missing, ", rank "), " (started by ",
                   rendezvous.launcher, ")"));
}

// Every process says a number that no other knows, and rank 0 repeats it: so
// nobody takes what another attempt or another process of its rank has written
// for what was said to itself.
absl::Status ShakeHands(c10d::Store& store, const Rendezvous& rendezvous,
                        Clock::time_point end) {
  std::random_device random;
  const std::string mine = absl::StrCat(random(), ".", random());
  store.set(Arrived(rendezvous.rank), mine);
  const std::vector<std::string> arrived = ArrivedKeys(rendezvous.world);
  if (!WaitUntil(end, [&] { return store.check(arrived); })) {
    return NotAllArrived(store, rendezvous);
  }
  if (rendezvous.rank == 0) {
    for (int rank = 0; rank < rendezvous.world; ++rank) {
      store.set(Seen(rank), store.get_to_str(Arrived(rank)));
    }
  }
  const std::string seen = Seen(rendezvous.rank);
  if (WaitUntil(end, [&] {
        return store.check({seen}) && store.get_to_str(seen) == mine;
      })) {
    return absl::OkStatus();
  }
  return absl::UnavailableError(absl::StrCat(
      PlaceOf(rendezvous), ": rank 0 does not answer rank ", rendezvous.rank,
      ": this is left over from an earlier attempt, or two processes have ",
      "the same rank"));
}

}  // namespace

std::string PlaceOf(const Rendezvous& rendezvous) {
  return rendezvous.file.empty()
             ? absl::StrCat(rendezvous.address, ":", rendezvous.port)
             : rendezvous.file;
}

absl::StatusOr<StorePointer> MeetInStore(const Rendezvous& rendezvous,
                                         absl::Duration timeout) {
  CXR_CHECK(rendezvous.world > 1 && rendezvous.rank >= 0 &&
            rendezvous.rank < rendezvous.world)
      << rendezvous.rank << " of " << rendezvous.world;
  const Clock::time_point end =
      Clock::now() + absl::ToChronoNanoseconds(timeout);
  return CatchTorch(PlaceOf(rendezvous), [&]() -> absl::StatusOr<StorePointer> {
    CXR_ASSIGN_OR_RETURN(StorePointer opened, rendezvous.file.empty()
                                                  ? OpenPort(rendezvous, end)
                                                  : OpenFile(rendezvous, end));
    StorePointer store = c10::make_intrusive<c10d::PrefixStore>(
        absl::StrCat("cxr/", rendezvous.attempt), std::move(opened));
    store->setTimeout(Left(end));
    CXR_RETURN_IF_ERROR(ShakeHands(*store, rendezvous, end));
    store->setTimeout(absl::ToChronoMilliseconds(timeout));
    return store;
  });
}

}  // namespace cxr
