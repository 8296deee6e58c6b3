// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "cxr/spec/testing.h"

// What people get wrong, and all that lint says of it: values that do not fit.

namespace cxr {
namespace {

TEST(MistakesValuesTest, AValueIsOutOfRange) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train { linear_probe { epochs: 0 } }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:32: error: train.linear_probe.epochs: "
            "found 0, expected >= 1 and <= 100000 epochs\n"
            "    3 | train { linear_probe { epochs: 0 } }\n"
            "      |                                ^\n");
}

TEST(MistakesValuesTest, ALearningRateIsNegative) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train {\n"
             "  linear_probe { optimizer { learning_rate: -1e-3 } }\n"
             "}\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:4:45: error: "
            "train.linear_probe.optimizer.learning_rate: found -0.001, "
            "expected > 0 and <= 10\n"
            "    4 |   linear_probe { optimizer { learning_rate: -1e-3 } }\n"
            "      |                                             ^~~~~\n");
}

TEST(MistakesValuesTest, AStageIsMissing) {
  SpecTree tree;
  tree.Write(
      "classify/b.textproto",
      "data { source: NIH64 part: ALL_PARTS views: PA max_patients: 0 }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:1:1: error: features: is not set; an "
            "experiment with one of data, features, train, predict and score "
            "needs all of them; fragments that set it: pixels\n"
            "classify/b.textproto:1:1: error: predict: is not set; an "
            "experiment with one of data, features, train, predict and score "
            "needs all of them; fragments that set it: pixels\n"
            "classify/b.textproto:1:1: error: protocol: is not set; nothing "
            "that matters has a default; fragments that set it: pixels\n"
            "classify/b.textproto:1:1: error: score: is not set; an experiment "
            "with one of data, features, train, predict and score needs all of "
            "them; fragments that set it: pixels\n"
            "classify/b.textproto:1:1: error: train: is not set; an experiment "
            "with one of data, features, train, predict and score needs all of "
            "them; fragments that set it: pixels\n");
}

TEST(MistakesValuesTest, NothingIsDeclared) {
  SpecTree tree;
  tree.Write("classify/b.textproto", "description: 'later'\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:1:1: error: nothing is declared, expected "
            "pretrain, or the stages data, features, train, predict and score\n"
            "classify/b.textproto:1:1: error: protocol: is not set; nothing "
            "that matters has a default; fragments that set it: pixels\n");
}

TEST(MistakesValuesTest, AFieldIsForgotten) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train { official {} }\n"
             "predict { subset: TEST }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:9: error: train.official.validation: "
            "nothing is set, expected one of official_validation, "
            "held_out_patients, training_images_as_released\n"
            "    3 | train { official {} }\n"
            "      |         ^~~~~~~~\n");
}

TEST(MistakesValuesTest, APathIsAbsolute) {
  SpecTree tree;
  tree.Write("common/vit.textproto", kVitOverlay);
  tree.Write("classify/b.textproto",
             "include: ['pixels', 'vit']\n"
             "features { vit { weights { file {\n"
             "  file: '/home/me/w.pth' format: DINOV2_PTH where_to_get: 'x' } "
             "} } }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:4:9: error: features.vit.weights.file.file: "
            "found the absolute path '/home/me/w.pth', expected a path below a "
            "root that the command line gives (--data_root, --weights_root)\n"
            "    4 |   file: '/home/me/w.pth' format: DINOV2_PTH where_to_get: "
            "'x' } } } }\n"
            "      |         ^~~~~~~~~~~~~~~~\n");
}

TEST(MistakesValuesTest, HeadsDoNotDivideTheWidth) {
  SpecTree tree;
  tree.Write("common/vit.textproto", kVitOverlay);
  tree.Write("classify/b.textproto",
             "include: ['pixels', 'vit']\n"
             "backbone { heads: 5 }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:19: error: backbone.heads: found 5, "
            "expected a divisor of the width 96\n"
            "    3 | backbone { heads: 5 }\n"
            "      |                   ^\n");
}

