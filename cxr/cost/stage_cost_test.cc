// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/stage_cost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/base/testing.h"
#include "cxr/spec/library.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// One image at 518 pixels, in FLOPs (paper section 3): 2 x (linear + attention
// + patch embedding), with 4 registers and without.
constexpr double kSmallForward =
    2 * (12 * 12 * 1374.0 * 384 * 384 + 24 * 1374.0 * 1374 * 384 +
         1369.0 * 588 * 384);
constexpr double kSmallWithoutRegisters =
    2 * (12 * 12 * 1370.0 * 384 * 384 + 24 * 1370.0 * 1370 * 384 +
         1369.0 * 588 * 384);
constexpr double kSmallPatchEmbedding = 2 * 1369.0 * 588 * 384;

constexpr double kChexpertTraining = 191010;
constexpr double kChexpertValidation = 202;
constexpr double kChexpertTest = 518;

constexpr char kTwoTargets[] = "train { targets: ['x', 'y'] }";
constexpr char kReports[] = R"(
    data { source: IU_XRAY views: ANY_VIEW }
    features { vit { patches { layer_from_end: 1 } } }
    train {
      official { official_validation {} }
      report_decoder {
        small { width: 32 depth: 1 heads: 2 vocabulary_tokens: 256 }
        projector { layers: 2 hidden_width: 32 }
        max_text_tokens: 24
        stages { all {} epochs: 2 }
      }
    }
    predict { subset: TEST decoding { max_new_tokens: 20 beams: 1 } })";

class StageCostTest : public RealExperimentsTest {};

std::vector<CostEstimate> AllCosts(const spec::ExperimentSpec& experiment) {
  return {PretrainCost(experiment), DataCost(experiment),
          FeaturesCost(experiment), TrainCost(experiment),
          PredictCost(experiment),  ScoreCost(experiment)};
}

void ExpectSane(const spec::ExperimentSpec& experiment) {
  for (const CostEstimate& cost : AllCosts(experiment)) {
    EXPECT_TRUE(std::isfinite(cost.flops));
    EXPECT_GE(cost.flops, 0);
    EXPECT_GE(cost.images, 0);
    EXPECT_GE(cost.disk_bytes, 0);
  }
}

TEST_F(StageCostTest, EveryDeclaredExperimentHasACost) {
  int seen = 0;
  for (const std::string& name : library_->TargetNames()) {
    if (library_->HasTable(name)) {
      continue;
    }
    const std::vector<std::string> names = library_->HasStudy(name)
                                               ? library_->CellNames(name)
                                               : std::vector<std::string>{name};
    for (const std::string& each : names) {
      for (const char* rung : {"smoke", "demo", "bench", "paper"}) {
        SCOPED_TRACE(each + " at " + rung);
        ExpectSane(Resolved(each, rung));
        ++seen;
      }
    }
  }
  EXPECT_GT(seen, 100);
}

TEST_F(StageCostTest, APartThatIsNotThereCostsNothing) {
  const spec::ExperimentSpec pretraining =
      ParseSpec<spec::ExperimentSpec>(PretrainingText());
  ExpectSane(pretraining);
  EXPECT_GT(PretrainCost(pretraining).flops, 0);
  EXPECT_EQ(TrainCost(pretraining).flops, 0);
  EXPECT_EQ(DataCost(pretraining).disk_bytes, 0);
  EXPECT_EQ(ScoreCost(pretraining).disk_bytes, 0);
  const spec::ExperimentSpec probe = Layered({kPixelProbe, kVitOverlay});
  ExpectSane(probe);
  EXPECT_EQ(PretrainCost(probe).flops, 0);
  EXPECT_EQ(PretrainCost(probe).disk_bytes, 0);
  const spec::ExperimentSpec both =
      Layered({kPixelProbe, kVitOverlay, kOwnPretraining});
  ExpectSane(both);
  EXPECT_EQ(PretrainCost(both).flops, PretrainCost(pretraining).flops);
  EXPECT_EQ(TrainCost(both).flops, TrainCost(probe).flops);
  ExpectSane(spec::ExperimentSpec());
}

TEST_F(StageCostTest, PretrainingIsThePapers) {
  // Paper section 3, "full": 51.6 ExaFLOP, of 61.44 million images.
  const CostEstimate cost = PretrainCost(Resolved("pretrain_s", "paper"));
  EXPECT_EQ(cost.images, 61440000);
  EXPECT_NEAR(cost.flops / 1e18, 51.6, 0.15);
  // 43.9 million parameters (22.06 + 12.08 + 9.71, paper section 2.5): 24
  // teachers of 4 bytes each, 3 checkpoints of 16.
  EXPECT_NEAR(cost.disk_bytes / 1e9, 0.04385 * (24 * 4 + 3 * 16), 0.01);
  EXPECT_THAT(cost.not_counted, HasSubstr("nearest-neighbour"));
}

