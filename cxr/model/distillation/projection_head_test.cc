// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/projection_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "ATen/ops/equal.h"
#include "ATen/ops/linalg_vector_norm.h"
#include "ATen/ops/ones.h"
#include "absl/strings/str_cat.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"
#include "cxr/model/distillation/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

// The configuration of testdata/make_distillation_golden.py.
ProjectionHead MakeSmall(int64_t layers, at::ScalarType type = at::kFloat) {
  ProjectionHead head(ProjectionHeadOptions{.input_width = 5,
                                            .layers = layers,
                                            .hidden_width = 7,
                                            .bottleneck_width = 4,
                                            .prototypes = 6});
  head->to(type);
  const c10::NoGradGuard no_grad;
  for (const auto& parameter : head->named_parameters()) {
    parameter.value().copy_(
        Formula(parameter.key(), parameter.value().sizes(), type, 1));
  }
  return head;
}

void ExpectGolden(int64_t layers, at::ScalarType type, double tolerance) {
  std::map<std::string, at::Tensor> golden = LoadGolden();
  const std::string prefix = absl::StrCat("head", layers, "/");
  ProjectionHead head = MakeSmall(layers, type);
  const at::Tensor x = Formula("x", {3, 5}, type, 1).requires_grad_();
  const at::Tensor logits = head(x);  // (3, 6)
  (logits * Formula("upstream", {3, 6}, type, 1)).sum().backward();
  EXPECT_LT(RelativeDifference(logits, golden.at(prefix + "logits")),
            tolerance);
  EXPECT_LT(RelativeDifference(x.grad(), golden.at(prefix + "x")), tolerance);
  for (const auto& parameter : head->named_parameters()) {
    EXPECT_LT(RelativeDifference(parameter.value().grad(),
                                 golden.at(prefix + parameter.key())),
              tolerance)
        << prefix << parameter.key();
  }
}

TEST(ProjectionHeadTest, ValuesAndGradientsEqualPyTorchs) {
  for (const int64_t layers : {1, 2, 3}) {
    ExpectGolden(layers, at::kDouble, 1e-12);
    ExpectGolden(layers, at::kFloat, 1e-5);
  }
}

TEST(ProjectionHeadTest, ParametersAreCalledAsInCheckpoints) {
  const auto names = [](int64_t layers) {
    return MakeSmall(layers)->named_parameters().keys();
  };
  EXPECT_THAT(names(1),
              ElementsAre("mlp.weight", "mlp.bias", "last_layer.weight_g",
                          "last_layer.weight_v"));
  EXPECT_THAT(names(3),
              ElementsAre("mlp.0.weight", "mlp.0.bias", "mlp.2.weight",
                          "mlp.2.bias", "mlp.4.weight", "mlp.4.bias",
                          "last_layer.weight_g", "last_layer.weight_v"));
}

TEST(ProjectionHeadTest, BottleneckHasUnitLengthAndPrototypesHaveTheirs) {
  ProjectionHead head = MakeSmall(3);
  const at::Tensor lengths = at::linalg_vector_norm(
      head->Bottleneck(Formula("x", {9, 5})), 2, at::IntArrayRef{-1});
  EXPECT_LT(MaxAbsDifference(lengths, at::ones({9})), 1e-6);
  const at::Tensor prototypes = head->Prototypes();
  EXPECT_EQ(prototypes.sizes(), at::IntArrayRef({6, 4}));
  const at::Tensor asked =
      head->named_parameters()["last_layer.weight_g"].abs().flatten();
  EXPECT_LT(
      MaxAbsDifference(
          at::linalg_vector_norm(prototypes, 2, at::IntArrayRef{-1}), asked),
      1e-6);
}