TEST(MistakesValuesTest, TheInputIsNoWholeNumberOfPatches) {
  SpecTree tree;
  tree.Write("common/vit.textproto", kVitOverlay);
  tree.Write("classify/b.textproto",
             "include: ['pixels', 'vit']\n"
             "features { preprocess { input_size_pixels: 224 } }\n"
             "backbone { patch_size_pixels: 15 }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:44: error: "
            "features.preprocess.input_size_pixels: found 224, expected a "
            "multiple of the patch 15\n"
            "    3 | features { preprocess { input_size_pixels: 224 } }\n"
            "      |                                            ^~~\n");
}

TEST(MistakesValuesTest, ATargetStandsTwice) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train { targets: ['Edema', 'Mass', 'Edema'] }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:36: error: train.targets[2]: 'Edema' "
            "stands there twice\n"
            "    3 | train { targets: ['Edema', 'Mass', 'Edema'] }\n"
            "      |                                    ^~~~~~~\n");
}

TEST(MistakesValuesTest, APixelProbeHasABackbone) {
  SpecTree tree;
  tree.Write("common/vit.textproto", kVitOverlay);
  tree.Write("classify/b.textproto",
             "include: ['pixels', 'vit']\n"
             "features { preprocess { normalization: NO_NORMALIZATION } pixels "
             "{} }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:1:1: error: backbone: is set, but neither "
            "pretrain nor features.vit uses it; fragments that set it: vit\n");
}

TEST(MistakesValuesTest, TheBestEpochIsTakenOfFolds) {
  SpecTree tree;
  tree.Write("classify/b.textproto",
             "include: 'pixels'\n"
             "train { best_epoch { metric: BEST_MACRO_AUROC } }\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:3:9: error: train.best_epoch: needs "
            "validation images, and train.patient_folds has none; expected "
            "last_epoch {}\n"
            "    3 | train { best_epoch { metric: BEST_MACRO_AUROC } }\n"
            "      |         ^~~~~~~~~~\n");
}

TEST(MistakesValuesTest, TheVersionIsForgotten) {
  SpecTree tree;
  tree.WriteRaw("classify/b.textproto", "include: 'pixels'\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:1:1: error: spec_version: is not set, "
            "expected spec_version: 2; if the file was written for an older "
            "program: cxr upgrade classify/b.textproto\n");
}

TEST(MistakesValuesTest, TheVersionIsNewer) {
  SpecTree tree;
  tree.WriteRaw("classify/b.textproto",
                "spec_version: 9\n"
                "include: 'pixels'\n");
  EXPECT_EQ(tree.LintText(),
            "classify/b.textproto:1:15: error: spec_version: found 9, expected "
            "2: the file was written for a newer program, "
            "which can read it\n"
            "    1 | spec_version: 9\n"
            "      |               ^\n");
}

TEST(MistakesValuesTest, ARungBreaksAnExperiment) {
  SpecTree tree;
  tree.Write(
      "rungs.textproto",
      "rungs { name: 'paper' description: 'd' judges_sanity_checks: true }\n"
      "rungs { name: 'demo' description: 'd' judges_sanity_checks: true\n"
      "  rules { including: 'pixels' overlay { predict { subset: TEST } } } "
      "}\n");
  EXPECT_EQ(tree.LintText(),
            "rungs.textproto:4:59: error: predict.subset: expected "
            "OUT_OF_FOLD, because train.patient_folds tests every image out of "
            "fold (at rung demo)\n"
            "    4 |   rules { including: 'pixels' overlay { predict { subset: "
            "TEST } } } }\n"
            "      |                                                           "
            "^~~~\n");
}

TEST(MistakesValuesTest, TwoRungsHaveOneName) {
  SpecTree tree;
  tree.Write(
      "rungs.textproto",
      "rungs { name: 'demo' description: 'd' judges_sanity_checks: true }\n"
      "rungs { name: 'demo' description: 'e' judges_sanity_checks: true }\n");
  EXPECT_EQ(
      tree.LintText(),
      "rungs.textproto:3:15: error: rungs[1].name: 'demo' stands there twice\n"
      "    3 | rungs { name: 'demo' description: 'e' judges_sanity_checks: "
      "true }\n"
      "      |               ^~~~~~\n");
}

}  // namespace
}  // namespace cxr
