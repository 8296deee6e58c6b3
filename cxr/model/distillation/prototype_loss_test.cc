// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/prototype_loss.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ATen/Parallel.h"
#include "ATen/autocast_mode.h"
#include "ATen/ops/arange.h"
#include "ATen/ops/equal.h"
#include "ATen/ops/full.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "c10/core/GradMode.h"
#include "c10/util/Exception.h"
#include "cxr/model/distillation/memory_testing.h"
#include "cxr/model/distillation/testing.h"

namespace cxr {
namespace {

constexpr int64_t kWidth = 6;        // D
constexpr int64_t kPrototypes = 11;  // K

// A loss and the gradients of the student.
struct Result {
  at::Tensor loss;
  at::Tensor features;
  at::Tensor prototypes;
};

// The student's side of one loss.
struct Student {
  at::Tensor features;
  at::Tensor prototypes;
};

Result Evaluate(const Student& student, const TeacherTargets& targets,
                const PrototypeMatches& matches,
                const PrototypeLossOptions& options = {}) {
  const at::Tensor features = student.features.detach().requires_grad_();
  const at::Tensor prototypes = student.prototypes.detach().requires_grad_();
  const at::Tensor loss =
      PrototypeLoss(features, prototypes, targets, matches, options);
  loss.backward();
  return {loss.detach(), features.grad(), prototypes.grad()};
}

void ExpectNear(const Result& actual, const Result& expected,
                double tolerance) {
  EXPECT_LT(RelativeDifference(actual.loss, expected.loss), tolerance);
  EXPECT_LT(RelativeDifference(actual.features, expected.features), tolerance);
  EXPECT_LT(RelativeDifference(actual.prototypes, expected.prototypes),
            tolerance);
}

Result Golden(const std::string& name) {
  std::map<std::string, at::Tensor> golden = LoadGolden();
  return {golden.at(name + "/loss"), golden.at(name + "/student"),
          golden.at(name + "/prototypes")};
}

Student MakeStudent(int64_t rows, at::ScalarType type) {
  return {Formula("student", {rows, kWidth}, type),
          Formula("prototypes", {kPrototypes, kWidth}, type)};
}

TeacherTargets MakeTeacher(at::ScalarType type, at::ScalarType center_type) {
  return {
      .features = Formula("teacher", {6, kWidth}, type),
      .prototypes = Formula("teacher_prototypes", {kPrototypes, kWidth}, type),
      .center = Formula("center", {kPrototypes}, center_type),
      .temperature = 0.06};
}

// Three images: rows of the student are crops (the two global ones, eight local
// ones) of all images, rows of the teacher the global crops. Global crops are
// held against the other one, twice with half the weight.
PrototypeMatches DinoMatches(at::ScalarType type) {
  std::vector<int64_t> rows;
  std::vector<double> weights;
  for (int crop = 0; crop < 10; ++crop) {
    for (int image = 0; image < 3; ++image) {
      rows.push_back(crop == 0 ? 3 + image : image);
      rows.push_back(crop == 1 ? image : 3 + image);
      weights.push_back((crop < 2 ? 0.5 : 1.0) / (18 * 3));
    }
  }
  return {at::tensor(rows, at::kLong).view({30, 2}),
          at::tensor(weights, at::kDouble).to(type)};
}

// 2, 0, 3 and 1 masked patches of four images.
PrototypeMatches IbotMatches(at::ScalarType type) {
  return {at::arange(6, at::kLong).unsqueeze(1),
          at::tensor({1 / 2.0, 1 / 2.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1.0},
                     at::kDouble)
              .div(4)
              .to(type)};
}

constexpr std::pair<at::ScalarType, double> kTypes[] = {{at::kDouble, 1e-12},
                                                        {at::kFloat, 1e-5}};

TEST(PrototypeLossTest, DinoEqualsPyTorchs) {
  for (const auto& [type, tolerance] : kTypes) {
    for (const int64_t chunk_rows : {1, 4, 7, 30, 100}) {
      const Result result =
          Evaluate(MakeStudent(30, type), MakeTeacher(type, type),
                   DinoMatches(type), {.chunk_rows = chunk_rows});
      EXPECT_EQ(result.loss.scalar_type(), type);
      ExpectNear(result, Golden("dino"), tolerance);
    }
  }
}

TEST(PrototypeLossTest, IbotEqualsPyTorchs) {
  for (const auto& [type, tolerance] : kTypes) {
    for (const int64_t chunk_rows : {1, 4, 6}) {
      ExpectNear(Evaluate(MakeStudent(6, type), MakeTeacher(type, type),
                          IbotMatches(type), {.chunk_rows = chunk_rows}),
                 Golden("ibot"), tolerance);
    }
  }
}

TEST(PrototypeLossTest, OrderOfTheRowsChangesNothing) {
  const PrototypeMatches forwards = IbotMatches(at::kDouble);
  const PrototypeMatches backwards = {forwards.target_rows.flip(0),
                                      forwards.weights.flip(0)};
  const Student student = MakeStudent(6, at::kDouble);
  for (const int64_t chunk_rows : {2, 6}) {
    Result result = Evaluate({student.features.flip(0), student.prototypes},
                             MakeTeacher(at::kDouble, at::kDouble), backwards,
                             {.chunk_rows = chunk_rows});
    result.features = result.features.flip(0);
    ExpectNear(result, Golden("ibot"), 1e-12);
  }
}

// Autocast hands over reduced features with prototypes of either type.
TEST(PrototypeLossTest, ReducedTypesAreNearAndKeepTheirTypes) {
  const PrototypeMatches matches = DinoMatches(at::kFloat);
  const Student exact = MakeStudent(30, at::kFloat);
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    for (const int64_t chunk_rows : {7, 30}) {
      const Result result = Evaluate(
          {exact.features.to(at::kBFloat16), exact.prototypes.to(type)},
          MakeTeacher(at::kBFloat16, at::kFloat), matches,
          {.chunk_rows = chunk_rows});
      EXPECT_EQ(result.loss.scalar_type(), at::kFloat);
      EXPECT_EQ(result.features.scalar_type(), at::kBFloat16);
      EXPECT_EQ(result.prototypes.scalar_type(), type);
      ExpectNear(result, Golden("dino"), 0.05);
    }
  }
}

TEST(PrototypeLossTest, AutocastChangesNothing) {
  const auto run = [] {
    return Evaluate(MakeStudent(30, at::kFloat),
                    MakeTeacher(at::kFloat, at::kFloat),
                    DinoMatches(at::kFloat));
  };
  const Result plain = run();
  at::autocast::set_autocast_enabled(at::kCPU, true);
  const Result cast = run();
  at::autocast::set_autocast_enabled(at::kCPU, false);
  EXPECT_TRUE(at::equal(cast.loss, plain.loss));
  EXPECT_TRUE(at::equal(cast.features, plain.features));
  EXPECT_TRUE(at::equal(cast.prototypes, plain.prototypes));
}

TEST(PrototypeLossTest, GradientsAreScaledByWhatComesFromAbove) {
  const Student student = MakeStudent(6, at::kDouble);
  const at::Tensor features = student.features.clone().requires_grad_();
  const at::Tensor prototypes = student.prototypes.clone().requires_grad_();
  const at::Tensor loss =
      PrototypeLoss(features, prototypes, MakeTeacher(at::kDouble, at::kDouble),
                    IbotMatches(at::kDouble), {});
  (loss * 3).backward({}, /*retain_graph=*/true);
  (loss * -2).backward();  // adds up to one
  ExpectNear({loss, features.grad(), prototypes.grad()}, Golden("ibot"), 1e-12);
}

TEST(PrototypeLossTest, OnlyWantedGradientsAreComputed) {
  const Student student = MakeStudent(6, at::kDouble);
  const TeacherTargets teacher = MakeTeacher(at::kDouble, at::kDouble);
  const PrototypeMatches matches = IbotMatches(at::kDouble);
  const at::Tensor features = student.features.clone().requires_grad_();
  PrototypeLoss(features, student.prototypes, teacher, matches, {}).backward();
  EXPECT_LT(RelativeDifference(features.grad(), Golden("ibot").features),
            1e-12);
  const at::Tensor prototypes = student.prototypes.clone().requires_grad_();
  PrototypeLoss(student.features, prototypes, teacher, matches, {}).backward();
  EXPECT_LT(RelativeDifference(prototypes.grad(), Golden("ibot").prototypes),
            1e-12);
  const c10::NoGradGuard no_grad;
  const at::Tensor loss =
      PrototypeLoss(features, prototypes, teacher, matches, {});
  EXPECT_FALSE(loss.requires_grad());
  EXPECT_LT(RelativeDifference(loss, Golden("ibot").loss), 1e-12);
}

TEST(PrototypeLossTest, NothingFlowsToTheTeacher) {
  TeacherTargets teacher = MakeTeacher(at::kDouble, at::kDouble);
  teacher.features.requires_grad_();
  teacher.prototypes.requires_grad_();
  Evaluate(MakeStudent(6, at::kDouble), teacher, IbotMatches(at::kDouble));
  EXPECT_FALSE(teacher.features.grad().defined());
  EXPECT_FALSE(teacher.prototypes.grad().defined());
}

TEST(PrototypeLossTest, NoRowsMakeZero) {
  const PrototypeMatches none = {at::zeros({0, 2}, at::kLong), at::zeros({0})};
  const Result result = Evaluate(MakeStudent(0, at::kFloat),
                                 MakeTeacher(at::kFloat, at::kFloat), none);
  EXPECT_EQ(result.loss.item<double>(), 0);
  EXPECT_EQ(result.features.sizes(), at::IntArrayRef({0, kWidth}));
  EXPECT_EQ(result.prototypes.abs().max().item<double>(), 0);
}

// A problem with as many prototypes as the largest heads have.
struct Large {
  static constexpr int64_t kRows = 64;
  static constexpr int64_t kLargeWidth = 16;
  static constexpr int64_t kLargePrototypes = 131072;

