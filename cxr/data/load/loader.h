// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_LOADER_H_
#define CXR_DATA_LOAD_LOADER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/load/failure_log.h"
#include "cxr/data/load/order.h"
#include "cxr/data/load/replacement.h"

namespace cxr {

struct LoaderOptions {
  int threads = 1;           // that make items, at least 1
  int prefetch_batches = 2;  // made or being made ahead of Next, at least 1
  int64_t first_step = 0;
  int64_t end_step = 0;  // the first step that is not made
  // Distinct images that may fail; the next one is an error. 0 for a pass in
  // which every image must take part.
  int64_t max_failures = 0;
  // Of the images that take the place of failed ones.
  uint64_t seed = 0;
  int64_t images = 0;  // of the dataset; 0 = nothing takes their place
};

// Images that a loader tries for one slot. Of a dataset of which half cannot be
// used, one slot in 2^100 ends so.
inline constexpr int kMostTriedImages = 100;

struct LoaderStatistics {
  int64_t items = 0;             // handed out
  double waiting_seconds = 0.0;  // of Next
};

// Makes the items of step after step on threads of its own and hands them out
// in order. Items are what `make` makes of slots, and `slots` says which a step
// has; both are called from many threads and must depend on nothing but their
// argument. Then so do the batches: the number of threads and the first step
// change nothing.
//
//   Loader<GrayImage> loader(
//       {.threads = 16, .first_step = step, .end_step = steps, ...},
//       [&](int64_t s) { return stream.Slots(StreamBatch(s, 64)); },
//       [&](const Slot& slot) { return dataset.LoadImage(slot.image); });
//   CXR_ASSIGN_OR_RETURN(const std::vector<GrayImage> batch, loader.Next());
//
// A slot whose image cannot be used (IsImageFailure) gets another image, a
// function of seed, position and attempt; other errors end the loader, and so
// does a slot for which kMostTriedImages cannot be used. Failures are counted
// in the order of the batches, from first_step on.
//
// Memory: at most prefetch_batches batches beside those handed out. One thread
// calls Next, failures and statistics.
template <typename T>
class Loader {
 public:
  using SlotsOfStep = std::function<std::vector<Slot>(int64_t step)>;
  using Make = std::function<absl::StatusOr<T>(const Slot& slot)>;

  Loader(const LoaderOptions& options, SlotsOfStep slots, Make make)
      : options_(options),
        slots_(std::move(slots)),
        make_(std::move(make)),
        next_begun_(options.first_step),
        failures_(options.max_failures) {
    CXR_CHECK(options.threads >= 1 && options.prefetch_batches >= 1)
        << options.threads << " threads, " << options.prefetch_batches
        << " batches";
    for (int i = 0; i < options.threads; ++i) {
      threads_.emplace_back([this] { Work(); });
    }
  }

  // Returns when the items being made at this moment are.
  ~Loader() {
    {
      const absl::MutexLock lock(&mutex_);
      stopping_ = true;
    }
    for (std::thread& thread : threads_) {
      thread.join();
    }
  }

  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  // The items of the next step. To be called no more often than there are
  // steps. An error is that of the first position that has one; Next then
  // gives it for ever.
  absl::StatusOr<std::vector<T>> Next() {
    CXR_RETURN_IF_ERROR(error_);
    Pending batch = TakeFront();
    absl::StatusOr<std::vector<T>> items = Unpack(std::move(batch));
    if (!items.ok()) {
      error_ = items.status();
      const absl::MutexLock lock(&mutex_);
      stopping_ = true;
    }
    return items;
  }

  const FailureLog& failures() const { return failures_; }
  const LoaderStatistics& statistics() const { return statistics_; }

 private:
  struct Item {
    absl::StatusOr<T> value = absl::UnknownError("not made yet");
    std::vector<ImageFailure> failures = {};
  };

  struct Pending {
    std::vector<Slot> slots;
    std::vector<Item> items;
    size_t begun = 0;
    size_t made = 0;
  };