TEST_F(StageCostTest, ChangingImagesRunTheBackboneInEveryEpoch) {
  // The paper's frozen probe: 100 epochs with augmentation, registers dropped.
  const spec::ExperimentSpec probe = Resolved("classify_chexpert_s", "paper");
  const CostEstimate train = TrainCost(probe);
  EXPECT_EQ(FeaturesCost(probe).images, 0);
  EXPECT_EQ(FeaturesCost(probe).flops, 0);
  const double read = 100 * (kChexpertTraining + kChexpertValidation);
  EXPECT_EQ(train.images, read);
  const double head = 2 * 1920 * 5;
  EXPECT_NEAR(train.flops,
              read * kSmallWithoutRegisters +
                  100 * head * (3 * kChexpertTraining + kChexpertValidation),
              1e-9 * train.flops);
  const CostEstimate predict = PredictCost(probe);
  EXPECT_EQ(predict.images, kChexpertTest);
  EXPECT_DOUBLE_EQ(predict.flops,
                   kChexpertTest * (kSmallWithoutRegisters + head));
  EXPECT_EQ(train.disk_bytes, 4 * 5 * 1921);
}

TEST_F(StageCostTest, FineTuningTrainsTheBackbone) {
  spec::ExperimentSpec tuned =
      Resolved("classify_chexpert_s_fine_tuned", "paper");
  tuned.mutable_train()->mutable_last_epoch();
  const CostEstimate trained = TrainCost(tuned);
  const double images = 100 * kChexpertTraining;
  const double head = 2 * 1920 * 5;
  EXPECT_NEAR(trained.flops,
              images * (3 * (kSmallForward + head) - kSmallPatchEmbedding),
              1e-9 * trained.flops);
  EXPECT_EQ(trained.disk_bytes, 4 * (5 * 1921 + 22058112));
  tuned.mutable_train()->mutable_fine_tune()->set_backbone_gradient(
      spec::BLOCKED_AS_RELEASED);
  const CostEstimate blocked = TrainCost(tuned);
  EXPECT_NEAR(blocked.flops, images * (kSmallForward + 3 * head),
              1e-9 * blocked.flops);
  EXPECT_EQ(blocked.disk_bytes, 4 * 5 * 1921);
  EXPECT_EQ(blocked.images, trained.images);
}

TEST_F(StageCostTest, FixedFeaturesAreComputedOnce) {
  // 1,000 images of 56 pixels: 16 patches, 21 tokens of 96 in 4 blocks.
  const spec::ExperimentSpec probe =
      Layered({kPixelProbe, kVitOverlay, kTwoTargets});
  const CostEstimate features = FeaturesCost(probe);
  EXPECT_EQ(features.images, 1000);
  EXPECT_EQ(features.flops,
            1000 * 2.0 *
                (4 * 12 * 21 * 96 * 96 + 4 * 2 * 21 * 21 * 96 + 16 * 588 * 96));
  EXPECT_EQ(features.disk_bytes, 1000 * 96 * 5 * 4);
  const CostEstimate train = TrainCost(probe);
  EXPECT_EQ(train.images, 0);
  // 5 epochs of 5 heads on 4/5 of the images.
  EXPECT_EQ(train.flops, 6.0 * 480 * 2 * 5 * 4000);
  EXPECT_EQ(train.disk_bytes, 5 * 4 * 2 * 481);
  const CostEstimate predict = PredictCost(probe);
  EXPECT_EQ(predict.images, 0);
  EXPECT_EQ(predict.flops, 1000 * 2.0 * 480 * 2);
}

TEST_F(StageCostTest, PixelsNeedNoArithmetic) {
  const spec::ExperimentSpec probe = Layered({kPixelProbe});
  const CostEstimate features = FeaturesCost(probe);
  EXPECT_EQ(features.flops, 0);
  EXPECT_EQ(features.images, 1000);
  EXPECT_EQ(features.disk_bytes, 1000 * 32 * 32 * 4);
  EXPECT_EQ(TrainCost(probe).flops, 6.0 * 1024 * 5 * 4000);
}

TEST_F(StageCostTest, EpochsAndImagesScaleTheCost) {
  for (const auto& [name, rung] :
       {std::pair("classify_nih_cxr8_s", "demo"),
        std::pair("classify_chexpert_s", "paper"),
        std::pair("classify_nih_cxr8_pixels", "demo")}) {
    spec::ExperimentSpec probe = Resolved(name, rung);
    const CostEstimate once = TrainCost(probe);
    spec::LinearProbeSpec& head =
        *probe.mutable_train()->mutable_linear_probe();
    head.set_epochs(2 * head.epochs());
    EXPECT_DOUBLE_EQ(TrainCost(probe).flops, 2 * once.flops);
    EXPECT_EQ(TrainCost(probe).images, 2 * once.images);
    EXPECT_EQ(TrainCost(probe).disk_bytes, once.disk_bytes);
  }
  spec::ExperimentSpec pixels = Layered({kPixelProbe});
  const CostEstimate all = TrainCost(pixels);
  pixels.mutable_data()->mutable_sample()->set_fraction(0.25);
  EXPECT_EQ(4 * TrainCost(pixels).flops, all.flops);
  EXPECT_EQ(4 * FeaturesCost(pixels).disk_bytes, 1000 * 1024 * 4);
  EXPECT_EQ(4 * PredictCost(pixels).disk_bytes, 1000 * (60 + 16));
}

