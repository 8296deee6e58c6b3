// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_CLASSIFY_BATCH_ORDER_H_
#define CXR_TASKS_CLASSIFY_BATCH_ORDER_H_

#include <cstdint>
#include <vector>

#include "cxr/data/load/order.h"
#include "cxr/spec/train.pb.h"

namespace cxr {

// Which training images each step of a head sees, as a function of the step.
class BatchOrder {
 public:
  // Of a linear probe, or a fine-tuning: an epoch is one pass in random order,
  // whose last batch may be short (torch's DataLoader).
  BatchOrder(const spec::LinearProbeSpec& spec, int64_t images);

  // Of a sweep: an endless stream of passes, cut into whole batches; an epoch
  // is a number of steps (DINOv2's infinite sampler).
  BatchOrder(const spec::ProbeSweepSpec& spec, int64_t images);

  int64_t epochs() const { return epochs_; }
  int64_t steps_per_epoch() const { return steps_per_epoch_; }
  int64_t steps() const { return epochs_ * steps_per_epoch_; }

  // Slots whose `image` counts the training images. Safe to call from many
  // threads.
  std::vector<Slot> Slots(int64_t step) const;

 private:
  BatchOrder(uint64_t seed, int64_t images, int64_t batch_images,
             int64_t epochs, int64_t steps_per_epoch, bool whole_batches);

  int64_t images_;
  int64_t batch_images_;
  int64_t epochs_;
  int64_t steps_per_epoch_;
  bool whole_batches_;
  ShuffledStream stream_;
};

}  // namespace cxr

#endif  // CXR_TASKS_CLASSIFY_BATCH_ORDER_H_
