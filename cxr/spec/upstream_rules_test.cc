// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/upstream_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::string_view kPretraining = R"pb(
  backbone { width: 8 depth: 2 }
  pretrain {
    schedule { epochs: 10 steps_per_epoch: 10 stop_after_steps: 0 }
    watch { evaluation_interval_steps: 25 }
  }
)pb";

std::vector<std::string> Problems(absl::string_view backbone,
                                  absl::string_view weights) {
  spec::ExperimentSpec pretraining;
  EXPECT_THAT(ParseTextproto(kPretraining, pretraining).issues, IsEmpty());
  spec::VitSpec vit;
  EXPECT_THAT(ParseTextproto(backbone, vit).issues, IsEmpty());
  spec::PretrainedWeightsSpec pretrained;
  EXPECT_THAT(ParseTextproto(weights, pretrained).issues, IsEmpty());
  pretrained.set_experiment("p");
  std::vector<std::string> problems;
  for (const FieldProblem& problem :
       CheckUpstreamWeights(vit, pretrained, "w", pretraining)) {
    problems.push_back(absl::StrCat(problem.field, ": ", problem.message));
  }
  return problems;
}

TEST(UpstreamRulesTest, WeightsFitTheirOwnBackboneOnly) {
  EXPECT_THAT(Problems("width: 8 depth: 2", ""), IsEmpty());
  EXPECT_THAT(Problems("width: 16 depth: 2 heads: 2", ""),
              ElementsAre("backbone.width: found 16, expected 8 as in 'p', "
                          "whose weights are loaded",
                          "backbone.heads: found 2, expected nothing as in "
                          "'p', whose weights are loaded"));
}

TEST(UpstreamRulesTest, AStepIsOneAtWhichTheTeacherIsWritten) {
  EXPECT_THAT(Problems("width: 8 depth: 2", "step: 75"), IsEmpty());
  for (const int step : {30, 100, 125}) {
    EXPECT_THAT(Problems("width: 8 depth: 2", absl::StrCat("step: ", step)),
                ElementsAre(absl::StrCat(
                    "w.step: found ", step,
                    ", expected a multiple of 25 below 100: 'p' writes its "
                    "teacher then")));
  }
}

}  // namespace
}  // namespace cxr
