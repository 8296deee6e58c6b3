// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/pulse.h"

#include <utility>
#include <vector>

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

Pulse::Pulse(c10::intrusive_ptr<c10d::Store> store, int rank,
             absl::Duration period)
    : store_(std::move(store)),
      key_(KeyOf(rank)),
      period_(absl::ToChronoNanoseconds(period)),
      thread_([this] { Beat(); }) {}

Pulse::~Pulse() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Pulse::Beat() {
  std::unique_lock lock(mutex_);
  for (int64_t beat = 0; !ended_; ++beat) {
    lock.unlock();
    // Who keeps the store has gone: then nobody listens any more.
    const bool told = CatchTorch("heartbeat", [&] {
                        store_->set(key_, absl::StrCat(beat, " ", calls()));
                      }).ok();
    lock.lock();
    if (!told) return;
    changed_.wait_for(lock, period_, [this] { return ended_; });
  }
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
