// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_comparisons.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/mask_statistics.h"
#include "cxr/score/p_value_adjustment.h"
#include "cxr/score/segmentation_intervals.h"
#include "cxr/score/segmentation_value.h"
#include "metrics/interval/paired.h"
#include "metrics/interval/permutation.h"

namespace cxr {
namespace {

using Counts = absl::Span<const int32_t>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr char kPermutedMetric[] = "imagewise_dice";

double MeanOf(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// Whether resamples can tell a difference from none. No difference at all has a
// p of 1 whatever they say.
bool HasTest(const metrics::BootstrapEstimate& difference) {
  if (std::isnan(difference.value)) return false;
  return difference.value == 0.0 || !IsDegenerate(difference);
}

// Adds the comparisons of two systems to a report.
class Comparer {
 public:
  Comparer(const SegmentationInput& input,
           const SegmentationReportOptions& options, MaskStatistics first,
           MaskStatistics second, spec::ScoreReport* report)
      : input_(input),
        options_(options),
        first_(std::move(first)),
        second_(std::move(second)),
        report_(report) {}

  absl::Status AddPairedBootstrap(const metrics::ResamplingUnits& units) {
    const int64_t size = std::ssize(first_.all());
    const auto fill_first = [&](Counts counts, absl::Span<double> values) {
      first_.Fill(counts, values);
    };
    const auto fill_second = [&](Counts counts, absl::Span<double> values) {
      second_.Fill(counts, values);
    };
    CXR_ASSIGN_OR_RETURN(
        const std::vector<metrics::PairedEstimate> estimates,
        metrics::PairedBootstrap(
            units, ToBootstrapOptions(options_), {.kind = options_.interval},
            {.first = {.size = size, .fill = fill_first},
             .second = {.size = size, .fill = fill_second}}));
    SegmentationIntervals intervals(
        options_, {.kind = options_.interval,
                   .where = "comparisons: ",
                   .unit = std::string(UnitName(input_.table)),
                   .units = units.units()});
    for (int64_t k = 0; k < size; ++k) {
      const metrics::PairedEstimate& estimate = estimates[k];
      spec::ScoreComparison* row = AddRow(k, "paired bootstrap");
      row->set_first(estimate.first);
      row->set_second(estimate.second);
      row->set_difference(estimate.difference.value);
      row->set_p(HasTest(estimate.difference) ? estimate.p_value : kNan);
      if (const auto interval =
              intervals.Of(first_.all()[k], estimate.difference)) {
        *row->mutable_interval() = *interval;
      }
    }
    intervals.AddNotes(report_);
    return absl::OkStatus();
  }

  // Of a statistic that is a mean over images.
  absl::Status AddPermutation(int64_t statistic) {
    std::vector<double> ours;
    std::vector<double> theirs;
    std::vector<double> differences;
    std::vector<std::string> patients;
    const std::vector<double> all_ours = first_.ValuesOfImages(statistic);
    const std::vector<double> all_theirs = second_.ValuesOfImages(statistic);
    for (size_t i = 0; i < all_ours.size(); ++i) {
      if (std::isnan(all_ours[i]) || std::isnan(all_theirs[i])) continue;
      ours.push_back(all_ours[i]);
      theirs.push_back(all_theirs[i]);
      differences.push_back(all_ours[i] - all_theirs[i]);
      if (!input_.table.patients.empty()) {
        patients.push_back(input_.table.patients[i]);
      }
    }
    spec::ScoreComparison* row = AddRow(statistic, "paired permutation");
    row->set_first(MeanOf(ours));
    row->set_second(MeanOf(theirs));
    row->set_difference(MeanOf(differences));
    row->set_p(kNan);
    if (differences.empty()) return absl::OkStatus();
    CXR_ASSIGN_OR_RETURN(const metrics::ResamplingUnits units,
                         UnitsOfImages(std::ssize(differences), patients));
    CXR_ASSIGN_OR_RETURN(const metrics::PermutationTest test,
                         metrics::SignFlipTest(differences, units,
                                               {.resamples = options_.resamples,
                                                .seed = options_.seed,
                                                .threads = options_.threads}));
    row->set_p(test.p);
    return absl::OkStatus();
  }

  absl::Status AdjustPValues() {
    for (const auto& [name, rows] : families_) {
      std::vector<double> p_values;
      for (const spec::ScoreComparison* row : rows) {
        p_values.push_back(row->p());
      }
      CXR_ASSIGN_OR_RETURN(const std::vector<double> adjusted,
                           Adjust(options_.adjustment, p_values));
      for (size_t i = 0; i < rows.size(); ++i) {
        rows[i]->set_adjusted_p(adjusted[i]);
        rows[i]->set_adjustment(
            std::string(AdjustmentText(options_.adjustment)));
      }
    }
    return absl::OkStatus();
  }

 private:
  spec::ScoreComparison* AddRow(int64_t statistic, absl::string_view test) {
    const MaskStatistic& of = first_.all()[statistic];
    spec::ScoreComparison* row = report_->add_comparisons();
    row->set_metric(of.metric);
    row->set_target(of.target);
    row->set_test(std::string(test));
    if (of.of_class) families_[{of.metric, std::string(test)}].push_back(row);
    return row;
  }

  const SegmentationInput& input_;
  const SegmentationReportOptions& options_;
  const MaskStatistics first_;
  const MaskStatistics second_;
  spec::ScoreReport* report_;
  // Of classes by one metric and test: adjusted for one another. A mean stands
  // on its own.
  std::map<std::pair<std::string, std::string>,
           std::vector<spec::ScoreComparison*>>
      families_;
};

}  // namespace

absl::Status AddSegmentationComparisons(
    const SegmentationInput& input, const SegmentationReportOptions& options,
    spec::ScoreReport* report) {
  CXR_ASSIGN_OR_RETURN(MaskStatistics ours,
                       StatisticsOf(input.images, options, input.others));
  CXR_ASSIGN_OR_RETURN(MaskStatistics theirs,
                       StatisticsOf(input.others, options, input.images));
  const std::vector<MaskStatistic> statistics = ours.all();
  CXR_ASSIGN_OR_RETURN(
      const metrics::ResamplingUnits units,
      UnitsOfImages(std::ssize(input.images), input.table.patients));
  const bool jackknife = options.interval == metrics::IntervalKind::kBca;
  CXR_RETURN_IF_ERROR(CheckWork({.images = std::ssize(input.images),
                                 .statistics = std::ssize(statistics),
                                 .copies = 2,
                                 .left_out = jackknife ? units.units() : 0},
                                options));
  report->add_notes(
      "compared are --pred (first) and --compare (second); image-wise metrics "
      "and distances over images where both have a value");
  Comparer comparer(input, options, std::move(ours), std::move(theirs), report);
  CXR_RETURN_IF_ERROR(comparer.AddPairedBootstrap(units));
  for (size_t k = 0; k < statistics.size(); ++k) {
    if (statistics[k].metric != kPermutedMetric) continue;
    CXR_RETURN_IF_ERROR(comparer.AddPermutation(static_cast<int64_t>(k)));
  }
  return comparer.AdjustPValues();
}

}  // namespace cxr
