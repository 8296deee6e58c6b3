// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/gradient_sums.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "c10/util/Exception.h"
#include "torch/csrc/autograd/function_hook.h"
#include "torch/csrc/autograd/variable.h"

namespace cxr {
namespace {

// Appends the buckets of a block, from its end to its beginning, because that
// is how its gradients arrive.
void AppendBuckets(const ParameterBlock& block,
                   const absl::flat_hash_map<std::string, size_t>& places,
                   int64_t bucket_bytes, std::vector<GradientBucket>* buckets) {
  const int64_t item = static_cast<int64_t>(block.gradients.element_size());
  int64_t end = block.offsets.back();
  GradientBucket bucket;
  for (size_t i = block.names.size(); i-- > 0;) {
    const auto place = places.find(block.names[i]);
    TORCH_CHECK(place != places.end(), "gradient sums: no parameter ",
                block.names[i]);
    bucket.parameters.push_back(place->second);
    const int64_t begin = block.offsets[i];
    if ((end - begin) * item < bucket_bytes && i > 0) continue;
    bucket.gradients = block.gradients.narrow(0, begin, end - begin);
    buckets->push_back(std::exchange(bucket, {}));
    end = begin;
  }
}

size_t First(const GradientBucket& bucket) {
  return *std::min_element(bucket.parameters.begin(), bucket.parameters.end());
}

}  // namespace

std::vector<GradientBucket> MakeBuckets(
    const std::vector<NamedParameter>& parameters, const ParameterStore& store,
    int64_t bucket_bytes) {
  absl::flat_hash_map<std::string, size_t> places;
  for (size_t i = 0; i < parameters.size(); ++i) {
    places[parameters[i].name] = i;
  }
  std::vector<GradientBucket> buckets;
  for (const ParameterBlock& block : store.blocks()) {
    AppendBuckets(block, places, bucket_bytes, &buckets);
  }
  std::sort(buckets.begin(), buckets.end(),
            [](const GradientBucket& a, const GradientBucket& b) {
              return First(a) > First(b);
            });
  return buckets;
}

struct GradientSums::State {
  std::vector<GradientBucket> buckets = {};
  BeginSum begin = {};               // empty while nothing is added up
  std::vector<size_t> missing = {};  // gradients of each bucket not yet there
  size_t next = 0;                   // bucket to begin
  std::vector<std::function<void()>> waits = {};

  // Buckets whose turn it is; those behind an incomplete one have to wait.
  void BeginComplete() {
    while (next < buckets.size() && missing[next] == 0) BeginNext();
  }

  void BeginNext() { waits.push_back(begin(buckets[next++].gradients)); }
};

class GradientSums::Hook final
    : public torch::autograd::PostAccumulateGradHook {
 public:
  Hook(std::shared_ptr<State> state, size_t bucket)
      : state_(std::move(state)), bucket_(bucket) {}

  void operator()(const torch::autograd::Variable&) override {
    if (!state_->begin) return;
    --state_->missing[bucket_];
    state_->BeginComplete();
  }

 private:
  const std::shared_ptr<State> state_;
  const size_t bucket_;
};

GradientSums::GradientSums(const std::vector<NamedParameter>& parameters,
                           const ParameterStore& store, int64_t bucket_bytes)
    : state_(std::make_shared<State>()) {
  state_->buckets = MakeBuckets(parameters, store, bucket_bytes);
  for (size_t bucket = 0; bucket < state_->buckets.size(); ++bucket) {
    for (const size_t i : state_->buckets[bucket].parameters) {
      torch::autograd::impl::set_post_acc_grad_hooks(
          parameters[i].tensor, std::make_unique<Hook>(state_, bucket));
    }
  }
}

GradientSums::~GradientSums() = default;

void GradientSums::Begin(const BeginSum& begin) {
  State& state = *state_;
  state.begin = begin;
  state.next = 0;
  state.waits.clear();
  state.missing.clear();
  for (const GradientBucket& bucket : state.buckets) {
    state.missing.push_back(bucket.parameters.size());
  }
}

void GradientSums::Finish() {
  State& state = *state_;
  while (state.next < state.buckets.size()) state.BeginNext();
  for (const std::function<void()>& wait : state.waits) wait();
  state.waits.clear();
  state.begin = {};
}

}  // namespace cxr
