// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "cxr/base/testing.h"
#include "cxr/spec/identity_parts.h"
#include "cxr/spec/library.h"
#include "cxr/spec/lint.h"
#include "cxr/spec/references.h"
#include "cxr/spec/show.h"
#include "cxr/spec/testing.h"

// What is declared in experiments/, against the paper.

namespace cxr {
namespace {

using ::testing::ElementsAre;

class ExperimentsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    absl::StatusOr<SpecLibrary> library =
        SpecLibrary::Load(TestData("experiments"));
    ASSERT_OK(library);
    library_ = std::make_unique<SpecLibrary>(*std::move(library));
  }
  static void TearDownTestSuite() { library_.reset(); }

  static spec::ExperimentSpec Resolved(absl::string_view name,
                                       absl::string_view rung) {
    absl::StatusOr<ResolvedExperiment> experiment =
        library_->Resolve(name, {.rung = std::string(rung)});
    EXPECT_OK(experiment);
    return experiment.ok() ? experiment->spec : spec::ExperimentSpec();
  }

  static std::unique_ptr<SpecLibrary> library_;
};

std::unique_ptr<SpecLibrary> ExperimentsTest::library_;

// Compared as text, because that shows what differs.
std::string Text(const spec::ExperimentSpec& experiment) {
  return ToText({.spec = experiment});
}

TEST_F(ExperimentsTest, LintFindsNothing) {
  for (const SpecIssue& issue : Lint(library_->catalog())) {
    ADD_FAILURE() << ToString(issue);
  }
}

TEST_F(ExperimentsTest, ProtobufsOwnReaderUnderstandsTheSame) {
  for (const auto& file : library_->catalog().files()) {
    const std::unique_ptr<google::protobuf::Message> other =
        NewSpec(file->kind);
    EXPECT_TRUE(
        google::protobuf::TextFormat::ParseFromString(file->text, other.get()))
        << file->path;
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
        *other, *file->message))
        << file->path;
  }
}

// Paper sections 2.2 to 2.9, the recommended recipe of S.
TEST_F(ExperimentsTest, PretrainSHasTheRecipeOfThePaper) {
  const spec::ExperimentSpec s = Resolved("pretrain_s", "paper");
  EXPECT_EQ(s.protocol(), spec::AS_PUBLISHED);
  EXPECT_EQ(s.backbone().width(), 384);
  EXPECT_EQ(s.backbone().registers(), 4);
  const spec::PretrainSpec& pretrain = s.pretrain();
  EXPECT_EQ(pretrain.data_size(), 5);
  EXPECT_EQ(pretrain.crops().global_size_pixels(), 518);
  EXPECT_EQ(pretrain.crops().local_size_pixels(), 98);
  EXPECT_EQ(pretrain.crops().local_count(), 8);
  EXPECT_EQ(pretrain.heads().dino().prototypes(), 16384);
  EXPECT_EQ(pretrain.heads().separate().prototypes(), 16384);
  EXPECT_EQ(pretrain.heads().dino().bottleneck_width(), 384);
  EXPECT_EQ(pretrain.ema_centering().momentum(), 0.9);
  EXPECT_EQ(pretrain.temperatures().student(), 0.1);
  EXPECT_EQ(pretrain.temperatures().teacher_start(), 0.04);
  EXPECT_EQ(pretrain.temperatures().teacher_end(), 0.07);
  EXPECT_EQ(pretrain.temperatures().teacher_warmup_epochs(), 30);
  EXPECT_EQ(pretrain.losses().koleo(), 0.1);
  EXPECT_EQ(pretrain.batch().global_images(), 1024);
  EXPECT_EQ(pretrain.batch().group_images(), 64);
  EXPECT_EQ(pretrain.optimizer().learning_rate(), 3e-4);
  EXPECT_EQ(pretrain.optimizer().weight_decay(), 0);
  EXPECT_EQ(pretrain.optimizer().max_gradient_norm(), 3);
  EXPECT_EQ(pretrain.schedule().epochs(), 100);
  EXPECT_EQ(pretrain.schedule().steps_per_epoch(), 611);
  EXPECT_EQ(pretrain.schedule().warmup_epochs(), 10);
  EXPECT_EQ(pretrain.schedule().min_learning_rate(), 1e-6);
  EXPECT_EQ(pretrain.schedule().momentum_start(), 0.999);
  EXPECT_EQ(pretrain.schedule().momentum_end(), 0.999);
  EXPECT_EQ(pretrain.schedule().layer_decay(), 1);
  EXPECT_EQ(pretrain.schedule().patch_embed_multiplier(), 0.2);
  EXPECT_EQ(pretrain.schedule().learning_rate_scaling(),
            spec::NO_LEARNING_RATE_SCALING_AS_RELEASED);
  EXPECT_EQ(pretrain.initial_weights().file().file(),
            "dinov2_vits14_reg4_pretrain.pth");
}

// Paper section 4.2, points 2 to 6.
TEST_F(ExperimentsTest, ThePublishedProbesHaveTheQuirksOfTheReleasedCode) {
  const spec::ExperimentSpec s = Resolved("classify_chexpert_s", "paper");
  EXPECT_EQ(s.protocol(), spec::AS_PUBLISHED);
  EXPECT_EQ(s.features().vit().pooled().token(),
            spec::TOP_LEFT_PATCH_AS_RELEASED);
  EXPECT_EQ(s.features().vit().registers(), spec::DROPPED_AS_RELEASED);
  EXPECT_EQ(s.train().label_policy(), spec::NAN_TO_ONE);
  EXPECT_EQ(s.score().classification().level(), spec::IMAGE_LEVEL);
  EXPECT_EQ(s.train().best_epoch().metric(), spec::BEST_MACRO_AUROC);
  EXPECT_EQ(s.train().linear_probe().optimizer().max_gradient_norm(), 1);
  EXPECT_EQ(s.features().vit().weights().pretrained().experiment(),
            "pretrain_s");
  EXPECT_THAT(s.train().targets(),
              ElementsAre("Atelectasis", "Cardiomegaly", "Consolidation",
                          "Edema", "Pleural Effusion"));
  EXPECT_EQ(Resolved("classify_rsna_s", "paper").features().vit().registers(),
            spec::KEPT);
  EXPECT_EQ(
      Resolved("classify_vindr_s", "paper").train().official().validation(),
      spec::TRAINING_IMAGES_AS_RELEASED);
}

