// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ATen/ops/equal.h"
#include "c10/core/GradMode.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/tasks/pretrain/pretrain_options.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Pretrainer Make(absl::string_view change = "") {
  return Pretrainer(PretrainerOptionsOf(SmallPretraining(change), at::kCPU));
}

// Every number of the state another.
void Fill(Pretrainer& pretrainer) {
  const c10::NoGradGuard no_grad;
  double start = 0;
  for (auto& [name, tensor] : pretrainer.State()) {
    at::Tensor values = tensor;
    values.fill_(1).cumsum_(0).add_(start);
    start += 0.25;
  }
}

TEST(PretrainCheckpointTest, EverythingThatChangesComesBack) {
  Pretrainer first = Make();
  Fill(first);
  Pretrainer second = Make();
  const RunPosition stop = {.steps = 17, .schedule_step = 5, .data_step = 9};
  ASSERT_OK_AND_ASSIGN(const RunPosition position,
                       RestoreCheckpoint(ToCheckpoint(first, stop), second));
  EXPECT_EQ(position, stop);
  const auto expected = first.State();
  const auto found = second.State();
  ASSERT_EQ(found.size(), expected.size());
  for (size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].first, expected[i].first);
    EXPECT_TRUE(at::equal(found[i].second, expected[i].second))
        << found[i].first;
  }
}

TEST(PretrainCheckpointTest, TheScaleOfTheLossComesBack) {
  constexpr absl::string_view kFloat16 =
      "pretrain { precision: FLOAT16_AS_RELEASED }";
  Pretrainer first = Make(kFloat16);
  const auto scale_of = [](Pretrainer& pretrainer) {
    std::vector<double> numbers;
    for (auto& [name, tensor] : pretrainer.State()) {
      if (name == "loss_scale" || name == "good_steps") {
        numbers.push_back(tensor.item<double>());
      }
    }
    return numbers;
  };
  EXPECT_THAT(scale_of(first), ElementsAre(65536, 0));
  for (auto& [name, tensor] : first.State()) {
    if (name == "loss_scale") tensor.fill_(512);
    if (name == "good_steps") tensor.fill_(77);
  }
  Pretrainer second = Make(kFloat16);
  ASSERT_OK(RestoreCheckpoint(ToCheckpoint(first, {}), second));
  EXPECT_THAT(scale_of(second), ElementsAre(512, 77));
}

TEST(PretrainCheckpointTest, ThatOfAnotherLayoutIsRefused) {
  Pretrainer other = Make("backbone { width: 32 }");
  Pretrainer pretrainer = Make();
  EXPECT_THAT(RestoreCheckpoint(ToCheckpoint(other, {}), pretrainer),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("expected")));
  EXPECT_THAT(
      RestoreCheckpoint(ToSafetensors({}, ToWords({.steps = 3})), pretrainer),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("0 tensors")));
  EXPECT_THAT(RestoreCheckpoint(ToSafetensors({}, {}), pretrainer),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("which step")));
}

TEST(PretrainCheckpointTest, TheTeacherIsNamedAsInReleasedCheckpoints) {
  Pretrainer pretrainer = Make();
  const std::string bytes = ToTeacherFile(pretrainer.teacher());
  ASSERT_OK_AND_ASSIGN(const SafetensorsContents contents,
                       ParseSafetensors(bytes));
  EXPECT_EQ(contents.tensors.size(),
            pretrainer.teacher().named_parameters().size());
  EXPECT_THAT(bytes, HasSubstr("\"backbone.cls_token\""));
  EXPECT_THAT(bytes, HasSubstr("\"dino_head.mlp.0.weight\""));
}

}  // namespace
}  // namespace cxr
