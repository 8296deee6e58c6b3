// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/mask_statistics.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "metrics/segmentation/lungs_and_heart.h"
#include "metrics/segmentation/overlap_counts.h"

namespace cxr {
namespace {

using Counts = absl::Span<const int32_t>;
using metrics::ClassCounts;
using metrics::OverlapProfile;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr char kMonai[] = "monai-1.6, finite distances";
constexpr char kDeepMind[] = "surface-distance-0.1";

double DiceOf(const MaskPairScore& image, int label) {
  const ClassCounts& counts = image.counts[label];
  return 2.0 * static_cast<double>(counts.intersection) /
         static_cast<double>(counts.predicted + counts.truth);
}

double IouOf(const MaskPairScore& image, int label) {
  const ClassCounts& counts = image.counts[label];
  return static_cast<double>(counts.intersection) /
         static_cast<double>(counts.predicted + counts.truth -
                             counts.intersection);
}

template <double BorderDistances::*kDistance>
double DistanceOf(const MaskPairScore& image, int label) {
  return image.distances[label - 1].*kDistance;
}

// How values of images and classes become the mean of both.
enum class MeanRule {
  kImagesOfClasses,  // over the classes of an image, then over images
  kPairs             // over all at once
};

struct ImageMetric {
  absl::string_view metric;
  absl::string_view profile;
  MeanRule mean;
  double (*value)(const MaskPairScore& image, int label);
};

std::vector<ImageMetric> ImageMetrics() {
  using enum MeanRule;
  return {
      {"imagewise_dice",
       RuleOf(OverlapProfile::kTorchmetrics19DiceSamplewise).name,
       kImagesOfClasses, DiceOf},
      {"imagewise_iou", RuleOf(OverlapProfile::kTorchmetrics19MeanIou).name,
       kPairs, IouOf},
      {"hd95", kMonai, kImagesOfClasses, DistanceOf<&BorderDistances::hd95>},
      {"assd", kMonai, kImagesOfClasses, DistanceOf<&BorderDistances::assd>},
      {"contour_hd95", kDeepMind, kImagesOfClasses,
       DistanceOf<&BorderDistances::contour_hd95>},
      {"contour_distance_predicted_to_truth", kDeepMind, kImagesOfClasses,
       DistanceOf<&BorderDistances::contour_predicted_to_truth>},
      {"contour_distance_truth_to_predicted", kDeepMind, kImagesOfClasses,
       DistanceOf<&BorderDistances::contour_truth_to_predicted>},
  };
}

int64_t PositivesOf(absl::Span<const MaskPairScore> images, int label) {
  int64_t positives = 0;
  for (const MaskPairScore& image : images) {
    positives += image.counts[label].truth > 0 ? 1 : 0;
  }
  return positives;
}

// Whether a class of an image enters the profile's value.
bool TakesPart(const ClassCounts& counts, const metrics::OverlapRule& rule) {
  const bool is_pooled = rule.level == metrics::OverlapLevel::kPooled ||
                         rule.level == metrics::OverlapLevel::kPooledClasses;
  if (is_pooled || counts.truth > 0) return true;
  if (rule.leaves_out_no_truth) return false;
  return counts.predicted > 0 || rule.neither != metrics::EmptyRule::kLeftOut;
}

metrics::OverlapScore Accumulate(absl::Span<const MaskPairScore> images,
                                 Counts counts, OverlapProfile profile,
                                 metrics::OverlapCounts MaskPairScore::*kind) {
  absl::StatusOr<metrics::OverlapAccumulator> sum =
      metrics::OverlapAccumulator::Create(
          static_cast<int>((images[0].*kind).size()), {.profile = profile});
  CXR_CHECK(sum.ok()) << sum.status();
  for (size_t i = 0; i < images.size(); ++i) {
    const absl::Status added = sum->Add(images[i].*kind, counts[i]);
    CXR_CHECK(added.ok()) << added;
  }
  absl::StatusOr<metrics::OverlapScore> score = sum->Finish();
  CXR_CHECK(score.ok()) << score.status();
  return *std::move(score);
}

}  // namespace

std::string MaskClassName(int label, int classes) {
  if (classes != metrics::kLungsAndHeartClasses) {
    return absl::StrCat("class ", label);
  }
  switch (label) {
    case metrics::kLeftLung:
      return "left lung";
    case metrics::kRightLung:
      return "right lung";
    case metrics::kHeart:
      return "heart";
    default:
      return "background";
  }
}

absl::StatusOr<MaskStatistics> MaskStatistics::Create(
    absl::Span<const MaskPairScore> images, const Options& options) {
  if (images.empty()) {
    return absl::InvalidArgumentError("found no images, expected at least 1");
  }
  if (!options.partner.empty() && options.partner.size() != images.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("found ", options.partner.size(),
                     " images of the other system, "
                     "expected the same ",
                     images.size()));
  }
  for (size_t i = 0; i < images.size(); ++i) {
    if (std::ssize(images[i].counts) != options.classes) {
      return absl::InvalidArgumentError(
          absl::StrCat("image ", i, ": found ", images[i].counts.size(),
                       " classes, expected ", options.classes));
    }
  }
  MaskStatistics statistics(images, options);
  const std::vector<int32_t> ones(images.size(), 1);
  const metrics::OverlapScore plain = statistics.ProfileScore(ones);
  statistics.empty_ = plain.empty;
  statistics.AddProfileStatistics(!plain.per_class.empty());
  statistics.AddImagewise();
  return statistics;
}

