// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_ORDER_H_
#define CXR_DATA_LOAD_ORDER_H_

#include <cstdint>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

// Which images a step works on, and which of them a rank: functions of the
// step, so that a run resumed at any step goes on as if it had never stopped,
// and a global batch is the same however many ranks share it.
//
//   const ShuffledStream stream(seed, /*images=*/1000);
//   const PositionRange batch = StreamBatch(step, /*batch_images=*/64);
//   for (const Slot& slot : stream.Slots(RankShare(batch, rank, world))) ...

namespace cxr {

// Positions begin .. end - 1.
struct PositionRange {
  int64_t begin = 0;
  int64_t end = 0;

  int64_t size() const { return end - begin; }
  bool operator==(const PositionRange&) const = default;
};

// One place in a stream or a pass.
struct Slot {
  int64_t position = 0;  // from the start of the stream
  int64_t epoch = 0;     // how often every image came before it
  int64_t image = 0;

  bool operator==(const Slot&) const = default;
};

// The positions of a step of an endless stream.
PositionRange StreamBatch(int64_t step, int64_t batch_images);

// The positions of a step of one pass over `images` images; the last batch
// holds what is left.
PositionRange PassBatch(int64_t step, int64_t batch_images, int64_t images);

// Steps of such a pass.
int64_t PassSteps(int64_t images, int64_t batch_images);

// The contiguous part of `batch` that a rank of `world` works on. The parts
// cover the batch without overlap and differ in size by at most one, also in a
// last, smaller batch of a pass, where some may be empty: nothing is padded.
PositionRange RankShare(PositionRange batch, int rank, int world);

// One pass in the order of the images.
std::vector<Slot> PassSlots(PositionRange range);

// An endless stream of `images` images: one random permutation of all of them
// after another. Safe to use from many threads.
class ShuffledStream {
 public:
  // images >= 1.
  ShuffledStream(uint64_t seed, int64_t images);

  // What stands at the positions of `range`. A new epoch costs one permutation
  // (20 ms for 600,000 images), the others next to nothing.
  std::vector<Slot> Slots(PositionRange range) const;

 private:
  const uint64_t seed_;
  const int64_t images_;
  mutable absl::Mutex mutex_;
  mutable int64_t epoch_ ABSL_GUARDED_BY(mutex_) = -1;
  mutable std::vector<int64_t> permutation_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace cxr

#endif  // CXR_DATA_LOAD_ORDER_H_
