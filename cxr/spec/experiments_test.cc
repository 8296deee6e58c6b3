// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/testing.h"
#include "cxr/spec/field_values.h"
#include "cxr/spec/identity_parts.h"
#include "cxr/spec/library.h"
#include "cxr/spec/lint.h"
#include "cxr/spec/places.h"
#include "cxr/spec/references.h"
#include "cxr/spec/show.h"
#include "cxr/spec/testing.h"

// What is declared in experiments/, against the paper.

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class ExperimentsTest : public RealExperimentsTest {
 protected:
  // Names of the experiments and of the cells of the studies.
  static std::vector<std::string> AllExperiments() {
    std::vector<std::string> names;
    for (const std::string& name : library_->TargetNames()) {
      if (library_->HasStudy(name)) {
        for (std::string& cell : library_->CellNames(name)) {
          names.push_back(std::move(cell));
        }
      } else if (!library_->HasTable(name)) {
        names.push_back(name);
      }
    }
    return names;
  }
};

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
  EXPECT_TRUE(Resolved("classify_vindr_s", "paper")
                  .train()
                  .official()
                  .has_training_images_as_released());
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

// Whether a value or a member of a choice is named as a quirk of the released
// code.
bool IsQuirk(absl::string_view name) {
  return absl::EndsWithIgnoreCase(name, "AS_RELEASED") || name == "NAN_TO_ONE";
}

// Paths of the quirks in `message`, which stands at `path`.
std::vector<std::string> Quirks(const google::protobuf::Message& message,
                                const std::string& path) {
  std::vector<std::string> quirks;
  const auto* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    const std::string at = JoinField(path, field->name());
    if (IsQuirk(field->name())) {
      quirks.push_back(at);
    }
    const int size =
        field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < size; ++i) {
      if (field->enum_type() != nullptr) {
        const std::string& value =
            field->is_repeated()
                ? reflection->GetRepeatedEnum(message, field, i)->name()
                : reflection->GetEnum(message, field)->name();
        if (IsQuirk(value)) {
          quirks.push_back(absl::StrCat(at, " = ", value));
        }
      } else if (field->message_type() != nullptr) {
        const std::vector<std::string> below =
            Quirks(InnerMessage(message, *field, i),
                   field->is_repeated() ? ItemField(at, i) : at);
        quirks.insert(quirks.end(), below.begin(), below.end());
      }
    }
  }
  return quirks;
}

TEST(QuirksTest, AreFoundInValuesChoicesAndLists) {
  EXPECT_THAT(
      Quirks(ParseSpec<spec::ExperimentSpec>(
                 "pretrain { data { source: BRAX }"
                 "  data { sixteen_bit: CLIPPED_AS_RELEASED }"
                 "  crops { local { blur_probability: BLUR_AS_RELEASED } }"
                 "  precision: BFLOAT16_TRAINING }"
                 "train { label_policy: NAN_TO_ONE"
                 "  official { training_images_as_released {} } }"),
             ""),
      UnorderedElementsAre(
          "pretrain.data[1].sixteen_bit = CLIPPED_AS_RELEASED",
          "pretrain.crops.local.blur_probability = BLUR_AS_RELEASED",
          "train.label_policy = NAN_TO_ONE",
          "train.official.training_images_as_released"));
}

TEST_F(ExperimentsTest, NothingCorrectedHasAQuirkAtAnyRung) {
  int corrected = 0;
  for (const std::string& name : AllExperiments()) {
    for (const char* rung : {"paper", "bench", "demo", "smoke"}) {
      ASSERT_OK_AND_ASSIGN(
          const ResolvedExperiment experiment,
          library_->Resolve(name, {.rung = rung, .protocol = "corrected"}));
      if (experiment.spec.protocol() == spec::CORRECTED) {
        ++corrected;
        EXPECT_THAT(Quirks(experiment.spec, ""), IsEmpty())
            << name << " at " << rung;
      }
    }
  }
  EXPECT_GE(corrected, 300);
}

TEST_F(ExperimentsTest, EverythingResolvesAtEveryRungAsPublished) {
  for (const std::string& name : AllExperiments()) {
    for (const char* rung : {"paper", "bench", "demo", "smoke"}) {
      EXPECT_OK(
          library_->Resolve(name, {.rung = rung, .protocol = "as_published"}))
          << name << " at " << rung;
    }
  }
}

// Paper section 4.3: the authors' ablations are probed on 19,232 images, those
// of the patients that they are pretrained on.
TEST_F(ExperimentsTest, AblationsAreProbedOnTheTenthTheyArePretrainedOn) {
  const spec::ExperimentSpec ablation =
      Resolved("ablate_centering/centering=ema/seed=0", "paper");
  const spec::PatientSampleSpec& sample =
      ablation.train().official().training_sample();
  EXPECT_EQ(sample.fraction(), 0.1);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(
      sample, ablation.pretrain().data(0).sample()));
  EXPECT_FALSE(Resolved("classify_chexpert_s", "paper")
                   .train()
                   .official()
                   .has_training_sample());
}

