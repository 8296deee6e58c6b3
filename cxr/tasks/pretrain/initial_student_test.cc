// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/initial_student.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "ATen/ops/equal.h"
#include "cxr/base/testing.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<std::unique_ptr<Pretrainer>> Make(absl::string_view change) {
  const FakeStage stage = {.spec = SmallPretraining(change)};
  absl::StatusOr<std::unique_ptr<Pretrainer>> made =
      absl::UnknownError("not made");
  EXPECT_OK(stage.Run(StageKind::kPretrain, [&](const StageRequest& request) {
    made = MakeInitialPretrainer(request, {}, at::kCPU);
    return StageOutput();
  }));
  return made;
}

at::Tensor Parameter(Pretrainer& pretrainer, const std::string& name) {
  return pretrainer.student().named_parameters()[name];
}

TEST(InitialStudentTest, TheTeacherIsTheStudent) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Pretrainer> made, Make(""));
  const auto student = made->student().named_parameters();
  for (const auto& each : made->teacher().named_parameters()) {
    EXPECT_TRUE(at::equal(each.value(), student[each.key()])) << each.key();
  }
}

TEST(InitialStudentTest, BackboneAndHeadsHaveSeedsOfTheirOwn) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Pretrainer> first, Make(""));
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Pretrainer> second,
                       Make("pretrain { heads_seed: 99 }"));
  constexpr char kBackbone[] = "backbone.blocks.0.mlp.fc1.weight";
  constexpr char kHead[] = "dino_head.mlp.0.weight";
  EXPECT_TRUE(
      at::equal(Parameter(*first, kBackbone), Parameter(*second, kBackbone)));
  EXPECT_FALSE(at::equal(Parameter(*first, kHead), Parameter(*second, kHead)));
  EXPECT_FALSE(at::equal(Parameter(*first, kHead),
                         Parameter(*first, "ibot_head.mlp.0.weight")));
}

TEST(InitialStudentTest, MissingWeightsSayWhoHasThem) {
  EXPECT_THAT(Make("pretrain { initial_weights { file { file: 'a.pth' format: "
                   "DINOV2_PTH where_to_get: 'its authors' } } }"),
              StatusIs(absl::StatusCode::kUnimplemented,
                       HasSubstr("a.pth (its authors)")));
}

}  // namespace
}  // namespace cxr
