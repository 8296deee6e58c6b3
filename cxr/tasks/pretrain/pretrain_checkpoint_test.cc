// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "ATen/ops/equal.h"
#include "c10/core/GradMode.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/tasks/pretrain/pretrain_options.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

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
  ASSERT_OK_AND_ASSIGN(const int64_t steps,
                       RestoreCheckpoint(ToCheckpoint(first, 17), second));
  EXPECT_EQ(steps, 17);
  const auto expected = first.State();
  const auto found = second.State();
  ASSERT_EQ(found.size(), expected.size());
  for (size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].first, expected[i].first);
    EXPECT_TRUE(at::equal(found[i].second, expected[i].second))
        << found[i].first;
  }
}

TEST(PretrainCheckpointTest, ThatOfAnotherLayoutIsRefused) {
  Pretrainer other = Make("backbone { width: 32 }");
  Pretrainer pretrainer = Make();
  EXPECT_THAT(RestoreCheckpoint(ToCheckpoint(other, 1), pretrainer),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("expected")));
  EXPECT_THAT(
      RestoreCheckpoint(ToSafetensors({}, {{"steps", "3"}}), pretrainer),
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
