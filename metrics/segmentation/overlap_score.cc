// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/overlap_score.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

#include "absl/strings/str_cat.h"

namespace cxr::metrics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr int kFractionBits = 62;

bool SkipsBackground(const OverlapOptions& options) {
  const OverlapClasses fixed = RuleOf(options.profile).classes;
  return (fixed == OverlapClasses::kAsTheCallerSays
              ? options.classes
              : fixed) == OverlapClasses::kForeground;
}

bool IsEmpty(const ClassCounts& counts) {
  return counts.predicted + counts.truth == 0;
}

// Nothing if the rule leaves such counts out.
std::optional<double> Fraction(const ClassCounts& counts,
                               const OverlapOptions& options) {
  const OverlapRule& rule = RuleOf(options.profile);
  if (rule.leaves_out_no_truth && counts.truth == 0) return std::nullopt;
  if (IsEmpty(counts)) {
    switch (rule.neither) {
      case EmptyRule::kOne:
        return 1.0;
      case EmptyRule::kZero:
        return 0.0;
      case EmptyRule::kLeftOut:
        return std::nullopt;
      case EmptyRule::kNan:
        return kNan;
      case EmptyRule::kZeroDivision:
        return options.zero_division;
    }
  }
  const int64_t both = counts.intersection;
  const int64_t sum = counts.predicted + counts.truth;
  return rule.measure == OverlapMeasure::kDice
             ? static_cast<double>(2 * both) / static_cast<double>(sum)
             : static_cast<double>(both) / static_cast<double>(sum - both);
}

void AddCounts(const ClassCounts& counts, int64_t times, ClassCounts* sum) {
  sum->intersection += times * counts.intersection;
  sum->predicted += times * counts.predicted;
  sum->truth += times * counts.truth;
}

ClassCounts SumOf(absl::Span<const ClassCounts> classes) {
  ClassCounts sum;
  for (const ClassCounts& counts : classes) AddCounts(counts, 1, &sum);
  return sum;
}

absl::Status CheckCounts(absl::Span<const ClassCounts> image) {
  for (size_t c = 0; c < image.size(); ++c) {
    const ClassCounts& counts = image[c];
    if (counts.intersection >= 0 && counts.intersection <= counts.predicted &&
        counts.intersection <= counts.truth) {
      continue;
    }
    return absl::InvalidArgumentError(absl::StrCat(
        "class ", c, ": intersection ", counts.intersection, ", predicted ",
        counts.predicted, ", truth ", counts.truth,
        ", expected an intersection of 0 up to the smaller of the two"));
  }
  return absl::OkStatus();
}

}  // namespace

void ExactMean::Add(double value, int64_t times) {
  if (std::isnan(value)) {
    nans_ += times;
    return;
  }
  sum_ += absl::int128(std::llround(std::ldexp(value, kFractionBits))) * times;
  count_ += times;
}

void ExactMean::Merge(const ExactMean& other) {
  sum_ += other.sum_;
  count_ += other.count_;
  nans_ += other.nans_;
}

double ExactMean::MeanOr(double nothing) const {
  if (nans_ > 0) return kNan;
  if (count_ == 0) return nothing;
  return std::ldexp(static_cast<double>(sum_), -kFractionBits) /
         static_cast<double>(count_);
}

absl::StatusOr<OverlapAccumulator> OverlapAccumulator::Create(
    int classes, const OverlapOptions& options) {
  const int least = SkipsBackground(options) ? 2 : 1;
  if (classes < least) {
    return absl::InvalidArgumentError(
        absl::StrCat("classes: ", classes, ", expected at least ", least,
                     " for ", RuleOf(options.profile).name,
                     least == 2 ? ", which leaves the background out" : ""));
  }
  if (options.classes == OverlapClasses::kAsTheCallerSays) {
    return absl::InvalidArgumentError(
        "classes: the caller said none, expected kForeground or kAll");
  }
  if (!(options.zero_division >= 0.0 && options.zero_division <= 1.0)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "zero_division: ", options.zero_division, ", expected 0 to 1"));
  }
  return OverlapAccumulator(classes, options);
}

OverlapAccumulator::OverlapAccumulator(int classes,
                                       const OverlapOptions& options)
    : classes_(classes),
      options_(options),
      pooled_(classes - (SkipsBackground(options) ? 1 : 0)),
      class_means_(pooled_.size()) {}

