// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_images.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Two sets: some of the thumbnails, and the whole radiographs of Hannover.
constexpr absl::string_view kTwoSets = R"pb(
  pretrain {
    data { source: NIH64 part: ALL_PARTS views: PA max_patients: 3 }
    data {
      source: HANNOVER
      part: ALL_PARTS
      views: [ PA, AP ]
      max_patients: 0
    }
  }
)pb";

TEST(PretrainImagesTest, SetsStandOneAfterAnother) {
  const spec::ExperimentSpec spec = SmallPretraining(kTwoSets);
  ASSERT_OK_AND_ASSIGN(const PretrainImages images,
                       PretrainImages::Create(spec.pretrain(), OpenSample));
  ASSERT_EQ(images.starts().size(), 3);
  const int64_t second = images.starts()[1];
  EXPECT_GT(second, 0);
  EXPECT_GT(images.size(), second);
  ASSERT_OK_AND_ASSIGN(const GrayImage thumbnail, images.Load(second - 1));
  EXPECT_EQ(thumbnail.width, 64);
  ASSERT_OK_AND_ASSIGN(const GrayImage whole, images.Load(second));
  EXPECT_GT(whole.width, 64);
  EXPECT_NE(images.ExampleOf(second - 1).id, images.ExampleOf(second).id);
  EXPECT_THAT(images.Notes(), ElementsAre(HasSubstr("data NIH64, "),
                                          HasSubstr("data HANNOVER, ")));
}

TEST(PretrainImagesTest, AMissingSetIsSaid) {
  const spec::ExperimentSpec spec = SmallPretraining(
      "pretrain { data { source: BRAX part: ALL_PARTS views: PA } }");
  EXPECT_THAT(PretrainImages::Create(spec.pretrain(), OpenSample),
              StatusIs(absl::StatusCode::kUnimplemented, HasSubstr("BRAX")));
}

}  // namespace
}  // namespace cxr