TEST_F(StageCostTest, ASweepReadsItsOwnBatches) {
  const spec::ExperimentSpec sweep =
      Resolved("classify_chexpert_s_sweep", "paper");
  const double trained = 10 * 1250 * 128;
  const double seen = 10 * kChexpertValidation;
  // 13 rates, inputs of 2 and of 5 vectors of 384, 5 targets.
  const double heads = 2.0 * 13 * 7 * 384 * 5;
  const CostEstimate cost = TrainCost(sweep);
  EXPECT_EQ(cost.images, trained + seen);
  EXPECT_NEAR(cost.flops,
              (trained + seen) * kSmallForward + heads * (3 * trained + seen),
              1e-9 * cost.flops);
}

TEST_F(StageCostTest, SegmentationNeverHasFixedFeatures) {
  // The demo's has no augmentation; its tokens are too many to be kept.
  const spec::ExperimentSpec demo = Resolved("segment_chexmask_s", "demo");
  EXPECT_EQ(FeaturesCost(demo).images, 0);
  EXPECT_GT(TrainCost(demo).images, 0);
  spec::ExperimentSpec paper = Resolved("segment_chexmask_s", "paper");
  paper.mutable_train()->mutable_last_epoch();
  const CostEstimate train = TrainCost(paper);
  EXPECT_EQ(train.images % 5, 0);
  EXPECT_NEAR(train.flops,
              train.images * (kSmallForward + 3 * 2 * 4 * 384.0 * 1369),
              1e-9 * train.flops);
  EXPECT_EQ(train.disk_bytes, 4 * 1540);
  const CostEstimate predict = PredictCost(paper);
  EXPECT_EQ(predict.disk_bytes, predict.images * 518 * 518 / 4);
}

TEST_F(StageCostTest, ModelsInFilesAreNotCounted) {
  const spec::ExperimentSpec reports =
      Resolved("generate_mimic_cxr_s", "paper");
  const CostEstimate train = TrainCost(reports);
  EXPECT_THAT(train.not_counted, HasSubstr("language model"));
  EXPECT_EQ(train.not_counted, PredictCost(reports).not_counted);
  // Two stages of an epoch each, of the backbone alone.
  EXPECT_EQ(train.images % 2, 0);
  EXPECT_NEAR(train.flops, train.images * kSmallForward, 1e-9 * train.flops);
}

TEST_F(StageCostTest, ASmallDecoderIsCounted) {
  spec::ExperimentSpec reports = Layered({kPixelProbe, kVitOverlay, kReports});
  const CostEstimate train = TrainCost(reports);
  EXPECT_EQ(train.not_counted, "");
  EXPECT_EQ(train.images, 2 * 4138);
  // 16 image tokens of 96 and 24 words.
  const double decoder = 2 * (16.0 * (96 * 32 + 32 * 32) + 40 * 12 * 32 * 32 +
                              (40 * 41 / 2) * 2 * 32 + 24 * 256 * 32);
  const double backbone =
      2.0 * (4 * 12 * 21 * 96 * 96 + 4 * 2 * 21 * 21 * 96 + 16 * 588 * 96);
  EXPECT_DOUBLE_EQ(train.flops, 2 * 4138 * (3 * decoder + backbone));
  EXPECT_EQ(PredictCost(reports).images, 1180);
  EXPECT_EQ(PredictCost(reports).disk_bytes, 1180 * (60 + 5 * 20));
  reports.mutable_train()
      ->mutable_report_decoder()
      ->mutable_stages(0)
      ->mutable_low_rank();
  EXPECT_EQ(TrainCost(reports).not_counted, "the low-rank matrices");
}

TEST_F(StageCostTest, DataAndScoreAreSmall) {
  const spec::ExperimentSpec probe = Layered({kPixelProbe});
  const CostEstimate data = DataCost(probe);
  EXPECT_EQ(data.flops, 0);
  EXPECT_EQ(data.images, 0);
  EXPECT_EQ(data.disk_bytes, 1000 * 100);
  const CostEstimate score = ScoreCost(probe);
  EXPECT_EQ(score.flops, 0);
  EXPECT_EQ(score.images, 0);
  EXPECT_LT(score.disk_bytes, 10000);
}

}  // namespace
}  // namespace cxr
