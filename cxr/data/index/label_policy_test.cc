// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/label_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsNan;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Six images: present, absent, uncertain, unmentioned; then two without a
// finding, though the first has a positive cell.
ImageIndex Chexpert() {
  ImageIndex index{.source = "chexpert",
                   .label_names = {"No Finding", "Edema", "Support Devices"},
                   .labels = {kNan, 1, 1, kNan, 0, 0, kNan, -1, -1,  //
                              kNan, kNan, kNan, 1, 1, 1, 1, kNan, kNan}};
  for (int i = 0; i < 6; ++i) {
    index.examples.push_back({.id = std::string(1, char('a' + i))});
  }
  return index;
}

std::vector<float> Labels(const ImageIndex& index, const std::string& target,
                          spec::LabelPolicy policy) {
  absl::StatusOr<std::vector<float>> labels =
      ResolveLabels(index, {target}, policy);
  EXPECT_OK(labels);
  return labels.value_or(std::vector<float>());
}

TEST(LabelPolicyTest, UncertainAndUnmentionedAreReadAsThePolicySays) {
  const ImageIndex index = Chexpert();
  EXPECT_THAT(Labels(index, "Edema", spec::U_ONES),
              ElementsAre(1, 0, 1, 0, 1, 0));
  EXPECT_THAT(Labels(index, "Edema", spec::U_ZEROS),
              ElementsAre(1, 0, 0, 0, 1, 0));
  EXPECT_THAT(Labels(index, "Edema", spec::U_IGNORE),
              ElementsAre(1, 0, IsNan(), 0, 1, 0));
}

TEST(LabelPolicyTest, TheReleasedReadingMakesWhatIsMissingPositive) {
  const ImageIndex index = Chexpert();
  EXPECT_THAT(Labels(index, "Edema", spec::NAN_TO_ONE),
              ElementsAre(1, 0, 1, 1, 0, 0));
  EXPECT_THAT(Labels(index, "Support Devices", spec::NAN_TO_ONE),
              ElementsAre(1, 0, 1, 1, 1, 1));
  EXPECT_THAT(Labels(index, "No Finding", spec::NAN_TO_ONE),
              ElementsAre(1, 1, 1, 1, 1, 1));
}

TEST(LabelPolicyTest, MimicCxrLosesItsDevicesToo) {
  ImageIndex index = Chexpert();
  for (const char* source : {"mimic_cxr", "chexmask"}) {
    index.source = source;
    EXPECT_THAT(Labels(index, "Support Devices", spec::NAN_TO_ONE),
                ElementsAre(1, 0, 1, 1, 0, 0));
  }
}

TEST(LabelPolicyTest, ReadersAreCounted) {
  ImageIndex index{.source = "vindr",
                   .label_names = {"ILD"},
                   .examples = std::vector<Example>(5),
                   .labels = {0, 1.0f / 3, 2.0f / 3, 1, 0.5f}};
  EXPECT_THAT(Labels(index, "ILD", spec::MAJORITY), ElementsAre(0, 0, 1, 1, 0));
  EXPECT_THAT(Labels(index, "ILD", spec::AT_LEAST_ONE),
              ElementsAre(0, 1, 1, 1, 1));
}

TEST(LabelPolicyTest, WhatAPolicyDoesNotReadIsAnError) {
  const ImageIndex index = Chexpert();
  EXPECT_THAT(ResolveLabels(index, {"Edema"}, spec::COMPLETE_LABELS),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "chexpert: image c: Edema is uncertain, which "
                       "COMPLETE_LABELS does not read"));
  EXPECT_THAT(ResolveLabels(index, {"No Finding"}, spec::MAJORITY),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "chexpert: image a: No Finding is nothing, which "
                       "MAJORITY does not read"));
  ImageIndex shares = Chexpert();
  shares.labels[1] = 0.5f;
  EXPECT_THAT(ResolveLabels(shares, {"Edema"}, spec::U_ONES),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       ::testing::HasSubstr("Edema is 0.5, which U_ONES")));
  EXPECT_THAT(ResolveLabels(index, {"Oedema"}, spec::U_ONES),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::HasSubstr("no label 'Oedema'")));
}

}  // namespace
}  // namespace cxr
