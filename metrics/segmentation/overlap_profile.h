// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_SEGMENTATION_OVERLAP_PROFILE_H_
#define METRICS_SEGMENTATION_OVERLAP_PROFILE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace cxr::metrics {

// Whose Dice or IoU. All of them are 2I / (P + T) or I / (P + T - I) of integer
// counts; they differ in what is summed before the division, in what is
// averaged after it, and in classes without a pixel. "Neither" below is a class
// with no predicted and no true pixel, "no truth" one that was predicted only.
// A class that was missed altogether is 0 under all of them.
enum class OverlapProfile {
  // Code released with the chest X-ray models this repository reproduces: a
  // class is pooled over all images; mean over classes 1 and up. Neither: 1
  // (the
  // code means this but ends with an error) and counted in `empty`.
  kReleasedCodeDice,

  // torchmetrics 0.10.3, Dice(ignore_index=0) and Dice() of integer labels: all
  // images and classes pooled into one fraction, without and with class 0. The
  // second is the accuracy of pixels. Nothing at all: 0.
  kTorchmetrics010DiceIgnoringBackground,
  kTorchmetrics010Dice,

  // torchmetrics 1.9, DiceScore(average="macro"), aggregation_level
  // "samplewise" (mean over classes of each image, then over images) and
  // "global" (classes pooled over images). Neither: left out of every mean.
  kTorchmetrics19DiceSamplewise,
  kTorchmetrics19DiceGlobal,
  // torchmetrics 1.9, MeanIoU: mean over all pairs of image and class but those
  // with neither. (The function mean_iou gives ImageScore, one for each image,
  // and prints -1 for a class with neither.)
  kTorchmetrics19MeanIou,

  // MONAI 1.6, DiceMetric and MeanIoU with reduction "mean": mean over classes
  // of each image, then over images. IgnoringEmpty is ignore_empty=True, the
  // default: no truth is left out, even though something was predicted.
  // CountingEmpty: neither is 1, no truth 0. Nothing left: 0.
  kMonaiDiceIgnoringEmpty,
  kMonaiDiceCountingEmpty,
  kMonaiIouIgnoringEmpty,
  kMonaiIouCountingEmpty,

  // segmentation_models_pytorch 0.6, f1_score and iou_score of get_stats, by
  // `reduction`: "micro" one fraction of everything, "macro" classes pooled
  // over
  // images, "micro-imagewise" one fraction of each image, "macro-imagewise"
  // each
  // class of each image. Neither: `zero_division`, but NaN for "micro", which
  // ignores that option.
  kSmpF1Micro,
  kSmpF1Macro,
  kSmpF1MicroImagewise,
  kSmpF1MacroImagewise,
  kSmpIouMicro,
  kSmpIouMacro,
  kSmpIouMicroImagewise,
  kSmpIouMacroImagewise,

  // surface-distance 0.1, compute_dice_coefficient, which is of one mask: here
  // the plain mean over images and classes. Neither: NaN, and so is the mean.
  kDeepMindDice,
};

// What is divided.
enum class OverlapMeasure { kDice, kIou };

// What a value is of, and how values become one number.
enum class OverlapLevel {
  kPooled,          // one fraction of all classes and images
  kPooledClasses,   // a fraction for each class of all images; mean
  kImages,          // one fraction of all classes of an image; mean
  kImageClasses,    // of each class of an image; mean over classes, then images
  kImageClassPairs  // of each class of an image; mean over all at once
};

// What stands where there is nothing to divide.
enum class EmptyRule { kOne, kZero, kLeftOut, kNan, kZeroDivision };

// Classes that enter a mean.
enum class OverlapClasses { kForeground, kAll, kAsTheCallerSays };

// A profile, taken apart.
struct OverlapRule {
  OverlapProfile profile;
  absl::string_view name;  // for tables: package, version, metric, options
  OverlapMeasure measure;
  OverlapLevel level;
  EmptyRule neither;
  bool leaves_out_no_truth;
  double nothing_left;  // the mean of no value
  OverlapClasses classes;
};

// The rules of all profiles, in the order of the enumerators.
absl::Span<const OverlapRule> OverlapRules();

const OverlapRule& RuleOf(OverlapProfile profile);

// InvalidArgument lists the names there are.
absl::StatusOr<OverlapProfile> ParseOverlapProfile(absl::string_view name);

}  // namespace cxr::metrics

#endif  // METRICS_SEGMENTATION_OVERLAP_PROFILE_H_