absl::Status OverlapAccumulator::Add(absl::Span<const ClassCounts> image,
                                     int64_t times) {
  if (std::ssize(image) != classes_) {
    return absl::InvalidArgumentError(absl::StrCat(
        "image: counts of ", image.size(), " classes, expected ", classes_));
  }
  if (times < 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("times: ", times, ", expected 0 or more"));
  }
  const absl::Status valid = CheckCounts(image);
  if (!valid.ok()) return valid;
  image.remove_prefix(image.size() - pooled_.size());
  images_ += times;
  for (size_t c = 0; c < image.size(); ++c) {
    AddCounts(image[c], times, &pooled_[c]);
  }
  if (times > 0) AddFractions(image, times);
  return absl::OkStatus();
}

void OverlapAccumulator::AddFractions(absl::Span<const ClassCounts> image,
                                      int64_t times) {
  const OverlapLevel level = RuleOf(options_.profile).level;
  switch (level) {
    case OverlapLevel::kPooled:
    case OverlapLevel::kPooledClasses:
      return;
    case OverlapLevel::kImages: {
      const ClassCounts sum = SumOf(image);
      empty_ += IsEmpty(sum) ? times : 0;
      const std::optional<double> value = Fraction(sum, options_);
      if (value.has_value()) mean_.Add(*value, times);
      return;
    }
    case OverlapLevel::kImageClasses:
    case OverlapLevel::kImageClassPairs:
      break;
  }
  ExactMean image_mean;
  for (size_t c = 0; c < image.size(); ++c) {
    empty_ += IsEmpty(image[c]) ? times : 0;
    const std::optional<double> value = Fraction(image[c], options_);
    if (!value.has_value()) continue;
    class_means_[c].Add(*value, times);
    image_mean.Add(*value, 1);
    if (level == OverlapLevel::kImageClassPairs) mean_.Add(*value, times);
  }
  if (level == OverlapLevel::kImageClasses && image_mean.count() > 0) {
    mean_.Add(image_mean.MeanOr(kNan), times);
  }
}

absl::Status OverlapAccumulator::Merge(const OverlapAccumulator& other) {
  if (classes_ != other.classes_ ||
      options_.profile != other.options_.profile ||
      options_.classes != other.options_.classes ||
      options_.zero_division != other.options_.zero_division) {
    return absl::InvalidArgumentError(absl::StrCat(
        "merge: ", RuleOf(options_.profile).name, " of ", classes_,
        " classes and ", RuleOf(other.options_.profile).name, " of ",
        other.classes_, " classes, expected equal classes and options"));
  }
  images_ += other.images_;
  empty_ += other.empty_;
  mean_.Merge(other.mean_);
  for (size_t c = 0; c < pooled_.size(); ++c) {
    AddCounts(other.pooled_[c], 1, &pooled_[c]);
    class_means_[c].Merge(other.class_means_[c]);
  }
  return absl::OkStatus();
}

absl::StatusOr<OverlapScore> OverlapAccumulator::Finish() const {
  if (images_ == 0) {
    return absl::FailedPreconditionError("no image, expected at least 1");
  }
  const OverlapRule& rule = RuleOf(options_.profile);
  OverlapScore score;
  score.images = images_;
  score.empty = empty_;
  switch (rule.level) {
    case OverlapLevel::kPooled: {
      const ClassCounts sum = SumOf(pooled_);
      score.empty = IsEmpty(sum);
      score.value = Fraction(sum, options_).value_or(rule.nothing_left);
      return score;
    }
    case OverlapLevel::kPooledClasses: {
      ExactMean mean;
      for (const ClassCounts& counts : pooled_) {
        score.empty += IsEmpty(counts);
        const std::optional<double> value = Fraction(counts, options_);
        if (value.has_value()) mean.Add(*value, 1);
        score.per_class.push_back(value.value_or(rule.nothing_left));
      }
      score.value = mean.MeanOr(rule.nothing_left);
      return score;
    }
    case OverlapLevel::kImages:
      score.value = mean_.MeanOr(rule.nothing_left);
      return score;
    case OverlapLevel::kImageClasses:
    case OverlapLevel::kImageClassPairs:
      for (const ExactMean& mean : class_means_) {
        score.per_class.push_back(mean.MeanOr(rule.nothing_left));
      }
      score.value = mean_.MeanOr(rule.nothing_left);
      return score;
  }
  return score;
}

absl::StatusOr<double> ImageScore(absl::Span<const ClassCounts> image,
                                  const OverlapOptions& options) {
  absl::StatusOr<OverlapAccumulator> accumulator =
      OverlapAccumulator::Create(static_cast<int>(image.size()), options);
  if (!accumulator.ok()) return accumulator.status();
  const absl::Status added = accumulator->Add(image);
  if (!added.ok()) return added;
  const absl::StatusOr<OverlapScore> score = accumulator->Finish();
  if (!score.ok()) return score.status();
  return score->value;
}

}  // namespace cxr::metrics