  // An item to make; null at the end.
  struct Job {
    Pending* batch = nullptr;
    size_t index = 0;
  };

  Pending TakeFront() {
    const absl::Time start = absl::Now();
    const absl::MutexLock lock(&mutex_);
    CXR_CHECK(!pending_.empty() || next_begun_ < options_.end_step)
        << "step " << options_.end_step << " is the end";
    const auto ready = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return !pending_.empty() &&
             pending_.front().made == pending_.front().items.size();
    };
    mutex_.Await(absl::Condition(&ready));
    Pending batch = std::move(pending_.front());
    pending_.pop_front();
    statistics_.waiting_seconds += absl::ToDoubleSeconds(absl::Now() - start);
    return batch;
  }

  absl::StatusOr<std::vector<T>> Unpack(Pending batch) {
    std::vector<T> values;
    values.reserve(batch.items.size());
    for (Item& item : batch.items) {
      for (const ImageFailure& failure : item.failures) {
        CXR_RETURN_IF_ERROR(failures_.Add(failure));
      }
      CXR_ASSIGN_OR_RETURN(T value, std::move(item.value));
      values.push_back(std::move(value));
    }
    statistics_.items += static_cast<int64_t>(values.size());
    return values;
  }

  void Work() {
    while (true) {
      const Job job = TakeJob();
      if (job.batch == nullptr) {
        return;
      }
      Item item = MakeItem(job.batch->slots[job.index]);
      const absl::MutexLock lock(&mutex_);
      job.batch->items[job.index] = std::move(item);
      ++job.batch->made;
    }
  }

  // The next item in the order of steps and positions. Batches stay where they
  // are while others are taken and added: a deque moves no element.
  Job TakeJob() {
    const absl::MutexLock lock(&mutex_);
    while (true) {
      const auto may_go_on = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
        return stopping_ || next_begun_ == options_.end_step || Unbegun() ||
               std::ssize(pending_) < options_.prefetch_batches;
      };
      mutex_.Await(absl::Condition(&may_go_on));
      if (stopping_) {
        return {};
      }
      if (Unbegun()) {
        return {.batch = &pending_.back(), .index = pending_.back().begun++};
      }
      if (next_begun_ == options_.end_step) {
        return {};
      }
      Pending& batch = pending_.emplace_back();
      batch.slots = slots_(next_begun_++);
      batch.items.resize(batch.slots.size());
    }
  }

  // Whether the last batch, the only one that may, has items nobody began.
  bool Unbegun() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return !pending_.empty() &&
           pending_.back().begun < pending_.back().items.size();
  }

  Item MakeItem(Slot slot) const {
    Item item;
    Replacements replacements(options_.seed, slot.position, options_.images);
    while (true) {
      item.value = make_(slot);
      if (!IsImageFailure(item.value.status())) {
        return item;
      }
      item.failures.push_back({slot.image, item.value.status()});
      // With these alone the limit is passed, so no replacement is needed.
      if (std::ssize(item.failures) > options_.max_failures) {
        return item;
      }
      if (std::ssize(item.failures) == kMostTriedImages) {
        item.value = Annotate(item.value.status(),
                              absl::StrCat(kMostTriedImages,
                                           " images in a row cannot be used, "
                                           "the last"));
        return item;
      }
      const std::optional<int64_t> other = replacements.After(slot.image);
      if (!other.has_value()) {
        item.value = Annotate(
            item.value.status(),
            absl::StrCat("none of ", options_.images, " images can be used"));
        return item;
      }
      slot.image = *other;
    }
  }

  const LoaderOptions options_;
  const SlotsOfStep slots_;
  const Make make_;

  absl::Mutex mutex_;
  std::deque<Pending> pending_ ABSL_GUARDED_BY(mutex_);
  int64_t next_begun_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  // Of the thread that calls Next.
  absl::Status error_;
  FailureLog failures_;
  LoaderStatistics statistics_;

  std::vector<std::thread> threads_;
};

}  // namespace cxr

#endif  // CXR_DATA_LOAD_LOADER_H_
