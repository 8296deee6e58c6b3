// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/gradient_sums.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ATen/ops/equal.h"
#include "ATen/ops/full.h"
#include "ATen/ops/ones.h"
#include "ATen/ops/zeros.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const TrainingRule kPlain = {.clip_unit = "backbone"};
const TrainingRule kNoDecay = {.weight_decay_factor = 0,
                               .clip_unit = "backbone"};

// A chain of three layers of a weight (2 x 2) and a bias (2) each.
std::vector<NamedParameter> Layers() {
  std::vector<NamedParameter> parameters;
  for (const char* layer : {"1", "2", "3"}) {
    parameters.push_back({std::string("weight") + layer,
                          at::ones({2, 2}).requires_grad_(), kPlain});
    parameters.push_back({std::string("bias") + layer,
                          at::zeros({2}).requires_grad_(), kNoDecay});
  }
  return parameters;
}

at::Tensor Output(const std::vector<NamedParameter>& parameters) {
  at::Tensor x = at::ones({2});
  for (size_t i = 0; i < parameters.size(); i += 2) {
    x = parameters[i].tensor.mv(x).add(parameters[i + 1].tensor);
  }
  return x.sum();
}

// Doubles tensors, as if another process had the same, when they are waited
// for, and writes down what happens.
struct Doubling {
  std::vector<std::string> events = {};

  BeginSum begin() {
    return [this](const at::Tensor& tensor) -> std::function<void()> {
      events.push_back("begin " + std::to_string(tensor.numel()));
      return [this, tensor] {
        events.push_back("wait " + std::to_string(tensor.numel()));
        tensor.mul_(2);
      };
    };
  }
};

std::vector<std::vector<size_t>> ParametersOf(
    const std::vector<GradientBucket>& buckets) {
  std::vector<std::vector<size_t>> parameters;
  for (const GradientBucket& bucket : buckets) {
    parameters.push_back(bucket.parameters);
  }
  return parameters;
}

TEST(MakeBucketsTest, FillsBucketsFromTheEnd) {
  const std::vector<NamedParameter> parameters = Layers();
  const ParameterStore store(parameters, /*gradients=*/true);
  // A weight has 16 bytes, a bias 8.
  EXPECT_THAT(ParametersOf(MakeBuckets(parameters, store, 1)),
              ElementsAre(ElementsAre(5), ElementsAre(4), ElementsAre(3),
                          ElementsAre(2), ElementsAre(1), ElementsAre(0)));
  const std::vector<GradientBucket> two = MakeBuckets(parameters, store, 24);
  EXPECT_THAT(
      ParametersOf(two),
      ElementsAre(ElementsAre(4, 2), ElementsAre(5, 3, 1), ElementsAre(0)));
  EXPECT_EQ(two[0].gradients.numel(), 8);
  EXPECT_EQ(two[0].gradients.data_ptr(),
            parameters[2].tensor.grad().data_ptr());
  EXPECT_EQ(two[1].gradients.numel(), 6);
  EXPECT_EQ(two[2].gradients.numel(), 4);
}

TEST(MakeBucketsTest, AParameterThatTheStoreHasAloneIsAnError) {
  std::vector<NamedParameter> parameters = Layers();
  const ParameterStore store(parameters, /*gradients=*/true);
  parameters.pop_back();
  EXPECT_THROW(MakeBuckets(parameters, store, 1), c10::Error);
}

TEST(GradientSumsTest, AddsWhileThePassGoesOn) {
  const std::vector<NamedParameter> parameters = Layers();
  const ParameterStore store(parameters, /*gradients=*/true);
  GradientSums sums(parameters, store, /*bucket_bytes=*/16);
  Doubling doubling;
  sums.Begin(doubling.begin());
  const at::Tensor output = Output(parameters);
  output.backward();
  // Biases 3 and 2 make a bucket, the second, which is begun once bias 2 is
  // there, and weight 2 after it.
  EXPECT_THAT(doubling.events, ElementsAre("begin 4", "begin 4", "begin 4",
                                           "begin 2", "begin 4"));
  sums.Finish();
  EXPECT_EQ(doubling.events.size(), 10u);
  const std::vector<NamedParameter> alone = Layers();
  const ParameterStore other(alone, /*gradients=*/true);
  Output(alone).backward();
  for (size_t i = 0; i < parameters.size(); ++i) {
    EXPECT_TRUE(
        at::equal(parameters[i].tensor.grad(), alone[i].tensor.grad().mul(2)))
        << parameters[i].name;
  }
}

TEST(GradientSumsTest, LeavesPassesAloneThatAccumulate) {
  const std::vector<NamedParameter> parameters = Layers();
  const ParameterStore store(parameters, /*gradients=*/true);
  GradientSums sums(parameters, store);
  Doubling doubling;
  Output(parameters).backward();
  EXPECT_THAT(doubling.events, IsEmpty());
  sums.Begin(doubling.begin());
  Output(parameters).backward();
  sums.Finish();
  EXPECT_EQ(doubling.events.size(), 4u);
  // Bias 3: one from each pass, of two processes.
  EXPECT_TRUE(at::equal(parameters[5].tensor.grad(), at::full({2}, 4.0)));
  Output(parameters).backward();
  EXPECT_EQ(doubling.events.size(), 4u);
}

// The second layer's parameters have no part in the loss.
TEST(GradientSumsTest, WhatHasNoGradientIsAddedInTheEnd) {
  const std::vector<NamedParameter> parameters = Layers();
  const ParameterStore store(parameters, /*gradients=*/true);
  GradientSums sums(parameters, store, /*bucket_bytes=*/1);
  Doubling doubling;
  sums.Begin(doubling.begin());
  Output({parameters[0], parameters[1], parameters[4], parameters[5]})
      .backward();
  // Those of the first layer are there, but not in turn.
  EXPECT_THAT(doubling.events, ElementsAre("begin 2", "begin 4"));
  sums.Finish();
  EXPECT_EQ(doubling.events.size(), 12u);
  EXPECT_TRUE(at::equal(parameters[3].tensor.grad(), at::zeros({2})));
  EXPECT_FALSE(at::equal(parameters[1].tensor.grad(), at::zeros({2})));
}

TEST(GradientSumsTest, WhatASumThrowsThePassThrows) {
  const std::vector<NamedParameter> parameters = Layers();
  const ParameterStore store(parameters, /*gradients=*/true);
  GradientSums sums(parameters, store);
  sums.Begin([](const at::Tensor&) -> std::function<void()> {
    TORCH_CHECK(false, "a process is missing");
  });
  EXPECT_THROW(Output(parameters).backward(), c10::Error);
}

}  // namespace
}  // namespace cxr
