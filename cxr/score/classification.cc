// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/classification.h"

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "metrics/interval/bootstrap.h"
#include "metrics/ranking/macro.h"
#include "metrics/ranking/ranked_column.h"
#include "metrics/ranking/sigmoid.h"

namespace cxr {
namespace {

using Counts = absl::Span<const int32_t>;
using metrics::RankedColumn;

enum class Metric { kAuroc, kAuprc };

// Columns of scores as the profile computes them from logits.
absl::StatusOr<std::vector<RankedColumn>> RankColumns(
    const Predictions& predictions, spec::ScorerProfile profile) {
  CXR_CHECK(profile == spec::CXFORMER_FINETUNE)
      << "unresolved spec: profile " << profile;
  const size_t width = predictions.targets.size();
  std::vector<RankedColumn> columns;
  for (size_t target = 0; target < width; ++target) {
    std::vector<double> scores;
    std::vector<uint8_t> labels;
    for (size_t k = target; k < predictions.logits.size(); k += width) {
      // The float32 sigmoid comes first: where it saturates it makes ties.
      scores.push_back(metrics::SigmoidFloat32(predictions.logits[k]));
      labels.push_back(predictions.labels[k] == 1.0f ? 1 : 0);
    }
    absl::StatusOr<RankedColumn> column = RankedColumn::Create(scores, labels);
    if (!column.ok()) {
      return Annotate(column.status(),
                      absl::StrCat("target ", predictions.targets[target]));
    }
    columns.push_back(*std::move(column));
  }
  return columns;
}

std::vector<int32_t> Clusters(const Predictions& predictions,
                              spec::ResamplingUnit unit) {
  std::vector<int32_t> clusters;
  std::map<std::string, int32_t> known;
  for (size_t i = 0; i < predictions.ids.size(); ++i) {
    const std::string& key =
        unit == spec::PATIENT ? predictions.patients[i] : predictions.ids[i];
    clusters.push_back(
        known.emplace(key, static_cast<int32_t>(known.size())).first->second);
  }
  return clusters;
}

int64_t CountPatients(const Predictions& predictions) {
  return std::ssize(std::set<std::string>(predictions.patients.begin(),
                                          predictions.patients.end()));
}

// NaN for a resample without both classes, so that it is drawn again: an
// average precision is defined there, but says nothing.
double ValueOf(const RankedColumn& column, Metric metric, Counts counts) {
  const double auroc = column.Auroc(counts);
  return metric == Metric::kAuroc || std::isnan(auroc)
             ? auroc
             : column.AveragePrecision(counts);
}

double MacroOf(const std::vector<RankedColumn>& columns, Metric metric,
               Counts counts) {
  std::vector<double> values;
  for (const RankedColumn& column : columns) {
    values.push_back(ValueOf(column, metric, counts));
  }
  return metrics::MacroMean(values,
                            metrics::UndefinedColumns::kNanIfAnyUndefined);
}

class Scorer {
 public:
  Scorer(const Predictions& predictions, const spec::ScoreSpec& spec,
         std::vector<RankedColumn> columns)
      : predictions_(predictions),
        spec_(spec),
        columns_(std::move(columns)),
        clusters_(Clusters(predictions, spec.bootstrap().unit())),
        patients_(CountPatients(predictions)) {}

  absl::StatusOr<std::vector<spec::MetricValue>> Score() {
    for (const Metric metric : {Metric::kAuroc, Metric::kAuprc}) {
      int64_t positives = 0;
      for (size_t i = 0; i < columns_.size(); ++i) {
        const RankedColumn& column = columns_[i];
        positives += column.positives();
        CXR_RETURN_IF_ERROR(Add(
            metric, predictions_.targets[i], column.positives(),
            [&](Counts counts) { return ValueOf(column, metric, counts); },
            PlainValue(column, metric)));
      }
      CXR_RETURN_IF_ERROR(Add(
          metric, "macro", positives,
          [&](Counts counts) { return MacroOf(columns_, metric, counts); },
          PlainMacro(metric)));
    }
    return std::move(values_);
  }

 private:
  static double PlainValue(const RankedColumn& column, Metric metric) {
    return metric == Metric::kAuroc ? column.Auroc()
                                    : column.AveragePrecision();
  }

  double PlainMacro(Metric metric) const {
    const auto convention = metrics::CurveConvention::kScikitLearn16;
    return metric == Metric::kAuroc
               ? metrics::MacroAuroc(columns_, convention)
               : metrics::MacroAveragePrecision(columns_, convention);
  }

  absl::Status Add(Metric metric, const std::string& target, int64_t positives,
                   metrics::CountStatistic statistic, double value) {
    spec::MetricValue& result = values_.emplace_back();
    result.set_metric(metric == Metric::kAuroc ? "auroc" : "auprc");
    result.set_target(target);
    result.set_value(value);
    result.set_images(static_cast<int64_t>(predictions_.ids.size()));
    result.set_patients(patients_);
    result.set_positives(positives);
    result.set_profile(
        spec::ScorerProfile_Name(spec_.classification().profile()));
    const std::vector<int32_t> ones(predictions_.ids.size(), 1);
    if (std::isnan(statistic(ones))) {
      return absl::OkStatus();  // One class only: nothing to resample.
    }
    const spec::BootstrapSpec& bootstrap = spec_.bootstrap();
    absl::StatusOr<metrics::BootstrapInterval> interval =
        metrics::ClusteredBootstrap(clusters_,
                                    {.resamples = bootstrap.resamples(),
                                     .confidence = bootstrap.confidence(),
                                     .seed = bootstrap.seed()},
                                    statistic);
    if (absl::IsFailedPrecondition(interval.status())) {
      return absl::OkStatus();  // Too few positives for any interval.
    }
    CXR_RETURN_IF_ERROR(interval.status());
    result.mutable_interval()->set_low(interval->low);
    result.mutable_interval()->set_high(interval->high);
    result.mutable_interval()->set_kind(IntervalKind());
    result.mutable_interval()->set_redrawn(interval->redraws);
    return absl::OkStatus();
  }

  std::string IntervalKind() const {
    const spec::BootstrapSpec& bootstrap = spec_.bootstrap();
    return absl::StrCat(
        100 * bootstrap.confidence(), " % percentile bootstrap, ",
        bootstrap.resamples(), " resamples of ",
        bootstrap.unit() == spec::PATIENT ? "patients" : "images", ", seed ",
        bootstrap.seed());
  }

  const Predictions& predictions_;
  const spec::ScoreSpec& spec_;
  const std::vector<RankedColumn> columns_;
  const std::vector<int32_t> clusters_;
  const int64_t patients_;
  std::vector<spec::MetricValue> values_;
};

}  // namespace

absl::StatusOr<std::vector<spec::MetricValue>> ScoreClassification(
    const Predictions& predictions, const spec::ScoreSpec& spec) {
  if (predictions.ids.empty()) {
    return absl::InvalidArgumentError("there are no predictions to score");
  }
  CXR_ASSIGN_OR_RETURN(
      std::vector<RankedColumn> columns,
      RankColumns(predictions, spec.classification().profile()));
  return Scorer(predictions, spec, std::move(columns)).Score();
}

}  // namespace cxr
