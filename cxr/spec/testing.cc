// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/testing.h"

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/file.h"
#include "cxr/spec/lint.h"
#include "cxr/spec/merge.h"

namespace cxr {

const char kPixelProbe[] = R"(protocol: DECLARED_GUESS
data { source: NIH64 part: ALL_PARTS views: [PA, AP] max_patients: 0 }
features {
  preprocess {
    equalization: OPENCV_HISTOGRAM
    input_size_pixels: 32
    resampling: PILLOW_BICUBIC
    normalization: NO_NORMALIZATION
  }
  pixels {}
}
train {
  targets: "x"
  label_policy: COMPLETE_LABELS
  patient_folds {}
  augmentation { none {} }
  last_epoch {}
  linear_probe {
    optimizer {
      learning_rate: 1e-3
      weight_decay: 0
      beta1: 0.9
      beta2: 0.999
      epsilon: 1e-8
      max_gradient_norm: 0
    }
    epochs: 5
    batch_images: 64
    weight_init_std: 0.01
    scaling: STANDARDIZED
    seed: 1
  }
}
predict { subset: OUT_OF_FOLD }
score {
  classification { profile: CXFORMER_FINETUNE level: IMAGE_LEVEL }
  bootstrap { resamples: 100 confidence: 0.95 seed: 1 unit: PATIENT }
}
)";

const char kVitOverlay[] = R"(backbone {
  layout: DINOV2
  width: 96
  depth: 4
  heads: 3
  mlp_ratio: 4
  patch_size_pixels: 14
  position_grid: 37
  registers: 4
  position_interpolation: ANTIALIASED
}
features {
  preprocess { input_size_pixels: 56 normalization: IMAGENET }
  vit {
    weights {
      random { seed: 1 layer_scale_init: 1 linear_std: 0.1 position_std: 1 }
    }
    registers: KEPT
    pooled { last_layers: 4 token: CLASS_TOKEN norm: FINAL_NORM }
  }
}
)";

const char kOwnPretraining[] = R"(pretrain {
  data { source: CHEXPERT part: TRAINING_PART views: ANY_VIEW max_patients: 0 }
  equalization: NO_EQUALIZATION
  normalization: IMAGENET
  crops {
    global_size_pixels: 112
    local_size_pixels: 56
    local_count: 2
    first_global { steps { horizontal_flip { probability: 0.5 } } }
    second_global { steps { horizontal_flip { probability: 0.5 } } }
    local { steps { horizontal_flip { probability: 0.5 } } }
  }
  masking {
    masked_crops_fraction: 0.5
    ratio_min: 0.1
    ratio_max: 0.5
    limit: RATIO_OF_PATCHES
    min_block_patches: 4
    min_aspect: 0.3
    tries: 10
  }
  heads {
    dino { layers: 3 hidden_width: 64 bottleneck_width: 32 prototypes: 16 }
    shared {}
  }
  sinkhorn_knopp { iterations: 3 }
  temperatures {
    student: 0.1
    teacher_start: 0.04
    teacher_end: 0.07
    teacher_warmup_epochs: 1
  }
  losses { dino: 1 ibot: 1 koleo: 0.1 koleo_epsilon: 1e-8 }
  batch {
    global_images: 8
    group_images: 4
    accumulated_batches: 1
    accumulation: LOSS_DIVIDED
  }
  optimizer {
    learning_rate: 1e-3
    weight_decay: 0.04
    beta1: 0.9
    beta2: 0.999
    epsilon: 1e-8
    max_gradient_norm: 3
  }
  schedule {
    epochs: 2
    steps_per_epoch: 10
    stop_after_steps: 0
    warmup_epochs: 1
    min_learning_rate: 1e-6
    learning_rate_scaling: SQRT_RULE
    weight_decay_end: 0.4
    momentum_start: 0.994
    momentum_end: 1
    freeze_prototypes_epochs: 1
    layer_decay: 0.9
    patch_embed_multiplier: 0.2
  }
  drop_path: 0
  initial_weights {
    random {
      seed: 1
      layer_scale_init: 1e-5
      linear_std: 0.02
      position_std: 0.02
    }
  }
  heads_seed: 2
  data_seed: 3
  precision: FLOAT32_TRAINING
  resume { schedules: SCHEDULES_CONTINUE sampler: SAMPLER_CONTINUES }
  watch {
    evaluation_interval_steps: 10
    nearest_neighbors: 0
    checkpoint_interval_steps: 10
    checkpoints_kept: 1
  }
}
features { vit { weights { own_pretraining {} } } }
)";

