// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/order.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/rng.h"

namespace cxr {

PositionRange StreamBatch(int64_t step, int64_t batch_images) {
  CXR_CHECK(step >= 0 && batch_images >= 1) << step << ", " << batch_images;
  return {step * batch_images, (step + 1) * batch_images};
}

PositionRange PassBatch(int64_t step, int64_t batch_images, int64_t images) {
  const auto [begin, end] = StreamBatch(step, batch_images);
  return {std::min(begin, images), std::min(end, images)};
}

int64_t PassSteps(int64_t images, int64_t batch_images) {
  CXR_CHECK(images >= 0 && batch_images >= 1) << images << ", " << batch_images;
  return (images + batch_images - 1) / batch_images;
}

PositionRange RankShare(PositionRange batch, int rank, int world) {
  CXR_CHECK(0 <= rank && rank < world) << "rank " << rank << " of " << world;
  return {batch.begin + batch.size() * rank / world,
          batch.begin + batch.size() * (rank + 1) / world};
}

std::vector<Slot> PassSlots(PositionRange range) {
  std::vector<Slot> slots;
  for (int64_t position = range.begin; position < range.end; ++position) {
    slots.push_back({.position = position, .epoch = 0, .image = position});
  }
  return slots;
}

ShuffledStream::ShuffledStream(uint64_t seed, int64_t images)
    : seed_(seed), images_(images) {
  CXR_CHECK(images >= 1) << "a stream of " << images << " images";
}

std::vector<Slot> ShuffledStream::Slots(PositionRange range) const {
  CXR_CHECK(range.begin >= 0) << range.begin;
  std::vector<Slot> slots;
  const absl::MutexLock lock(&mutex_);
  for (int64_t position = range.begin; position < range.end; ++position) {
    const int64_t epoch = position / images_;
    if (epoch != epoch_) {
      permutation_ = Permutation(
          CounterRng(seed_, absl::StrCat("data.order.", epoch)), images_);
      epoch_ = epoch;
    }
    slots.push_back({.position = position,
                     .epoch = epoch,
                     .image = permutation_[position % images_]});
  }
  return slots;
}

}  // namespace cxr
