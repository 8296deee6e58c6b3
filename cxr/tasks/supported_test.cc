// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/supported.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cxr/base/testing.h"
#include "cxr/spec/merge.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::IsEmpty;

constexpr absl::string_view kSupported = R"pb(
  pretrain {
    precision: FLOAT32_TRAINING
    drop_path: 0
    resume { schedules: SCHEDULES_CONTINUE sampler: SAMPLER_CONTINUES }
  }
  backbone { layout: DINOV2 }
  data { source: NIH64 part: ALL_PARTS }
  features {
    preprocess { resampling: PILLOW_BICUBIC normalization: IMAGENET }
    vit {
      weights { random { seed: 1 } }
      registers: KEPT
      pooled { token: CLASS_TOKEN norm: FINAL_NORM }
    }
  }
  train {
    targets: "Mass"
    label_policy: COMPLETE_LABELS
    patient_folds {}
    augmentation { none {} }
    last_epoch {}
    linear_probe { optimizer { max_gradient_norm: 0 } }
  }
  score { classification { profile: CXFORMER_FINETUNE level: IMAGE_LEVEL } }
)pb";

spec::ExperimentSpec Parse(absl::string_view text) {
  spec::ExperimentSpec spec;
  EXPECT_THAT(ParseTextproto(text, spec).issues, IsEmpty()) << text;
  return spec;
}

// The reason why the experiment above, with `change` over it, cannot be run.
std::string ReasonWith(absl::string_view change) {
  spec::ExperimentSpec spec = Parse(kSupported);
  MergeOver(Parse(change), spec);
  for (const StageShape& shape : ShapesOf(spec, "x")) {
    const absl::Status status =
        CheckSupported(shape.kind, StageSpec(spec, shape.kind));
    EXPECT_TRUE(status.ok() || absl::IsUnimplemented(status)) << status;
    if (!status.ok()) {
      return std::string(status.message());
    }
  }
  return "";
}

TEST(SupportedTest, WhatTheStagesReadIsSupported) {
  EXPECT_EQ(ReasonWith(""), "");
  EXPECT_EQ(ReasonWith("pretrain { precision: FLOAT16_AS_RELEASED drop_path: "
                       "0.1 resume { schedules: SCHEDULES_RESTART_AS_RELEASED "
                       "sampler: SAMPLER_REPLAYS_AS_RELEASED } }"),
            "");
  EXPECT_EQ(ReasonWith("features { vit { registers: DROPPED_AS_RELEASED } }"),
            "");
  EXPECT_EQ(ReasonWith("features { preprocess { normalization: "
                       "NO_NORMALIZATION } pixels {} }"),
            "");
  EXPECT_EQ(ReasonWith("features { preprocess { normalization: CLIP "
                       "resampling: OPENCV_CUBIC } }"),
            "");
  EXPECT_EQ(ReasonWith("score { classification { profile: CXFORMER_LINEAR_EVAL "
                       "level: PATIENT_MAX } }"),
            "");
}

TEST(SupportedTest, EveryWayToTrainAHeadIsSupported) {
  for (const char* change :
       {"train { probe_sweep {} best_epoch {} }", "train { official {} }",
        "train { fine_tune { backbone_gradient: TRAINED } }",
        "train { label_policy: NAN_TO_ONE best_epoch {} }",
        "train { augmentation { pipeline {} } }",
        "train { linear_probe { optimizer { max_gradient_norm: 1 } } }",
        "features { vit { registers: UNTRAINED_AS_RELEASED } }"}) {
    EXPECT_EQ(ReasonWith(change), "") << change;
  }
}

TEST(SupportedTest, WhateverElseIsDeclaredIsRefusedByName) {
  struct Case {
    std::string change;
    std::string reason;
  };
  const std::vector<Case> cases = {
      {"features { vit { patches {} } }", "features: vit.patches"},
      {"predict { decoding {} }", "predict: report generation"},
      {"train { segmentation_head {} }", "train: segmentation"},
      {"train { report_decoder {} }", "train: report generation"},
      {"train { linear_probe { scaling: STANDARDIZED } augmentation { pipeline "
       "{} } }",
       "train: STANDARDIZED features of images that vary"},
      {"score { segmentation {} }", "score: a task other than classification"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(ReasonWith(one.change), one.reason + " is not in this version");
  }
}

}  // namespace
}  // namespace cxr