TEST_F(ExperimentsTest, TheCorrectedProtocolHasNone) {
  ASSERT_OK_AND_ASSIGN(
      const ResolvedExperiment s,
      library_->Resolve("classify_chexpert_s",
                        {.rung = "paper", .protocol = "corrected"}));
  EXPECT_EQ(s.spec.protocol(), spec::CORRECTED);
  EXPECT_EQ(Text(s.spec).find("AS_RELEASED"), std::string::npos);
  EXPECT_EQ(s.spec.train().label_policy(), spec::U_ONES);
}

TEST_F(ExperimentsTest, TablesShareTheCellsOfTheirCommonRows) {
  const auto cells = [](absl::string_view name) {
    absl::StatusOr<spec::TableSpec> table = library_->Table(name);
    EXPECT_OK(table);
    const std::vector<std::string> names = NamesIn(*table, spec::EXPERIMENT);
    return std::set<std::string>(names.begin(), names.end());
  };
  const std::set<std::string> ours = cells("table_classification");
  int shared = 0;
  for (const std::string& name : cells("table_comparison_classification")) {
    shared += ours.contains(name) ? 1 : 0;
  }
  // S and B on the three sets of the comparison.
  EXPECT_EQ(shared, 6);
}

TEST_F(ExperimentsTest, CellsOfScaleVitAreAllDifferent) {
  const std::vector<std::string> names = library_->CellNames("scale_vit");
  EXPECT_GE(names.size(), 45u);
  std::set<std::string> digests;
  for (const std::string& name : names) {
    EXPECT_TRUE(digests.insert(SpecDigest(Resolved(name, "paper"))).second)
        << name;
  }
}

constexpr char kDemoEnd[] = R"(predict { subset: OUT_OF_FOLD }
  score {
    classification { profile: CXFORMER_FINETUNE level: IMAGE_LEVEL }
    bootstrap { resamples: 1000 confidence: 0.95 seed: 0 unit: PATIENT }
  })";

constexpr char kDemoTrain[] = R"(
  data { source: NIH64 part: ALL_PARTS views: [PA, AP] max_patients: 0 }
  train {
    targets: [
      "Atelectasis", "Cardiomegaly", "Effusion", "Infiltration", "Mass",
      "Nodule", "Pneumonia", "Pneumothorax"
    ]
    label_policy: COMPLETE_LABELS
    patient_folds {}
    augmentation { none {} }
    last_epoch {}
    linear_probe {
      optimizer {
        learning_rate: 1e-3 weight_decay: 0 beta1: 0.9 beta2: 0.999
        epsilon: 1e-8 max_gradient_norm: 0
      }
      epochs: 10 batch_images: 64 weight_init_std: 0.01 scaling: STANDARDIZED
      seed: 7479
    }
  })";

TEST_F(ExperimentsTest, TheDemoOfSIsThis) {
  EXPECT_EQ(Text(Resolved("classify_nih_cxr8_s", "demo")),
            Text(Layered({kDemoTrain, kDemoEnd, R"(
  description: "NIH-CXR8, frozen probe on S."
  protocol: AS_PUBLISHED
  backbone {
    layout: DINOV2 width: 96 depth: 4 heads: 3 mlp_ratio: 4
    patch_size_pixels: 14 position_grid: 8 registers: 4
    position_interpolation: ANTIALIASED
  }
  features {
    preprocess {
      equalization: OPENCV_HISTOGRAM input_size_pixels: 112
      resampling: PILLOW_BICUBIC normalization: IMAGENET
    }
    vit {
      weights {
        random { seed: 0 layer_scale_init: 1 linear_std: 0.1 position_std: 1 }
      }
      registers: KEPT
      pooled {
        last_layers: 4 token: TOP_LEFT_PATCH_AS_RELEASED norm: FINAL_NORM
      }
    }
  })"})));
}

TEST_F(ExperimentsTest, TheDemoOfPixelsIsThis) {
  EXPECT_EQ(Text(Resolved("classify_nih_cxr8_pixels", "demo")),
            Text(Layered({kDemoTrain, kDemoEnd, R"(
  description: "NIH-CXR8, probe on 32-pixel images, the control."
  protocol: DECLARED_GUESS
  features {
    preprocess {
      equalization: OPENCV_HISTOGRAM input_size_pixels: 32
      resampling: PILLOW_BICUBIC normalization: NO_NORMALIZATION
    }
    pixels {}
  })"})));
}

TEST_F(ExperimentsTest, TheDemosOfBDifferInTheirBackbone) {
  const spec::ExperimentSpec b = Resolved("classify_nih_cxr8_b", "demo");
  spec::ExperimentSpec s = Resolved("classify_nih_cxr8_s", "demo");
  *s.mutable_backbone() = b.backbone();
  *s.mutable_features()->mutable_vit()->mutable_weights() =
      b.features().vit().weights();
  EXPECT_EQ(IdentityParts(s).size(), IdentityParts(b).size());
  EXPECT_EQ(SpecDigest(s), SpecDigest(b));
}

}  // namespace
}  // namespace cxr