void MaskStatistics::AddProfileStatistic(absl::string_view target,
                                         CountsKind kind,
                                         const std::vector<int>& labels) {
  const metrics::OverlapRule& rule = RuleOf(options_.profile);
  MaskStatistic& statistic = statistics_.emplace_back();
  const bool is_dice = rule.measure == metrics::OverlapMeasure::kDice;
  statistic.metric = is_dice ? "dice" : "iou";
  statistic.target = std::string(target);
  statistic.profile = std::string(rule.name);
  for (const MaskPairScore& image : images_) {
    bool takes_part = false;
    for (const int label : labels) {
      const ClassCounts& counts = (image.*kind)[label];
      takes_part = takes_part || TakesPart(counts, rule);
      statistic.positives += counts.truth > 0 ? 1 : 0;
    }
    statistic.images += takes_part ? 1 : 0;
    statistic.takes_part.push_back(takes_part);
  }
}

void MaskStatistics::AddProfileStatistics(bool has_classes) {
  std::vector<int> all;
  for (int label = 1; label < options_.classes; ++label) all.push_back(label);
  constexpr CountsKind kCounts = &MaskPairScore::counts;
  if (!has_classes) {
    AddProfileStatistic("all", kCounts, all);
    return;
  }
  for (const int label : all) {
    AddProfileStatistic(MaskClassName(label, options_.classes), kCounts,
                        {label});
    statistics_.back().of_class = true;
  }
  AddProfileStatistic("mean", kCounts, all);
  if (options_.classes != metrics::kLungsAndHeartClasses) return;
  constexpr CountsKind kMerged = &MaskPairScore::merged;
  AddProfileStatistic("lungs (mean of sides)", kCounts,
                      {metrics::kLeftLung, metrics::kRightLung});
  AddProfileStatistic("average (lungs as the mean of sides, heart)", kCounts,
                      all);
  AddProfileStatistic("lungs (merged)", kMerged, {metrics::kMergedLungs});
  AddProfileStatistic("average (merged lungs, heart)", kMerged,
                      {metrics::kMergedLungs, metrics::kMergedHeart});
}

