// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/classification.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/labelled_predictions.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/ranked_targets.h"
#include "cxr/score/undefined_resamples.h"
#include "metrics/interval/bootstrap.h"

namespace cxr {
namespace {

using Counts = absl::Span<const int32_t>;

class Scorer {
 public:
  Scorer(const LabelledScores& scores, const spec::ScoreSpec& spec,
         RankedTargets targets)
      : rows_(scores.size()),
        images_(scores.images),
        spec_(spec),
        targets_(std::move(targets)),
        clusters_(NumberNames(spec.bootstrap().unit() == spec::PATIENT
                                  ? scores.patients
                                  : scores.ids)),
        patients_(CountPatients(scores)),
        of_patients_(spec.bootstrap().unit() == spec::PATIENT ||
                     spec.classification().level() == spec::PATIENT_MAX) {}

  absl::StatusOr<std::vector<spec::MetricValue>> Score() {
    for (const RankMetric metric : kRankMetrics) {
      for (int64_t k = 0; k < targets_.size(); ++k) {
        CXR_RETURN_IF_ERROR(Add(
            metric, targets_.name(k), targets_.column(k).positives(),
            [&](Counts counts) { return targets_.Value(metric, k, counts); },
            targets_.Value(metric, k)));
      }
      CXR_RETURN_IF_ERROR(Add(
          metric, "macro", targets_.positives(),
          [&](Counts counts) { return targets_.Macro(metric, counts); },
          targets_.Macro(metric)));
    }
    return std::move(values_);
  }

 private:
  absl::Status Add(RankMetric metric, const std::string& target,
                   int64_t positives, metrics::CountStatistic statistic,
                   double value) {
    spec::MetricValue& result = values_.emplace_back();
    result.set_metric(std::string(NameOf(metric)));
    result.set_target(target);
    result.set_value(value);
    result.set_images(images_);
    result.set_patients(patients_);
    result.set_positives(positives);
    result.set_profile(
        spec::ScorerProfile_Name(spec_.classification().profile()));
    const std::vector<int32_t> ones(rows_, 1);
    if (std::isnan(statistic(ones))) {
      return absl::OkStatus();  // One class only: nothing to resample.
    }
    const spec::BootstrapSpec& bootstrap = spec_.bootstrap();
    absl::StatusOr<metrics::BootstrapInterval> interval =
        metrics::ClusteredBootstrap(clusters_,
                                    {.resamples = bootstrap.resamples(),
                                     .confidence = bootstrap.confidence(),
                                     .seed = bootstrap.seed(),
                                     .undefined = kUndefinedInRecords},
                                    statistic);
    if (absl::IsFailedPrecondition(interval.status())) {
      return absl::OkStatus();  // Too few positives for any interval.
    }
    CXR_RETURN_IF_ERROR(interval.status());
    result.mutable_interval()->set_low(interval->low);
    result.mutable_interval()->set_high(interval->high);
    result.mutable_interval()->set_kind(IntervalKind());
    result.mutable_interval()->set_redrawn(interval->redraws);
    result.mutable_interval()->set_median(interval->median);
    return absl::OkStatus();
  }

  std::string IntervalKind() const {
    const spec::BootstrapSpec& bootstrap = spec_.bootstrap();
    return absl::StrCat(100 * bootstrap.confidence(),
                        " % percentile bootstrap, ", bootstrap.resamples(),
                        " resamples of ", of_patients_ ? "patients" : "images",
                        ", seed ", bootstrap.seed());
  }

  const int64_t rows_;
  const int64_t images_;
  const spec::ScoreSpec& spec_;
  const RankedTargets targets_;
  const std::vector<int32_t> clusters_;
  const int64_t patients_;
  const bool of_patients_;  // what is resampled
  std::vector<spec::MetricValue> values_;
};

}  // namespace

absl::StatusOr<std::vector<spec::MetricValue>> ScoreClassification(
    const Predictions& predictions, const spec::ScoreSpec& spec) {
  if (predictions.ids.empty()) {
    return absl::InvalidArgumentError("there are no predictions to score");
  }
  LabelledScores scores = ToLabelledScores(predictions);
  const spec::ClassificationScoreSpec& classification = spec.classification();
  if (classification.level() == spec::PATIENT_MAX) {
    CXR_ASSIGN_OR_RETURN(scores, ScoresOfPatients(std::move(scores)));
  }
  CXR_ASSIGN_OR_RETURN(RankedTargets targets,
                       RankedTargets::Create(scores, classification.profile()));
  return Scorer(scores, spec, std::move(targets)).Score();
}

}  // namespace cxr
