// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_GRADIENT_SUMS_H_
#define CXR_TRAIN_GRADIENT_SUMS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "ATen/core/Tensor.h"
#include "cxr/train/parameter_store.h"

// The gradients of several processes, added up while the backward pass that
// makes them still goes on.

namespace cxr {

// Begins to add a tensor over processes, in place. The function that it gives
// waits until that is done; the tensor is to be left alone until then.
using BeginSum = std::function<std::function<void()>(const at::Tensor&)>;

// Parameters whose gradients lie side by side and are added in one call.
struct GradientBucket {
  at::Tensor gradients = {};  // (n), a part of a block's
  std::vector<size_t> parameters = {};
};

// The buckets of `store`, which holds `parameters`: whole parameters, as many
// as make `bucket_bytes`, of one block. In the order in which a backward pass
// completes them, if it meets parameters from the last to the first.
std::vector<GradientBucket> MakeBuckets(
    const std::vector<NamedParameter>& parameters, const ParameterStore& store,
    int64_t bucket_bytes);

class GradientSums {
 public:
  // PyTorch's DistributedDataParallel has buckets of this size.
  static constexpr int64_t kBucketBytes = int64_t{25} << 20;

  // Watches the gradients of `parameters`, which `store` holds; both stay.
  // Parameters have one watcher at most.
  GradientSums(const std::vector<NamedParameter>& parameters,
               const ParameterStore& store,
               int64_t bucket_bytes = kBucketBytes);
  ~GradientSums();
  GradientSums(GradientSums&&) = default;
  GradientSums& operator=(GradientSums&&) = default;

  // Call before the backward pass that completes the gradients. From then on a
  // bucket is added up as soon as its gradients are there, all processes'
  // buckets in the same order. `begin` is called by whichever thread computes
  // gradients, one call at a time; what it throws, the pass throws.
  void Begin(const BeginSum& begin);

  // After the pass: begins what is left, since a parameter that had no part in
  // the loss has no gradient to wait for, and waits for all.
  void Finish();

 private:
  struct State;
  class Hook;

  std::shared_ptr<State> state_;
};

}  // namespace cxr

#endif  // CXR_TRAIN_GRADIENT_SUMS_H_
