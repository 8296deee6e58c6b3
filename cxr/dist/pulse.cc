// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/pulse.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/torch_status.h"

namespace cxr {
namespace {

std::string KeyOf(int rank) { return absl::StrCat("pulse/", rank); }

// What each rank said last: "beat call"; nothing if it never did.
std::vector<std::string> Listen(c10d::Store& store, int world) {
  std::vector<std::string> pulses;
  for (int rank = 0; rank < world; ++rank) {
    pulses.push_back(store.check({KeyOf(rank)}) ? store.get_to_str(KeyOf(rank))
                                                : "");
  }
  return pulses;
}

int64_t CallOf(absl::string_view pulse) {
  const std::vector<absl::string_view> words = absl::StrSplit(pulse, ' ');
  int64_t call = 0;
  return absl::SimpleAtoi(words.back(), &call) ? call : 0;
}

}  // namespace

Every::Every(absl::Duration period, std::function<bool()> action)
    : period_(absl::ToChronoNanoseconds(period)),
      action_(std::move(action)),
      thread_([this] {
        std::unique_lock lock(mutex_);
        while (!ended_) {
          lock.unlock();
          const bool goes_on = action_();
          lock.lock();
          if (!goes_on) return;
          changed_.wait_for(lock, period_, [this] { return ended_; });
        }
      }) {}

Every::~Every() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Pulse::Pulse(c10::intrusive_ptr<c10d::Store> store, int rank,
             absl::Duration period)
    : store_(std::move(store)),
      key_(KeyOf(rank)),
      beating_(period, [this] { return Beat(); }) {}

// False if who keeps the store has gone: then nobody listens any more.
bool Pulse::Beat() {
  return CatchTorch(
             "heartbeat",
             [&] { store_->set(key_, absl::StrCat(beats_++, " ", calls())); })
      .ok();
}

absl::Status PulseWatch::Listen(absl::Duration patience) {
  const absl::StatusOr<std::vector<std::string>> pulses =
      CatchTorch("the store cannot be reached", [&] {
        // Unlike the other calls this one ends if the store is cut off.
        store_->wait({KeyOf(rank_)}, absl::ToChronoMilliseconds(patience));
        return cxr::Listen(*store_, static_cast<int>(heard_.size()));
      });
  if (!pulses.ok()) {
    return absl::UnavailableError(pulses.status().message());
  }
  const Clock::time_point now = Clock::now();
  const std::chrono::nanoseconds longest = absl::ToChronoNanoseconds(patience);
  const bool was_away = now - std::exchange(listened_, now) > longest;
  for (size_t rank = 0; rank < heard_.size(); ++rank) {
    Heard& heard = heard_[rank];
    if (was_away || heard.pulse != (*pulses)[rank]) {
      heard = {.pulse = (*pulses)[rank], .since = now};
    } else if (now - heard.since > longest) {
      return absl::UnavailableError(
          absl::StrCat("rank ", rank, " has said nothing for ",
                       absl::FormatDuration(patience)));
    }
  }
  return absl::OkStatus();
}

std::string DescribeMissing(c10d::Store& store, const PulseCheck& check) {
  // Unlike the other calls this one ends if who keeps the store is cut off.
  store.wait({KeyOf(check.rank)}, absl::ToChronoMilliseconds(check.period));
  const std::vector<std::string> before = Listen(store, check.world);
  std::this_thread::sleep_for(absl::ToChronoNanoseconds(2.5 * check.period));
  const std::vector<std::string> after = Listen(store, check.world);
  std::vector<std::string> missing;
  for (int rank = 0; rank < check.world; ++rank) {
    if (rank == check.rank) continue;
    const auto i = static_cast<size_t>(rank);
    if (after[i] == before[i]) {
      missing.push_back(absl::StrCat("rank ", rank, " does not answer"));
    } else if (CallOf(after[i]) < check.call) {
      missing.push_back(absl::StrCat("rank ", rank, " lives, but has come to ",
                                     "call ", CallOf(after[i]), " of ",
                                     check.call, " only"));
    }
  }
  return missing.empty() ? "all ranks answer" : absl::StrJoin(missing, "; ");
}

}  // namespace cxr
