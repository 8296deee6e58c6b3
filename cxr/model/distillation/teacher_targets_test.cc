// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/teacher_targets.h"

#include <gtest/gtest.h>

#include <barrier>
#include <map>
#include <string>
#include <thread>
#include <utility>

#include "ATen/ops/cat.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/logsumexp.h"
#include "ATen/ops/mm.h"
#include "ATen/ops/ones.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/str_cat.h"
#include "c10/util/Exception.h"
#include "cxr/model/distillation/testing.h"

namespace cxr {
namespace {

constexpr int64_t kWidth = 6;        // D
constexpr int64_t kPrototypes = 11;  // K
constexpr double kTemperature = 0.06;

at::Tensor Prototypes(at::ScalarType type) {
  return Formula("teacher_prototypes", {kPrototypes, kWidth}, type);
}

// Answers of `features` centred by Sinkhorn-Knopp: (m, K).
at::Tensor SinkhornAnswers(const at::Tensor& features,
                           const at::Tensor& prototypes, int iterations,
                           int64_t chunk_rows,
                           const SumOverProcesses& sum = {}) {
  const TeacherTargets targets = {
      .features = features,
      .prototypes = prototypes,
      .center = SinkhornCenter(features, prototypes, kTemperature, iterations,
                               chunk_rows, sum),
      .temperature = kTemperature};
  return targets.Rows(0, targets.rows());
}

// What two processes with these features make of them together.
std::pair<at::Tensor, at::Tensor> AnswersOfTwoProcesses(
    const at::Tensor& first, const at::Tensor& second,
    const at::Tensor& prototypes, int iterations, int64_t chunk_rows) {
  at::Tensor shared[2];
  std::barrier<> barrier(2);
  const auto run = [&](int rank, const at::Tensor& features) {
    return SinkhornAnswers(features, prototypes, iterations, chunk_rows,
                           [&](at::Tensor& tensor) {
                             shared[rank] = tensor.clone();
                             barrier.arrive_and_wait();
                             tensor.copy_(shared[0] + shared[1]);
                             barrier.arrive_and_wait();
                           });
  };
  at::Tensor second_answers;
  std::thread other([&] { second_answers = run(1, second); });
  const at::Tensor first_answers = run(0, first);
  other.join();
  return {first_answers, second_answers};
}

// The steps as published, in the logarithm: answers (m, K) of logits (m, K).
at::Tensor SinkhornByBruteForce(const at::Tensor& logits, int iterations) {
  at::Tensor q = logits;
  for (int i = 0; i < iterations; ++i) {
    q = q - at::logsumexp(q, 0, /*keepdim=*/true);
    q = q - at::logsumexp(q, 1, /*keepdim=*/true);
  }
  return q.exp();
}

TEST(TeacherTargetsTest, AnswersEqualPyTorchs) {
  std::map<std::string, at::Tensor> golden = LoadGolden();
  for (const auto& [type, tolerance] :
       {std::pair{at::kDouble, 1e-12}, std::pair{at::kFloat, 1e-5}}) {
    const TeacherTargets targets = {
        .features = Formula("teacher", {6, kWidth}, type),
        .prototypes = Prototypes(type),
        .center = Formula("center", {kPrototypes}, type),
        .temperature = kTemperature};
    const at::Tensor expected =
        golden.at("dino/answers").view({6, kPrototypes});
    EXPECT_LT(RelativeDifference(targets.Rows(0, 6), expected), tolerance);
    EXPECT_LT(RelativeDifference(targets.Rows(2, 5), expected.slice(0, 2, 5)),
              tolerance);
    EXPECT_EQ(targets.Rows(3, 3).sizes(), at::IntArrayRef({0, kPrototypes}));
    EXPECT_THROW(targets.Rows(3, 7), c10::Error);
  }
}

TEST(TeacherTargetsTest, MovingAverageEqualsPyTorchs) {
  std::map<std::string, at::Tensor> golden = LoadGolden();
  for (const auto& [type, tolerance] :
       {std::pair{at::kDouble, 1e-12}, std::pair{at::kFloat, 1e-5}}) {
    at::Tensor center = at::zeros({kPrototypes}, type);
    for (const int step : {0, 1, 2}) {
      const at::Tensor features =
          Formula(absl::StrCat("teacher", step), {5 + step, kWidth}, type);
      center.mul_(0.9).add_(MeanLogits(features, Prototypes(type)), 0.1);
      EXPECT_LT(
          RelativeDifference(center, golden.at(absl::StrCat("center/", step))),
          tolerance);
    }
  }
}

TEST(TeacherTargetsTest, MeanOfGroupsLeavesEmptyGroupsOut) {
  std::map<std::string, at::Tensor> golden = LoadGolden();
  const at::Tensor mean =
      MeanLogits(Formula("teacher", {6, kWidth}, at::kDouble),
                 Prototypes(at::kDouble), {0, 2, 2, 5, 6});
  EXPECT_LT(RelativeDifference(mean, golden.at("center/groups")), 1e-12);
}

TEST(TeacherTargetsTest, MeansOfReducedTypesAreTakenInFloat32) {
  const at::Tensor features =
      Formula("teacher", {500, kWidth}).add(1).to(at::kBFloat16);
  const at::Tensor prototypes = Prototypes(at::kBFloat16);
  const at::Tensor mean = MeanLogits(features, prototypes);
  EXPECT_EQ(mean.scalar_type(), at::kFloat);
  EXPECT_LT(RelativeDifference(mean, MeanLogits(features.to(at::kDouble),
                                                prototypes.to(at::kDouble))),
            1e-5);
}

TEST(TeacherTargetsTest, MeansWithoutRowsOrInDisorderAreRefused) {
  const at::Tensor prototypes = Prototypes(at::kFloat);
  const at::Tensor features = at::zeros({4, kWidth});
  EXPECT_THROW(MeanLogits(at::zeros({0, kWidth}), prototypes), c10::Error);
  EXPECT_THROW(MeanLogits(features, prototypes, {0, 3}), c10::Error);
  EXPECT_THROW(MeanLogits(features, prototypes, {0, 3, 2, 4}), c10::Error);
}

TEST(TeacherTargetsTest, SinkhornEqualsTheReleasedSteps) {
  std::map<std::string, at::Tensor> golden = LoadGolden();
  for (const auto& [type, tolerance] :
       {std::pair{at::kDouble, 1e-12}, std::pair{at::kFloat, 1e-5}}) {
    const at::Tensor features = Formula("teacher", {6, kWidth}, type, 1);
    const at::Tensor prototypes = Prototypes(type);
    for (const int iterations : {1, 3}) {
      const std::string prefix = absl::StrCat("sinkhorn", iterations, "/");
      // In one chunk, whose logits are kept, and in three.
      for (const int64_t chunk_rows : {6, 2}) {
        EXPECT_LT(RelativeDifference(SinkhornAnswers(features, prototypes,
                                                     iterations, chunk_rows),
                                     golden.at(prefix + "alone")),
                  tolerance);
      }
      const at::Tensor apart = at::cat(
          {SinkhornAnswers(features.slice(0, 0, 4), prototypes, iterations, 6),
           SinkhornAnswers(features.slice(0, 4, 6), prototypes, iterations,
                           6)});
      EXPECT_LT(RelativeDifference(apart, golden.at(prefix + "apart")),
                tolerance);
    }
  }
}

TEST(TeacherTargetsTest, TwoProcessesMakeWhatOneMakes) {
  std::map<std::string, at::Tensor> golden = LoadGolden();
  for (const auto& [type, tolerance] :
       {std::pair{at::kDouble, 1e-12}, std::pair{at::kFloat, 1e-5}}) {
    const at::Tensor features = Formula("teacher", {6, kWidth}, type, 1);
    // The last: a process without rows.
    for (const int64_t first_rows : {4, 1, 6}) {
      const auto [first, second] = AnswersOfTwoProcesses(
          features.slice(0, 0, first_rows), features.slice(0, first_rows, 6),
          Prototypes(type), 3, 2);
      EXPECT_LT(RelativeDifference(at::cat({first, second}),
                                   golden.at("sinkhorn3/alone")),
                tolerance)
          << first_rows;
    }
  }
}

// Logits up to some thousands, whose exponentials no type holds.
TEST(TeacherTargetsTest, SinkhornIsExactWhereExponentialsOverflow) {
  const at::Tensor features =
      Formula("teacher", {40, kWidth}, at::kDouble, 1).mul(20);
  const at::Tensor prototypes =
      Formula("teacher_prototypes", {kPrototypes, kWidth}, at::kDouble, 4);
  const at::Tensor logits = at::mm(features, prototypes.t()).div(kTemperature);
  ASSERT_GT(logits.abs().max().item<double>(), 3000);
  const at::Tensor expected = SinkhornByBruteForce(logits, 3);
  EXPECT_LT(
      RelativeDifference(SinkhornAnswers(features, prototypes, 3, 7), expected),
      1e-9);
  const auto [first, second] = AnswersOfTwoProcesses(
      features.slice(0, 0, 3), features.slice(0, 3, 40), prototypes, 3, 7);
  EXPECT_LT(RelativeDifference(at::cat({first, second}), expected), 1e-9);
  // In float32 the logits themselves are rounded by some 1e-4.
  EXPECT_LT(RelativeDifference(SinkhornAnswers(features.to(at::kFloat),
                                               prototypes.to(at::kFloat), 3, 7),
                               expected),
            0.01);
}

TEST(TeacherTargetsTest, SinkhornFillsPrototypesEvenly) {
  const at::Tensor answers =
      SinkhornAnswers(Formula("teacher", {330, kWidth}, at::kDouble, 1),
                      Prototypes(at::kDouble), 200, 1000);
  EXPECT_LT(MaxAbsDifference(answers.sum(0) / 30,
                             at::ones({kPrototypes}, at::kDouble)),
            1e-4);
}

TEST(TeacherTargetsTest, SinkhornOfReducedTypesIsNear) {
  const at::Tensor features = Formula("teacher", {40, kWidth}, at::kFloat, 1);
  const at::Tensor expected =
      SinkhornAnswers(features, Prototypes(at::kFloat), 3, 40);
  const at::Tensor reduced = SinkhornAnswers(features.to(at::kBFloat16),
                                             Prototypes(at::kBFloat16), 3, 40);
  EXPECT_EQ(reduced.scalar_type(), at::kFloat);
  EXPECT_LT(RelativeDifference(reduced, expected), 0.2);
}

}  // namespace
}  // namespace cxr