  Student student = {
      Formula("student", {kRows, kLargeWidth}),
      Formula("prototypes", {kLargePrototypes, kLargeWidth}, at::kFloat, 1)};
  TeacherTargets teacher = {
      .features = Formula("teacher", {kRows, kLargeWidth}),
      .prototypes = Formula("teacher_prototypes",
                            {kLargePrototypes, kLargeWidth}, at::kFloat, 1),
      .center = at::zeros({kLargePrototypes}),
      .temperature = 0.06};
  PrototypeMatches matches = {at::arange(kRows, at::kLong).unsqueeze(1),
                              at::full({kRows}, 1.0 / kRows)};
};

TEST(PrototypeLossTest, ChunksEqualTheWholeInBoundedMemory) {
  const Large large;
  constexpr int64_t kChunkRows = 8;
  Result chunks;
  Result whole;
  const int64_t chunks_bytes = PeakBytes([&] {
    chunks = Evaluate(large.student, large.teacher, large.matches,
                      {.chunk_rows = kChunkRows});
  });
  const int64_t whole_bytes = PeakBytes([&] {
    whole = Evaluate(large.student, large.teacher, large.matches,
                     {.chunk_rows = Large::kRows});
  });
  ExpectNear(chunks, whole, 1e-5);
  // Two matrices of logits, and twice the gradient of the prototypes: as
  // computed, and scaled in the backward pass.
  const auto bytes = [](int64_t chunk_rows) {
    return Large::kLargePrototypes * 4 *
           std::max(2 * chunk_rows + Large::kLargeWidth,
                    2 * Large::kLargeWidth);
  };
  EXPECT_LT(chunks_bytes, bytes(kChunkRows) + (1 << 20));
  EXPECT_LT(whole_bytes, bytes(Large::kRows) + (1 << 20));
  EXPECT_GT(whole_bytes, 4 * chunks_bytes);
}

TEST(PrototypeLossTest, ThreadsChangeNoBit) {
  const Large large;
  const auto run = [&](int threads) {
    at::set_num_threads(threads);
    return Evaluate(large.student, large.teacher, large.matches,
                    {.chunk_rows = 24});
  };
  const int before = at::get_num_threads();
  const Result one = run(1);
  const Result three = run(3);
  at::set_num_threads(before);
  EXPECT_TRUE(at::equal(one.loss, three.loss));
  EXPECT_TRUE(at::equal(one.features, three.features));
  EXPECT_TRUE(at::equal(one.prototypes, three.prototypes));
}

TEST(PrototypeLossTest, WhatDoesNotFitIsRefused) {
  const Student student = MakeStudent(6, at::kFloat);
  const TeacherTargets teacher = MakeTeacher(at::kFloat, at::kFloat);
  const auto expect_refused = [&](const at::Tensor& rows,
                                  const at::Tensor& weights,
                                  const PrototypeLossOptions& options) {
    EXPECT_THROW(PrototypeLoss(student.features, student.prototypes, teacher,
                               {rows, weights}, options),
                 c10::Error);
  };
  const at::Tensor rows = at::arange(6, at::kLong).unsqueeze(1);
  const at::Tensor weights = at::full({6}, 1.0);
  PrototypeLoss(student.features, student.prototypes, teacher, {rows, weights},
                {});
  expect_refused(rows + 1, weights, {});
  expect_refused(rows - 1, weights, {});
  expect_refused(rows.slice(0, 0, 5), weights, {});
  expect_refused(rows.flatten(), weights, {});
  expect_refused(rows.to(at::kInt), weights, {});
  expect_refused(rows, weights.slice(0, 0, 5), {});
  expect_refused(rows, weights.to(at::kDouble), {});
  expect_refused(rows, weights, {.chunk_rows = 0});
  expect_refused(rows, weights, {.student_temperature = 0});
}

}  // namespace
}  // namespace cxr