// The rungs of a first visit ask for no licence and no download.
TEST_F(ExperimentsTest, SmallRungsNeedNothing) {
  for (const char* rung : {"demo", "smoke"}) {
    for (const char* name :
         {"classify_chexpert_s", "classify_rsna_b", "classify_vindr_pixels"}) {
      EXPECT_TRUE(Resolved(name, rung).data().has_drawn()) << name;
    }
    for (const char* name :
         {"pretrain_s", "pretrain_b", "pretrain_s_no_registers",
          "ablate_chexpert/step=vanilla/seed=0"}) {
      const spec::PretrainSpec pretrain = Resolved(name, rung).pretrain();
      EXPECT_TRUE(pretrain.initial_weights().has_bundled()) << name;
      for (const spec::DataSpec& data : pretrain.data()) {
        EXPECT_TRUE(data.has_drawn()) << name;
      }
    }
    const spec::WeightsSpec initial =
        Resolved("ablate_weights/size=b/weights=initial/set=rsna/seed=1", rung)
            .features()
            .vit()
            .weights();
    EXPECT_EQ(initial.bundled().file(),
              "experiments/records/base/base_b.safetensors");
  }
  EXPECT_FALSE(Resolved("classify_rsna_b", "bench").data().has_drawn());
  EXPECT_FALSE(Resolved("classify_rsna_b", "paper").data().has_drawn());
}

TEST_F(ExperimentsTest, AllOfTheDataIsNoSample) {
  for (const char* cell : {"scale_vit/size=s/data=all/seed=0",
                           "scale_s_against_b/size=s/data=all/seed=0"}) {
    EXPECT_FALSE(Resolved(cell, "paper").pretrain().data(0).has_sample())
        << cell;
  }
}

// Paper section 4.1; one cell of each is what the tables declare.
TEST_F(ExperimentsTest, StudiesOfOpenSettingsHoldWhatTheTablesDeclare) {
  for (const auto& [cell, experiment] :
       {std::pair{"ablate_probe_recipe/model=s/set=chexpert/recipe=readme",
                  "classify_chexpert_s"},
        std::pair{"ablate_probe_recipe/model=b/set=vindr/recipe=readme",
                  "classify_vindr_b"},
        std::pair{
            "ablate_weights/size=s/weights=continued/set=chexpert/seed=7479",
            "classify_chexpert_s"},
        std::pair{
            "ablate_weights/size=b/weights=continued/set=nih_cxr8/seed=7479",
            "classify_nih_cxr8_b"},
        std::pair{"ablate_segmentation_sample/model=s/images=all",
                  "segment_chexmask_s"}}) {
    EXPECT_EQ(SpecDigest(Resolved(cell, "paper")),
              SpecDigest(Resolved(experiment, "paper")))
        << cell;
  }
  const spec::ExperimentSpec script = Resolved(
      "ablate_probe_recipe/model=s/set=chexpert/recipe=script", "paper");
  EXPECT_EQ(script.train().linear_probe().epochs(), 5);
  EXPECT_EQ(script.train().linear_probe().batch_images(), 10);
  EXPECT_EQ(Resolved("ablate_segmentation_sample/model=b/images=2000", "paper")
                .train()
                .segmentation_head()
                .max_training_images(),
            2000);
}

TEST_F(ExperimentsTest, SeedsOfFewLabelsDrawThePatientsWhoAreLabelled) {
  constexpr absl::string_view kCell =
      "ablate_few_labels/size=s/weights=initial/labels=100/seed=";
  for (const char* rung : {"paper", "bench", "demo", "smoke"}) {
    spec::ExperimentSpec first = Resolved(absl::StrCat(kCell, 0), rung);
    const spec::ExperimentSpec second = Resolved(absl::StrCat(kCell, 1), rung);
    EXPECT_NE(SpecDigest(first), SpecDigest(second)) << rung;
    first.mutable_train()
        ->mutable_official()
        ->mutable_training_sample()
        ->set_seed(1);
    EXPECT_EQ(SpecDigest(first), SpecDigest(second)) << rung;
    // A guess of ours, whoever's rules are asked for: the rest is how positions
    // are resized, and here they keep their size.
    ASSERT_OK_AND_ASSIGN(
        ResolvedExperiment corrected,
        library_->Resolve(absl::StrCat(kCell, 1),
                          {.rung = rung, .protocol = "corrected"}));
    corrected.spec.mutable_backbone()->set_position_interpolation(
        second.backbone().position_interpolation());
    EXPECT_EQ(SpecDigest(corrected.spec), SpecDigest(second)) << rung;
  }
}

TEST_F(ExperimentsTest, TablesShareTheCellsOfTheirCommonRows) {
  const auto cells = [](absl::string_view name) {
    absl::StatusOr<spec::TableSpec> table = library_->Table(name);
    EXPECT_OK(table);
    const std::vector<std::string> names = ResultsIn(*table);
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
    subgroups {
      groupings: [ BY_SEX, BY_AGE, BY_VIEW, BY_SUPPORT_DEVICES ]
      band_begins_years: [ 20, 40, 60, 80 ]
    }
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
      weights { pretrained { experiment: "pretrain_s" } }
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
