// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_MASK_STATISTICS_H_
#define CXR_SCORE_MASK_STATISTICS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/score/mask_scores.h"
#include "metrics/segmentation/overlap_counts.h"
#include "metrics/segmentation/overlap_profile.h"
#include "metrics/segmentation/overlap_score.h"

namespace cxr {

// A number that `cxr score segmentation` reports, and what it is of.
struct MaskStatistic {
  std::string metric = {};
  std::string target = {};
  std::string profile = {};
  bool of_class = false;  // or of a mean, or of several classes
  // Images that enter the value, and images with a true pixel of the target (of
  // all classes together for a mean).
  int64_t images = 0;
  int64_t positives = 0;
  std::vector<bool> takes_part = {};  // which images enter the value
};

// What a class is called: of four classes left lung, right lung, heart.
std::string MaskClassName(int label, int classes);

// All numbers of a set of images, on the images as they are or repeated as
// resampling wants it:
//
//   dice, iou       of the profile. A class each and its mean; "all" if it has
//                   no classes. Of four classes also both lungs as the mean of
//                   sides and as one merged class, and their average with the
//                   heart's.
//   imagewise_dice  mean over images. Left out where there is neither a true
//   imagewise_iou   nor a predicted pixel; the mean of classes as torchmetrics
//                   1.9 has it.
//   hd95, assd      mean over images of BorderDistances, and of their mean over
//   contour_...     classes; left out where one of the masks has no pixel.
class MaskStatistics {
 public:
  struct Options {
    int classes = 4;  // of all counts
    metrics::OverlapProfile profile =
        metrics::OverlapProfile::kReleasedCodeDice;
    // Another system's scores of the same images, or nothing: image-wise values
    // of a class are left out where this one has none.
    absl::Span<const MaskPairScore> partner = {};
  };

  // `images` must outlive the object. InvalidArgument without images, if there
  // are not as many of the partner, or if counts are not of `classes` classes.
  static absl::StatusOr<MaskStatistics> Create(
      absl::Span<const MaskPairScore> images, const Options& options);

  const std::vector<MaskStatistic>& all() const { return statistics_; }

  // The value of each of all() on images repeated counts[i] times, NaN if
  // undefined. Safe to call from many threads.
  void Fill(absl::Span<const int32_t> counts, absl::Span<double> values) const;

  // What one image adds to the metric and target of all()[statistic], NaN if
  // nothing; for image-wise ones whose value is a mean over images.
  std::vector<double> ValuesOfImages(int64_t statistic) const;

  // Fractions of the profile with neither predicted nor true pixels.
  int64_t empty() const { return empty_; }

 private:
  // A sum over images divided by another one.
  struct Ratio {
    std::vector<double> numerators;
    std::vector<double> denominators;
  };

  MaskStatistics(absl::Span<const MaskPairScore> images, const Options& options)
      : images_(images), options_(options) {}

  using CountsKind = metrics::OverlapCounts MaskPairScore::*;

  void AddProfileStatistics(bool has_classes);
  void AddProfileStatistic(absl::string_view target, CountsKind kind,
                           const std::vector<int>& labels);
  void AddImagewise();
  void AddRatio(MaskStatistic statistic, Ratio ratio);

  metrics::OverlapScore ProfileScore(absl::Span<const int32_t> counts) const;
  metrics::OverlapScore MergedScore(absl::Span<const int32_t> counts) const;
  // Values of the statistics of the profile, in their order.
  std::vector<double> ProfileValues(const metrics::OverlapScore& score,
                                    absl::Span<const int32_t> counts) const;

  absl::Span<const MaskPairScore> images_;
  Options options_;
  std::vector<MaskStatistic> statistics_;  // the profile's first
  std::vector<Ratio> ratios_;              // of all others
  int64_t empty_ = 0;
};

}  // namespace cxr

#endif  // CXR_SCORE_MASK_STATISTICS_H_
