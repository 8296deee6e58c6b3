// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/vit_options.h"

#include "cxr/base/check.h"

namespace cxr {
namespace {

PositionInterpolation InterpolationOf(spec::PositionInterpolation value) {
  switch (value) {
    case spec::ANTIALIASED:
      return PositionInterpolation::kAntialiased;
    case spec::OFFSET_AS_RELEASED:
      return PositionInterpolation::kOffsetAsReleased;
    default:
      CXR_CHECK(false) << "unresolved spec: position_interpolation " << value;
      return PositionInterpolation::kAntialiased;
  }
}

VitLayout LayoutOf(spec::VitLayout layout) {
  switch (layout) {
    case spec::DINOV2:
      return VitLayout::kDinov2;
    case spec::TIMM:
      return VitLayout::kTimm;
    case spec::OPENAI_CLIP:
      return VitLayout::kOpenAiClip;
    default:
      CXR_CHECK(false) << "unresolved spec: layout " << layout;
      return VitLayout::kDinov2;
  }
}

}  // namespace

VitOptions VitOptionsOf(const spec::VitSpec& spec) {
  const VitOptions sizes = {
      .width = spec.width(),
      .depth = spec.depth(),
      .heads = spec.heads(),
      .mlp_ratio = spec.mlp_ratio(),
      .patch_size_pixels = spec.patch_size_pixels(),
      .position_grid = spec.position_grid(),
      .registers = spec.registers(),
      .interpolation = InterpolationOf(spec.position_interpolation())};
  return WithLayout(sizes, LayoutOf(spec.layout()));
}

}  // namespace cxr