TEST(ProjectionHeadTest, LengthsBelowEpsilonCountAsEpsilon) {
  ProjectionHead head(ProjectionHeadOptions{.input_width = 1,
                                            .layers = 1,
                                            .bottleneck_width = 2,
                                            .prototypes = 1,
                                            .normalization_epsilon = 1e-6});
  const c10::NoGradGuard no_grad;
  head->named_parameters()["mlp.weight"].fill_(1);
  const at::Tensor x = at::ones({1, 1}) * 1e-9;
  EXPECT_LT(RelativeDifference(head->Bottleneck(x), at::ones({1, 2}) * 1e-3),
            1e-6);
}

TEST(ProjectionHeadTest, ReducedTypesStayAsTheyAreAndAreNear) {
  const at::Tensor x = Formula("x", {9, 5});
  ProjectionHead head = MakeSmall(3);
  const at::Tensor exact = head(x);
  head->to(at::kBFloat16);
  const at::Tensor reduced = head(x.to(at::kBFloat16));
  EXPECT_EQ(reduced.scalar_type(), at::kBFloat16);
  EXPECT_EQ(head->Prototypes().scalar_type(), at::kBFloat16);
  EXPECT_LT(RelativeDifference(reduced, exact), 0.05);
}

std::map<std::string, at::Tensor> Filled(int64_t hidden_width, uint64_t seed) {
  ProjectionHead head(ProjectionHeadOptions{.input_width = 50,
                                            .hidden_width = hidden_width,
                                            .bottleneck_width = 64,
                                            .prototypes = 100});
  for (const auto& parameter : head->named_parameters()) {
    const c10::NoGradGuard no_grad;
    parameter.value().fill_(7);
  }
  FillProjectionHead(*head, seed);
  std::map<std::string, at::Tensor> values;
  for (const auto& parameter : head->named_parameters()) {
    values[parameter.key()] = parameter.value().detach();
  }
  return values;
}

TEST(ProjectionHeadTest, FreshHeadsAreDrawnAsTheReferences) {
  std::map<std::string, at::Tensor> values = Filled(60, 1);
  for (const char* name : {"mlp.0.weight", "mlp.2.weight", "mlp.4.weight"}) {
    const at::Tensor& weight = values.at(name);
    const double n = static_cast<double>(weight.numel());
    EXPECT_NEAR(weight.mean().item<double>(), 0, 5 * 0.02 / std::sqrt(n));
    EXPECT_NEAR(std::sqrt(weight.square().mean().item<double>()) / 0.02, 1,
                5 / std::sqrt(2 * n));
  }
  EXPECT_EQ(values.at("mlp.0.bias").abs().max().item<double>(), 0);
  EXPECT_TRUE(at::equal(values.at("last_layer.weight_g"), at::ones({100, 1})));
  const at::Tensor& directions = values.at("last_layer.weight_v");
  EXPECT_LE(directions.abs().max().item<double>(), 0.125);
  EXPECT_GT(directions.abs().max().item<double>(), 0.124);
  EXPECT_NEAR(directions.square().mean().item<double>() * 3 * 64, 1, 0.06);
}

TEST(ProjectionHeadTest, DrawnValuesDependOnSeedNameAndIndexAlone) {
  std::map<std::string, at::Tensor> narrow = Filled(40, 1);
  std::map<std::string, at::Tensor> wide = Filled(60, 1);
  std::map<std::string, at::Tensor> other = Filled(60, 2);
  EXPECT_TRUE(at::equal(wide.at("mlp.0.weight").slice(0, 0, 40),
                        narrow.at("mlp.0.weight")));
  EXPECT_TRUE(at::equal(wide.at("last_layer.weight_v"),
                        narrow.at("last_layer.weight_v")));
  EXPECT_FALSE(at::equal(wide.at("mlp.0.weight"), other.at("mlp.0.weight")));
}

TEST(ProjectionHeadTest, SizesBelowOneAreRefused) {
  EXPECT_THROW(ProjectionHead(ProjectionHeadOptions{}), c10::Error);
  EXPECT_THROW(
      ProjectionHead(ProjectionHeadOptions{.input_width = 4, .layers = 0}),
      c10::Error);
}

}  // namespace
}  // namespace cxr
