// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/pooled_tokens.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "ATen/ops/zeros.h"
#include "absl/strings/str_cat.h"
#include "c10/core/GradMode.h"
#include "cxr/model/golden_testing.h"
#include "cxr/model/testing.h"
#include "cxr/model/vit.h"
#include "cxr/train/linear_probe.h"

namespace cxr {
namespace {

constexpr char kGolden[] =
    "cxr/tasks/features/testdata/pooled_tokens_golden.csv";

// What the script makes of transformers' backbone, by ours.
class PooledTokensTest : public ::testing::Test {
 protected:
  PooledTokensTest() : golden_(LoadNamedNumbers(kGolden)) {
    FillModuleByFormula(*vit_);
    FillByFormula(images_, "images", 1, 0);
  }

  at::Tensor Pooled(spec::ProbeToken token, spec::TokenNorm norm) {
    const c10::NoGradGuard no_grad;
    spec::PooledTokensSpec spec;
    spec.set_last_layers(2);
    spec.set_token(token);
    spec.set_norm(norm);
    return PooledTokens(*vit_, images_, spec);
  }

  std::map<std::string, at::Tensor> golden_;
  Vit vit_ =
      Vit(VitOptions{.width = 32, .depth = 3, .heads = 4, .position_grid = 4});
  at::Tensor images_ = at::zeros({4, 3, 42, 56});
};

TEST_F(PooledTokensTest, FeaturesEqualPyTorchs) {
  for (const auto& [token, name] :
       {std::pair(spec::CLASS_TOKEN, "class_token"),
        std::pair(spec::TOP_LEFT_PATCH_AS_RELEASED, "top_left_patch")}) {
    for (const auto& [norm, norm_name] :
         {std::pair(spec::FINAL_NORM, "norm"),
          std::pair(spec::NO_NORM_AS_RELEASED, "no_norm")}) {
      const at::Tensor features = Pooled(token, norm);
      ASSERT_EQ(features.sizes(), at::IntArrayRef({4, 3 * 32}));
      EXPECT_LE(
          MaxAbsDifference(features.flatten().to(at::kDouble),
                           golden_.at(absl::StrCat(name, "/", norm_name))),
          2e-5)
          << name << " " << norm_name;
    }
  }
}

// Features and probe together, as the released script trains it.
TEST_F(PooledTokensTest, TenStepsOfTheProbeEqualPyTorchs) {
  at::Tensor labels = at::zeros({4, 3});
  FillByFormula(labels, "labels", 1, 0);
  labels = labels.gt(0).to(at::kFloat);
  LinearProbe start = {.weight = at::zeros({3, 3 * 32}),
                       .bias = at::zeros({3})};
  FillByFormula(start.weight, "probe", 0.01, 0);
  for (const auto& [token, name] :
       {std::pair(spec::CLASS_TOKEN, "class_token/norm/"),
        std::pair(spec::TOP_LEFT_PATCH_AS_RELEASED, "top_left_patch/norm/")}) {
    const at::Tensor features = Pooled(token, spec::FINAL_NORM);
    LinearProbeTrainer trainer(start,
                               {.learning_rate = 1e-2, .max_gradient_norm = 1});
    const at::Tensor losses = golden_.at(absl::StrCat(name, "losses"));
    for (int step = 0; step < 10; ++step) {
      EXPECT_NEAR(trainer.Step(features, labels), losses[step].item<double>(),
                  1e-5);
    }
    EXPECT_LE(MaxAbsDifference(trainer.probe().weight.flatten().to(at::kDouble),
                               golden_.at(absl::StrCat(name, "weight"))),
              2e-5);
    EXPECT_LE(MaxAbsDifference(trainer.probe().bias.to(at::kDouble),
                               golden_.at(absl::StrCat(name, "bias"))),
              2e-5);
  }
}

}  // namespace
}  // namespace cxr
