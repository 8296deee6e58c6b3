// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/fixed_features.h"

#include <gtest/gtest.h>

#include "cxr/spec/testing.h"

namespace cxr {
namespace {

TEST(FixedFeaturesTest, WhatVariesOrLearnsIsNotFixed) {
  const auto with = [](absl::string_view change) {
    return HasFixedFeatures(Layered({kPixelProbe, kVitOverlay, change}));
  };
  EXPECT_TRUE(HasFixedFeatures(Layered({kPixelProbe})));
  EXPECT_TRUE(with(""));
  EXPECT_FALSE(with("train { augmentation { pipeline {} } }"));
  EXPECT_FALSE(with("train { fine_tune {} }"));
  EXPECT_FALSE(with("train { segmentation_head {} }"));
  EXPECT_FALSE(with("train { report_decoder {} }"));
  EXPECT_FALSE(with("features { vit { patches {} } }"));
}

}  // namespace
}  // namespace cxr
