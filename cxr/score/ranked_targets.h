// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_RANKED_TARGETS_H_
#define CXR_SCORE_RANKED_TARGETS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/spec/score.pb.h"
#include "metrics/ranking/macro.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr {

enum class RankMetric { kAuroc, kAuprc };

inline constexpr RankMetric kRankMetrics[] = {RankMetric::kAuroc,
                                              RankMetric::kAuprc};

// "auroc" or "auprc".
absl::string_view NameOf(RankMetric metric);

// The rules of a profile for a target with one class only.
metrics::CurveConvention ConventionOf(spec::ScorerProfile profile);

// Whether a profile computes in float32, so that scores beyond are an error.
bool IsFloat32(spec::ScorerProfile profile);

// What the profile ranks, made of scores (L, n) as they were given:
// SCIKIT_LEARN them, CXFORMER_FINETUNE the float32 sigmoid of each, the two of
// torchmetrics float32 numbers, which go through the same sigmoid, all of them,
// if one is outside of [0, 1] (one batch).
std::vector<std::vector<double>> ProfileScores(
    std::vector<std::vector<double>> scores, spec::ScorerProfile profile);

// All targets, sorted once, for values on many resamples of the same rows.
class RankedTargets {
 public:
  // Takes the first system's scores by its profile. InvalidArgument naming the
  // target, if a column is none (ranked_column.h).
  static absl::StatusOr<RankedTargets> Create(const LabelledScores& scores,
                                              spec::ScorerProfile profile);
  // The same of scores that are ProfileScores already, or some rows of them.
  static absl::StatusOr<RankedTargets> CreateRanked(
      const std::vector<std::string>& names,
      const std::vector<std::vector<double>>& ranked,
      const std::vector<std::vector<uint8_t>>& labels,
      spec::ScorerProfile profile);

  int64_t size() const { return std::ssize(columns_); }
  const metrics::RankedColumn& column(int64_t target) const {
    return columns_[target];
  }
  const std::string& name(int64_t target) const { return names_[target]; }

  // Positive labels of all targets together.
  int64_t positives() const;

  // Whether a target has rows of both classes.
  bool HasBothClasses(int64_t target) const;

  // Of the rows as they are, a target without both classes as scikit-learn has
  // it, whatever the profile: what records hold.
  double Value(RankMetric metric, int64_t target) const;
  // The same by ConventionOf(profile).
  double ProfileValue(RankMetric metric, int64_t target) const;
  double Macro(RankMetric metric) const;

  // Of row i repeated counts[i] times. NaN for a target without both classes
  // there, and so is the mean then, so that such a resample is not used: an
  // average precision would be defined, but says nothing.
  double Value(RankMetric metric, int64_t target,
               absl::Span<const int32_t> counts) const;
  double Macro(RankMetric metric, absl::Span<const int32_t> counts) const;

  // All of them: for each metric the targets, then the mean.
  int64_t statistics() const { return std::size(kRankMetrics) * (size() + 1); }
  int64_t Place(RankMetric metric, int64_t target) const {
    return static_cast<int64_t>(metric) * (size() + 1) + target;
  }
  int64_t MacroPlace(RankMetric metric) const { return Place(metric, size()); }
  void Fill(absl::Span<const int32_t> counts, absl::Span<double> values) const;

 private:
  RankedTargets(std::vector<std::string> names,
                metrics::CurveConvention convention)
      : names_(std::move(names)), convention_(convention) {}

  std::vector<std::string> names_;
  metrics::CurveConvention convention_;
  std::vector<metrics::RankedColumn> columns_;
};

}  // namespace cxr

#endif  // CXR_SCORE_RANKED_TARGETS_H_
