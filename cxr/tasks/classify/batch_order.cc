// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/batch_order.h"

namespace cxr {

BatchOrder::BatchOrder(uint64_t seed, int64_t images, int64_t batch_images,
                       int64_t epochs, int64_t steps_per_epoch,
                       bool whole_batches)
    : images_(images),
      batch_images_(batch_images),
      epochs_(epochs),
      steps_per_epoch_(steps_per_epoch),
      whole_batches_(whole_batches),
      stream_(seed, images) {}

BatchOrder::BatchOrder(const spec::LinearProbeSpec& spec, int64_t images)
    : BatchOrder(spec.seed(), images, spec.batch_images(), spec.epochs(),
                 PassSteps(images, spec.batch_images()),
                 /*whole_batches=*/false) {}

BatchOrder::BatchOrder(const spec::ProbeSweepSpec& spec, int64_t images)
    : BatchOrder(spec.seed(), images, spec.batch_images(), spec.epochs(),
                 spec.steps_per_epoch(), /*whole_batches=*/true) {}

std::vector<Slot> BatchOrder::Slots(int64_t step) const {
  if (whole_batches_) return stream_.Slots(StreamBatch(step, batch_images_));
  PositionRange range =
      PassBatch(step % steps_per_epoch_, batch_images_, images_);
  const int64_t before = step / steps_per_epoch_ * images_;
  range.begin += before;
  range.end += before;
  return stream_.Slots(range);
}

}  // namespace cxr
