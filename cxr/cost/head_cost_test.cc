// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/head_cost.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

constexpr char kPooled[] =
    "features { preprocess { input_size_pixels: 518 } "
    "vit { pooled { last_layers: 4 } } } ";
constexpr char kPatches[] =
    "features { preprocess { input_size_pixels: 518 } "
    "vit { patches { layer_from_end: 1 } } } ";
constexpr char kPixels[] =
    "features { preprocess { input_size_pixels: 32 } pixels {} } ";
constexpr char kSweep[] =
    "train { targets: ['a', 'b', 'c'] "
    "probe_sweep { learning_rates: [1e-3, 1e-2] last_layers: [1, 4] } }";

spec::ExperimentSpec Experiment(int width, absl::string_view features,
                                absl::string_view train) {
  return ParseSpec<spec::ExperimentSpec>(
      absl::StrCat("backbone { patch_size_pixels: 14 width: ", width, " } ",
                   features, train));
}

TEST(HeadCostTest, FeaturesAreAsManyAsThePaperSays) {
  EXPECT_EQ(KeptFeatures(Experiment(384, kPooled, "")), 1920);
  EXPECT_EQ(KeptFeatures(Experiment(768, kPooled, "")), 3840);
  EXPECT_EQ(KeptFeatures(Experiment(384, kPixels, "")), 1024);
  EXPECT_EQ(KeptFeatures(Experiment(384, kPatches, "")), 0);
}

TEST(HeadCostTest, AProbeIsOneLayer) {
  const spec::ExperimentSpec probe =
      Experiment(384, kPooled, "train { targets: ['a', 'b'] linear_probe {} }");
  EXPECT_EQ(TrainedHeadForward(probe), 2 * 1920);
  EXPECT_EQ(KeptHeadForward(probe), 2 * 1920);
  EXPECT_EQ(KeptHeadParameters(probe), 2 * 1921);
}

TEST(HeadCostTest, ASweepTrainsAllProbesAndKeepsOne) {
  const spec::ExperimentSpec sweep = Experiment(384, kPooled, kSweep);
  EXPECT_EQ(TrainedHeadForward(sweep), 3 * 2 * 384 * (2 + 5));
  EXPECT_EQ(KeptHeadForward(sweep), 3 * 1920);
  EXPECT_EQ(KeptHeadParameters(sweep), 3 * 1921);
}

TEST(HeadCostTest, ASweepOnPixelsReadsAllOfThem) {
  const spec::ExperimentSpec sweep = Experiment(384, kPixels, kSweep);
  EXPECT_EQ(TrainedHeadForward(sweep), 3 * 2 * 2 * 1024);
  EXPECT_EQ(KeptHeadForward(sweep), 3 * 1024);
}

TEST(HeadCostTest, SegmentationIsALayerAPatch) {
  const char train[] = "train { segmentation_head {} }";
  // Parameters: segmentation_head.proto.
  EXPECT_EQ(KeptHeadParameters(Experiment(384, kPatches, train)), 1540);
  EXPECT_EQ(KeptHeadParameters(Experiment(768, kPatches, train)), 3076);
  EXPECT_EQ(KeptHeadForward(Experiment(384, kPatches, train)), 1369 * 384 * 4);
}

TEST(HeadCostTest, AReportDecoderIsCountedElsewhere) {
  const spec::ExperimentSpec reports =
      Experiment(384, kPatches, "train { report_decoder {} }");
  EXPECT_EQ(TrainedHeadForward(reports), 0);
  EXPECT_EQ(KeptHeadParameters(reports), 0);
}

}  // namespace
}  // namespace cxr