namespace {

constexpr char kRungs[] = R"(rungs {
  name: "paper"
  description: "all"
  judges_sanity_checks: true
}
rungs {
  name: "demo"
  description: "little"
  judges_sanity_checks: true
}
)";

}  // namespace

spec::ExperimentSpec Layered(const std::vector<absl::string_view>& texts) {
  spec::ExperimentSpec experiment;
  for (const absl::string_view text : texts) {
    MergeOver(ParseSpec<spec::ExperimentSpec>(text), experiment);
  }
  return experiment;
}

std::string PretrainingText() {
  spec::ExperimentSpec all = Layered({kVitOverlay, kOwnPretraining});
  all.clear_features();
  all.set_protocol(spec::AS_PUBLISHED);
  return ToTextproto(all);
}

std::vector<std::string> TextsOf(const std::vector<FieldProblem>& problems) {
  std::vector<std::string> texts;
  for (const FieldProblem& problem : problems) {
    texts.push_back(absl::StrCat(problem.field, ": ", problem.message));
  }
  return texts;
}

SpecTree::SpecTree() {
  Write("rungs.textproto", kRungs);
  Write("protocols.textproto",
        "protocols { name: 'as_published' description: 'as it is' }\n");
  Write("families.textproto", "families { id: 'a' display: 'A' link: 'a' }\n");
  Write("common/pixels.textproto", kPixelProbe);
  Write("classify/a.textproto", "include: 'pixels'\n");
}

void SpecTree::Write(absl::string_view file, absl::string_view text) {
  WriteRaw(file, absl::StrCat("spec_version: 2\n", text));
}

void SpecTree::WriteRaw(absl::string_view file, absl::string_view bytes) {
  const std::string path = dir_.File(file);
  EXPECT_OK(CreateDirectories(path.substr(0, path.rfind('/'))));
  EXPECT_OK(WriteFileAtomically(path, bytes));
}

void SpecTree::Remove(absl::string_view file) {
  EXPECT_OK(RemoveAll(dir_.File(file)));
}

SpecCatalog SpecTree::Catalog() const {
  absl::StatusOr<SpecCatalog> catalog = SpecCatalog::Load(path());
  EXPECT_OK(catalog);
  return *std::move(catalog);
}

SpecLibrary SpecTree::Library() const {
  absl::StatusOr<SpecLibrary> library = SpecLibrary::Load(path());
  EXPECT_OK(library);
  return *std::move(library);
}

std::string SpecTree::LintText() const {
  std::string text;
  for (const SpecIssue& issue : Lint(Catalog())) {
    absl::StrAppend(&text, ToString(issue), "\n");
  }
  return Relative(text);
}

std::string SpecTree::Relative(absl::string_view text) const {
  return absl::StrReplaceAll(text, {{absl::StrCat(path(), "/"), ""}});
}

void AddMessages(const google::protobuf::Descriptor* type,
                 std::set<const google::protobuf::Descriptor*>& types) {
  if (type == nullptr || !types.insert(type).second) {
    return;
  }
  for (int i = 0; i < type->field_count(); ++i) {
    AddMessages(type->field(i)->message_type(), types);
  }
}

std::unique_ptr<SpecLibrary> RealExperimentsTest::library_;

void RealExperimentsTest::SetUpTestSuite() {
  absl::StatusOr<SpecLibrary> library =
      SpecLibrary::Load(TestData("experiments"));
  ASSERT_OK(library);
  library_ = std::make_unique<SpecLibrary>(*std::move(library));
}

spec::ExperimentSpec RealExperimentsTest::Resolved(absl::string_view name,
                                                   absl::string_view rung) {
  absl::StatusOr<ResolvedExperiment> experiment =
      library_->Resolve(name, {.rung = std::string(rung)});
  EXPECT_OK(experiment);
  return experiment.ok() ? experiment->spec : spec::ExperimentSpec();
}

}  // namespace cxr
