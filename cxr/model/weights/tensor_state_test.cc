// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/tensor_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "ATen/ops/equal.h"
#include "ATen/ops/zeros.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

NamedTensors Tensors(double scale) {
  NamedTensors tensors = {{"b", at::zeros({2, 3})}, {"a", at::zeros({4})}};
  for (auto& [name, tensor] : tensors) FillByFormula(tensor, name, scale, 0);
  return tensors;
}

TEST(TensorStateTest, ComesBackBitForBit) {
  const NamedTensors tensors = Tensors(1);
  const std::string bytes = ToStateFile(tensors, {{"steps", "12"}});
  const NamedTensors into = Tensors(0);
  ASSERT_OK_AND_ASSIGN(const auto metadata, RestoreState(bytes, "file", into));
  EXPECT_THAT(metadata, ElementsAre(Pair("steps", "12")));
  for (size_t i = 0; i < tensors.size(); ++i) {
    EXPECT_TRUE(at::equal(into[i].second, tensors[i].second));
  }
}

TEST(TensorStateTest, OtherTensorsAreDataLossAndNothingIsCopied) {
  const std::string bytes = ToStateFile(Tensors(1), {});
  NamedTensors into = Tensors(0);
  into[1].second = at::zeros({5});
  EXPECT_THAT(RestoreState(bytes, "file", into),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr("file: a: found"),
                             HasSubstr("expected a shape of [5]"))));
  EXPECT_EQ(into[0].second.count_nonzero().item<int>(), 0);
  into[1] = {"c", at::zeros({4})};
  EXPECT_THAT(RestoreState(bytes, "file", into),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("file: c: found nothing")));
  into.pop_back();
  EXPECT_THAT(RestoreState(bytes, "file", into),
              StatusIs(absl::StatusCode::kDataLoss,
                       "file: found 2 tensors, expected 1"));
  EXPECT_THAT(RestoreState("no file", "file", into),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("file: ")));
}

}  // namespace
}  // namespace cxr
