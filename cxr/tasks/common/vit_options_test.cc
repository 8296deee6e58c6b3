// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/vit_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::IsEmpty;

spec::VitSpec Spec(absl::string_view changes = "") {
  spec::VitSpec spec;
  EXPECT_THAT(ParseTextproto(R"pb(
                               layout: DINOV2
                               width: 96
                               depth: 3
                               heads: 4
                               mlp_ratio: 2
                               patch_size_pixels: 8
                               position_grid: 5
                               registers: 1
                               position_interpolation: ANTIALIASED
                             )pb",
                             spec)
                  .issues,
              IsEmpty());
  spec::VitSpec change;
  EXPECT_THAT(ParseTextproto(changes, change).issues, IsEmpty());
  spec.MergeFrom(change);
  return spec;
}

TEST(VitOptionsTest, EverySizeIsTaken) {
  const VitOptions expected = {
      .width = 96,
      .depth = 3,
      .heads = 4,
      .mlp_ratio = 2,
      .patch_size_pixels = 8,
      .position_grid = 5,
      .registers = 1,
      .interpolation = PositionInterpolation::kAntialiased};
  EXPECT_TRUE(VitOptionsOf(Spec()) == expected);
}

TEST(VitOptionsTest, ThePapersSmallModelIsS) {
  EXPECT_TRUE(VitOptionsOf(Spec(R"pb(width: 384
                                     depth: 12
                                     heads: 6
                                     mlp_ratio: 4
                                     patch_size_pixels: 14
                                     position_grid: 37
                                     registers: 4)pb")) == VitSmall14());
}

TEST(VitOptionsTest, PositionsAreResizedAsTheSpecSays) {
  EXPECT_EQ(VitOptionsOf(Spec("position_interpolation: OFFSET_AS_RELEASED"))
                .interpolation,
            PositionInterpolation::kOffsetAsReleased);
}

TEST(VitOptionsTest, LayoutsDecideNormsAndActivations) {
  const VitOptions dinov2 = VitOptionsOf(Spec());
  EXPECT_TRUE(VitOptionsOf(Spec("layout: TIMM")) ==
              WithLayout(dinov2, VitLayout::kTimm));
  EXPECT_TRUE(VitOptionsOf(Spec("layout: OPENAI_CLIP")) ==
              WithLayout(dinov2, VitLayout::kOpenAiClip));
  EXPECT_FALSE(VitOptionsOf(Spec("layout: OPENAI_CLIP")) == dinov2);
}

TEST(VitOptionsDeathTest, AnIncompleteSpecEndsTheProgram) {
  spec::VitSpec no_layout = Spec();
  no_layout.clear_layout();
  EXPECT_EXIT(VitOptionsOf(no_layout), ::testing::ExitedWithCode(70),
              "unresolved spec: layout");
  spec::VitSpec no_interpolation = Spec();
  no_interpolation.clear_position_interpolation();
  EXPECT_EXIT(VitOptionsOf(no_interpolation), ::testing::ExitedWithCode(70),
              "unresolved spec: position_interpolation");
}

}  // namespace
}  // namespace cxr
