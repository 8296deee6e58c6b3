// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/overlap_profile.h"

#include <cstddef>
#include <iterator>
#include <limits>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "metrics/require.h"

namespace cxr::metrics {
namespace {

using Profile = OverlapProfile;
using Level = OverlapLevel;
using enum EmptyRule;

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr auto kDice = OverlapMeasure::kDice;
constexpr auto kIou = OverlapMeasure::kIou;
constexpr auto kForeground = OverlapClasses::kForeground;
constexpr auto kAll = OverlapClasses::kAll;
constexpr auto kAny = OverlapClasses::kAsTheCallerSays;

constexpr OverlapRule kRules[] = {
    {Profile::kReleasedCodeDice, "released-code/dice", kDice,
     Level::kPooledClasses, kOne, false, kNothing, kForeground},
    {Profile::kTorchmetrics010DiceIgnoringBackground,
     "torchmetrics-0.10.3/dice/ignore-index-0", kDice, Level::kPooled, kZero,
     false, kNothing, kForeground},
    {Profile::kTorchmetrics010Dice, "torchmetrics-0.10.3/dice", kDice,
     Level::kPooled, kZero, false, kNothing, kAll},
    {Profile::kTorchmetrics19DiceSamplewise,
     "torchmetrics-1.9/dice-score/macro-samplewise", kDice,
     Level::kImageClasses, kLeftOut, false, kNothing, kAny},
    {Profile::kTorchmetrics19DiceGlobal,
     "torchmetrics-1.9/dice-score/macro-global", kDice, Level::kPooledClasses,
     kLeftOut, false, kNothing, kAny},
    {Profile::kTorchmetrics19MeanIou, "torchmetrics-1.9/mean-iou", kIou,
     Level::kImageClassPairs, kLeftOut, false, kNothing, kAny},
    {Profile::kMonaiDiceIgnoringEmpty, "monai-1.6/dice/ignore-empty", kDice,
     Level::kImageClasses, kLeftOut, true, 0.0, kAny},
    {Profile::kMonaiDiceCountingEmpty, "monai-1.6/dice/count-empty", kDice,
     Level::kImageClasses, kOne, false, 0.0, kAny},
    {Profile::kMonaiIouIgnoringEmpty, "monai-1.6/mean-iou/ignore-empty", kIou,
     Level::kImageClasses, kLeftOut, true, 0.0, kAny},
    {Profile::kMonaiIouCountingEmpty, "monai-1.6/mean-iou/count-empty", kIou,
     Level::kImageClasses, kOne, false, 0.0, kAny},
    {Profile::kSmpF1Micro, "smp-0.6/f1/micro", kDice, Level::kPooled, kNan,
     false, kNothing, kAny},
    {Profile::kSmpF1Macro, "smp-0.6/f1/macro", kDice, Level::kPooledClasses,
     kZeroDivision, false, kNothing, kAny},
    {Profile::kSmpF1MicroImagewise, "smp-0.6/f1/micro-imagewise", kDice,
     Level::kImages, kZeroDivision, false, kNothing, kAny},
    {Profile::kSmpF1MacroImagewise, "smp-0.6/f1/macro-imagewise", kDice,
     Level::kImageClasses, kZeroDivision, false, kNothing, kAny},
    {Profile::kSmpIouMicro, "smp-0.6/iou/micro", kIou, Level::kPooled, kNan,
     false, kNothing, kAny},
    {Profile::kSmpIouMacro, "smp-0.6/iou/macro", kIou, Level::kPooledClasses,
     kZeroDivision, false, kNothing, kAny},
    {Profile::kSmpIouMicroImagewise, "smp-0.6/iou/micro-imagewise", kIou,
     Level::kImages, kZeroDivision, false, kNothing, kAny},
    {Profile::kSmpIouMacroImagewise, "smp-0.6/iou/macro-imagewise", kIou,
     Level::kImageClasses, kZeroDivision, false, kNothing, kAny},
    {Profile::kDeepMindDice, "surface-distance-0.1/dice", kDice,
     Level::kImageClassPairs, kNan, false, kNothing, kAny},
};

}  // namespace

absl::Span<const OverlapRule> OverlapRules() { return kRules; }

const OverlapRule& RuleOf(OverlapProfile profile) {
  const size_t index = static_cast<size_t>(profile);
  Require(index < std::size(kRules) && kRules[index].profile == profile,
          "the profile is one of the enumerators");
  return kRules[index];
}

absl::StatusOr<OverlapProfile> ParseOverlapProfile(absl::string_view name) {
  for (const OverlapRule& rule : kRules) {
    if (rule.name == name) return rule.profile;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("profile: '", name, "', expected one of ",
                   absl::StrJoin(kRules, ", ",
                                 [](std::string* out, const OverlapRule& rule) {
                                   absl::StrAppend(out, rule.name);
                                 })));
}

}  // namespace cxr::metrics
