// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/ranked_targets.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "metrics/ranking/sigmoid.h"

namespace cxr {
namespace {

using Columns = std::vector<std::vector<double>>;
using Counts = absl::Span<const int32_t>;
using metrics::RankedColumn;

template <typename Change>
void ChangeAll(Columns* columns, Change change) {
  for (std::vector<double>& column : *columns) {
    std::transform(column.begin(), column.end(), column.begin(), change);
  }
}

double Rounded(double score) { return static_cast<float>(score); }

double Sigmoid(double score) {
  return metrics::SigmoidFloat32(static_cast<float>(score));
}

bool AreProbabilities(const Columns& columns) {
  return std::all_of(columns.begin(), columns.end(), [](const auto& column) {
    return std::all_of(column.begin(), column.end(), [](double score) {
      return score >= 0.0 && score <= 1.0;
    });
  });
}

// Of values on a resample.
double MeanOnResample(absl::Span<const double> values) {
  return metrics::MacroMean(values,
                            metrics::UndefinedColumns::kNanIfAnyUndefined);
}

}  // namespace

absl::string_view NameOf(RankMetric metric) {
  return metric == RankMetric::kAuroc ? "auroc" : "auprc";
}

metrics::CurveConvention ConventionOf(spec::ScorerProfile profile) {
  switch (profile) {
    case spec::SCIKIT_LEARN:
    case spec::CXFORMER_FINETUNE:
      return metrics::CurveConvention::kScikitLearn16;
    case spec::CXFORMER_LINEAR_EVAL:
      return metrics::CurveConvention::kTorchmetrics010;
    case spec::TORCHMETRICS:
      return metrics::CurveConvention::kTorchmetrics19;
    default:
      CXR_CHECK(false) << "unresolved spec: profile " << profile;
      return metrics::CurveConvention::kScikitLearn16;
  }
}

bool IsFloat32(spec::ScorerProfile profile) {
  return profile != spec::SCIKIT_LEARN;
}

Columns ProfileScores(Columns scores, spec::ScorerProfile profile) {
  if (!IsFloat32(profile)) return scores;
  ChangeAll(&scores, Rounded);
  // The float32 sigmoid comes before ranking: where it saturates it makes ties.
  if (profile == spec::CXFORMER_FINETUNE || !AreProbabilities(scores)) {
    ChangeAll(&scores, Sigmoid);
  }
  return scores;
}

absl::StatusOr<RankedTargets> RankedTargets::Create(
    const LabelledScores& scores, spec::ScorerProfile profile) {
  return CreateRanked(scores.classes, ProfileScores(scores.scores, profile),
                      scores.labels, profile);
}

absl::StatusOr<RankedTargets> RankedTargets::CreateRanked(
    const std::vector<std::string>& names, const Columns& ranked,
    const std::vector<std::vector<uint8_t>>& labels,
    spec::ScorerProfile profile) {
  RankedTargets targets(names, ConventionOf(profile));
  for (size_t k = 0; k < ranked.size(); ++k) {
    absl::StatusOr<RankedColumn> column =
        RankedColumn::Create(ranked[k], labels[k]);
    if (!column.ok()) {
      return Annotate(column.status(), absl::StrCat("target ", names[k]));
    }
    targets.columns_.push_back(*std::move(column));
  }
  return targets;
}

int64_t RankedTargets::positives() const {
  int64_t positives = 0;
  for (const RankedColumn& column : columns_) positives += column.positives();
  return positives;
}

bool RankedTargets::HasBothClasses(int64_t target) const {
  return columns_[target].positives() > 0 && columns_[target].negatives() > 0;
}

double RankedTargets::Value(RankMetric metric, int64_t target) const {
  return metric == RankMetric::kAuroc ? columns_[target].Auroc()
                                      : columns_[target].AveragePrecision();
}

double RankedTargets::ProfileValue(RankMetric metric, int64_t target) const {
  // The mean over one target, so that both have the same rules.
  const absl::Span<const RankedColumn> column(&columns_[target], 1);
  return metric == RankMetric::kAuroc
             ? metrics::MacroAuroc(column, convention_)
             : metrics::MacroAveragePrecision(column, convention_);
}

double RankedTargets::Macro(RankMetric metric) const {
  return metric == RankMetric::kAuroc
             ? metrics::MacroAuroc(columns_, convention_)
             : metrics::MacroAveragePrecision(columns_, convention_);
}

double RankedTargets::Value(RankMetric metric, int64_t target,
                            Counts counts) const {
  const double auroc = columns_[target].Auroc(counts);
  return metric == RankMetric::kAuroc || std::isnan(auroc)
             ? auroc
             : columns_[target].AveragePrecision(counts);
}

double RankedTargets::Macro(RankMetric metric, Counts counts) const {
  std::vector<double> values;
  for (int64_t k = 0; k < size(); ++k) {
    values.push_back(Value(metric, k, counts));
  }
  return MeanOnResample(values);
}

void RankedTargets::Fill(Counts counts, absl::Span<double> values) const {
  for (int64_t k = 0; k < size(); ++k) {
    const double auroc = columns_[k].Auroc(counts);
    values[Place(RankMetric::kAuroc, k)] = auroc;
    values[Place(RankMetric::kAuprc, k)] =
        std::isnan(auroc) ? auroc : columns_[k].AveragePrecision(counts);
  }
  for (const RankMetric metric : kRankMetrics) {
    values[MacroPlace(metric)] =
        MeanOnResample(values.subspan(Place(metric, 0), size()));
  }
}

}  // namespace cxr