void MaskStatistics::AddImagewise() {
  int64_t all = 0;
  for (int label = 1; label < options_.classes; ++label) {
    all += PositivesOf(images_, label);
  }
  for (const ImageMetric& metric : ImageMetrics()) {
    const size_t size = images_.size();
    Ratio mean{std::vector<double>(size), std::vector<double>(size)};
    for (int label = 1; label < options_.classes; ++label) {
      Ratio ratio{std::vector<double>(size), std::vector<double>(size)};
      for (size_t i = 0; i < size; ++i) {
        const double value = metric.value(images_[i], label);
        if (!std::isfinite(value)) continue;
        if (!options_.partner.empty() &&
            !std::isfinite(metric.value(options_.partner[i], label))) {
          continue;
        }
        ratio.numerators[i] = value;
        ratio.denominators[i] = 1.0;
        mean.numerators[i] += value;
        mean.denominators[i] += 1.0;
      }
      AddRatio({.metric = std::string(metric.metric),
                .target = MaskClassName(label, options_.classes),
                .profile = std::string(metric.profile),
                .of_class = true,
                .positives = PositivesOf(images_, label)},
               std::move(ratio));
    }
    if (metric.mean == MeanRule::kImagesOfClasses) {
      for (size_t i = 0; i < size; ++i) {
        if (mean.denominators[i] == 0.0) continue;
        mean.numerators[i] /= mean.denominators[i];
        mean.denominators[i] = 1.0;
      }
    }
    AddRatio({.metric = std::string(metric.metric),
              .target = "mean",
              .profile = std::string(metric.profile),
              .positives = all},
             std::move(mean));
  }
}

void MaskStatistics::AddRatio(MaskStatistic statistic, Ratio ratio) {
  for (const double denominator : ratio.denominators) {
    statistic.images += denominator > 0.0 ? 1 : 0;
    statistic.takes_part.push_back(denominator > 0.0);
  }
  statistics_.push_back(std::move(statistic));
  ratios_.push_back(std::move(ratio));
}

metrics::OverlapScore MaskStatistics::ProfileScore(Counts counts) const {
  return Accumulate(images_, counts, options_.profile, &MaskPairScore::counts);
}

metrics::OverlapScore MaskStatistics::MergedScore(Counts counts) const {
  return Accumulate(images_, counts, options_.profile, &MaskPairScore::merged);
}

std::vector<double> MaskStatistics::ProfileValues(
    const metrics::OverlapScore& score, Counts counts) const {
  std::vector<double> values = score.per_class;
  values.push_back(score.value);
  if (options_.classes != metrics::kLungsAndHeartClasses ||
      score.per_class.empty()) {
    return values;
  }
  const metrics::LungsAndHeart sides = metrics::MeanOfSides(
      values[metrics::kLeftLung - 1], values[metrics::kRightLung - 1],
      values[metrics::kHeart - 1]);
  const std::vector<double> classes = MergedScore(counts).per_class;
  const metrics::LungsAndHeart merged = metrics::OfLungsAndHeart(
      classes[metrics::kMergedLungs - 1], classes[metrics::kMergedHeart - 1]);
  for (const metrics::LungsAndHeart& columns : {sides, merged}) {
    values.push_back(columns.lungs);
    values.push_back(columns.average);
  }
  return values;
}

void MaskStatistics::Fill(Counts counts, absl::Span<double> values) const {
  CXR_CHECK(counts.size() == images_.size() &&
            values.size() == statistics_.size());
  const std::vector<double> profile =
      ProfileValues(ProfileScore(counts), counts);
  size_t k = 0;
  for (const double value : profile) values[k++] = value;
  const std::vector<double> weights(counts.begin(), counts.end());
  for (const Ratio& ratio : ratios_) {
    double numerator = 0.0;
    double denominator = 0.0;
    for (size_t i = 0; i < weights.size(); ++i) {
      numerator += weights[i] * ratio.numerators[i];
      denominator += weights[i] * ratio.denominators[i];
    }
    values[k++] = denominator > 0.0 ? numerator / denominator : kNan;
  }
}

std::vector<double> MaskStatistics::ValuesOfImages(int64_t statistic) const {
  const size_t profile = statistics_.size() - ratios_.size();
  CXR_CHECK(statistic >= std::ssize(statistics_) - std::ssize(ratios_));
  const Ratio& ratio = ratios_[statistic - profile];
  std::vector<double> values(images_.size(), kNan);
  for (size_t i = 0; i < values.size(); ++i) {
    if (ratio.denominators[i] > 0.0) {
      values[i] = ratio.numerators[i] / ratio.denominators[i];
    }
  }
  return values;
}

}  // namespace cxr
