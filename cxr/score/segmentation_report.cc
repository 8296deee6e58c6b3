// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_report.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/interval_kind.h"
#include "cxr/score/mask_statistics.h"
#include "cxr/score/report_options.h"
#include "cxr/spec/run_record.pb.h"
#include "metrics/interval/bootstrap.h"
#include "metrics/interval/multiplicity.h"
#include "metrics/interval/paired.h"
#include "metrics/interval/permutation.h"
#include "metrics/interval/resample_loop.h"
#include "metrics/interval/resampling_units.h"
#include "metrics/segmentation/lungs_and_heart.h"

namespace cxr {
namespace {

using Images = absl::Span<const MaskPairScore>;
using Counts = absl::Span<const int32_t>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr char kPermutedMetric[] = "imagewise_dice";

metrics::BootstrapOptions BootstrapOf(
    const SegmentationReportOptions& options) {
  return {.resamples = options.resamples,
          .confidence = options.confidence,
          .seed = options.seed,
          .undefined = metrics::UndefinedResample::kSkip,
          .threads = options.threads};
}

// The interval of one value; nothing if it is undefined, or if less than one
// resample in a hundred defines the value.
std::optional<spec::Interval> ToInterval(
    const metrics::BootstrapInterval& interval,
    const SegmentationReportOptions& options) {
  std::string kind =
      NamedKind(options.confidence,
                absl::StrCat(IntervalKindText(options.interval), " bootstrap, ",
                             options.resamples, " resamples of images, seed ",
                             options.seed, ", numpy RandomState"));
  if (interval.resamples < options.resamples) {
    absl::StrAppend(&kind, ", ", interval.resamples, " of them defined");
  }
  return DefinedInterval(interval, options.resamples, std::move(kind));
}

// More work than this is taken for a slip.
absl::Status CheckWork(const MaskStatistics& statistics, int64_t images,
                       int64_t systems,
                       const SegmentationReportOptions& options) {
  const bool jackknife = options.interval == metrics::IntervalKind::kBca;
  const double size = static_cast<double>(statistics.all().size());
  const double sets = options.resamples + (jackknife ? 1.0 * images : 0.0);
  const double cells = sets * size * static_cast<double>(images * systems);
  if (cells <= kMostCells && sets * size <= kMostReplicates) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--resamples: found ", sets * size, " values to keep of ", cells,
      " cells to evaluate (", images, " images, ", size, " values, ", sets,
      " resamples), expected at most ", kMostReplicates, " of ", kMostCells));
}

absl::StatusOr<MaskStatistics> StatisticsOf(
    Images images, const SegmentationReportOptions& options, Images partner) {
  return MaskStatistics::Create(images, {.classes = options.classes,
                                         .profile = options.profile,
                                         .partner = partner});
}

absl::string_view MeaningOf(metrics::EmptyRule rule) {
  switch (rule) {
    case metrics::EmptyRule::kOne:
    case metrics::EmptyRule::kZeroDivision:  // by default
      return "counts as 1";
    case metrics::EmptyRule::kZero:
      return "counts as 0";
    case metrics::EmptyRule::kLeftOut:
      return "is left out";
    case metrics::EmptyRule::kNan:
      return "is NaN";
  }
  return "";
}

// What is missing of a class, if anything is.
std::string MissingNote(Images images, int label, int classes) {
  int64_t no_truth = 0;
  int64_t no_prediction = 0;
  int64_t neither = 0;
  for (const MaskPairScore& image : images) {
    const metrics::ClassCounts& counts = image.counts[label];
    if (counts.truth > 0 && counts.predicted > 0) continue;
    int64_t& which = counts.truth > 0       ? no_prediction
                     : counts.predicted > 0 ? no_truth
                                            : neither;
    ++which;
  }
  const int64_t missing = no_truth + no_prediction + neither;
  if (missing == 0) return "";
  return absl::StrCat(
      MaskClassName(label, classes), ": distances are undefined in ", missing,
      " of ", images.size(), " images and left out: ", no_prediction,
      " without a predicted pixel (image-wise Dice and IoU 0), ", no_truth,
      " without a true one (0), ", neither, " without either (left out)");
}

void AddMissingNotes(Images images, int classes, absl::string_view of,
                     spec::ScoreReport* report) {
  for (int label = 1; label < classes; ++label) {
    const std::string note = MissingNote(images, label, classes);
    if (!note.empty()) report->add_notes(absl::StrCat(of, note));
  }
}

void AddNotes(Images images, const MaskStatistics& statistics,
              const SegmentationReportOptions& options,
              spec::ScoreReport* report) {
  if (options.classes == metrics::kLungsAndHeartClasses) {
    report->add_notes(
        "four classes are taken for 0 background, 1 left lung, 2 right lung, 3 "
        "heart");
  }
  const metrics::OverlapRule& rule = RuleOf(options.profile);
  if (statistics.empty() > 0) {
    report->add_notes(absl::StrCat(
        rule.name, ": ", statistics.empty(),
        statistics.empty() == 1 ? " fraction has" : " fractions have",
        " neither a predicted nor a true pixel; such a one ",
        MeaningOf(rule.neither)));
  }
  report->add_notes(
      "hd95 and assd are MONAI's, contour_hd95 and contour_distance_... those "
      "of surface-distance (DeepMind): they differ by design; all are in "
      "pixels; means leave infinite distances out, which MONAI would keep");
  report->add_notes("images are taken as independent");
  AddMissingNotes(images, options.classes, "", report);
}

double MeanOf(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// Adds the comparisons of two systems to a report.
class Comparer {
 public:
  Comparer(const MaskStatistics& first, const MaskStatistics& second,
           const SegmentationReportOptions& options, spec::ScoreReport* report)
      : first_(first), second_(second), options_(options), report_(report) {}

  absl::Status AddPairedBootstrap(int64_t images) {
    const int64_t size = std::ssize(first_.all());
    const auto fill_first = [&](Counts counts, absl::Span<double> values) {
      first_.Fill(counts, values);
    };
    const auto fill_second = [&](Counts counts, absl::Span<double> values) {
      second_.Fill(counts, values);
    };
    CXR_ASSIGN_OR_RETURN(const metrics::ResamplingUnits units,
                         metrics::ResamplingUnits::Examples(images));
    CXR_ASSIGN_OR_RETURN(
        const std::vector<metrics::PairedEstimate> estimates,
        metrics::PairedBootstrap(
            units, BootstrapOf(options_), {.kind = options_.interval},
            {.first = {.size = size, .fill = fill_first},
             .second = {.size = size, .fill = fill_second}}));
    for (int64_t k = 0; k < size; ++k) {
      const metrics::PairedEstimate& estimate = estimates[k];
      spec::ScoreComparison* row = AddRow(k, "paired bootstrap");
      row->set_first(estimate.first);
      row->set_second(estimate.second);
      row->set_difference(estimate.difference.value);
      const bool defined = !std::isnan(estimate.difference.value);
      row->set_p(defined ? estimate.p_value : kNan);
      const std::optional<spec::Interval> interval =
          ToInterval(estimate.difference.interval, options_);
      if (defined && interval.has_value()) *row->mutable_interval() = *interval;
    }
    return absl::OkStatus();
  }

  // Of a statistic that is a mean over images.
  absl::Status AddPermutation(int64_t statistic) {
    std::vector<double> ours;
    std::vector<double> theirs;
    std::vector<double> differences;
    const std::vector<double> all_ours = first_.ValuesOfImages(statistic);
    const std::vector<double> all_theirs = second_.ValuesOfImages(statistic);
    for (size_t i = 0; i < all_ours.size(); ++i) {
      if (std::isnan(all_ours[i]) || std::isnan(all_theirs[i])) continue;
      ours.push_back(all_ours[i]);
      theirs.push_back(all_theirs[i]);
      differences.push_back(all_ours[i] - all_theirs[i]);
    }
    spec::ScoreComparison* row = AddRow(statistic, "paired permutation");
    row->set_first(MeanOf(ours));
    row->set_second(MeanOf(theirs));
    row->set_difference(MeanOf(differences));
    row->set_p(kNan);
    if (differences.empty()) return absl::OkStatus();
    CXR_ASSIGN_OR_RETURN(
        const metrics::ResamplingUnits units,
        metrics::ResamplingUnits::Examples(std::ssize(differences)));
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
                           metrics::AdjustHolm(p_values));
      for (size_t i = 0; i < rows.size(); ++i) {
        rows[i]->set_adjusted_p(adjusted[i]);
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

  const MaskStatistics& first_;
  const MaskStatistics& second_;
  const SegmentationReportOptions& options_;
  spec::ScoreReport* report_;
  // Of classes by one metric and test: adjusted for one another. A mean stands
  // on its own.
  std::map<std::pair<std::string, std::string>,
           std::vector<spec::ScoreComparison*>>
      families_;
};

}  // namespace

absl::StatusOr<spec::ScoreReport> MakeSegmentationReport(
    Images images, const SegmentationReportOptions& options) {
  CXR_ASSIGN_OR_RETURN(const MaskStatistics statistics,
                       StatisticsOf(images, options, /*partner=*/{}));
  CXR_RETURN_IF_ERROR(
      CheckWork(statistics, std::ssize(images), /*systems=*/1, options));
  const auto fill = [&](Counts counts, absl::Span<double> values) {
    statistics.Fill(counts, values);
  };
  CXR_ASSIGN_OR_RETURN(const metrics::ResamplingUnits units,
                       metrics::ResamplingUnits::Examples(std::ssize(images)));
  CXR_ASSIGN_OR_RETURN(
      const std::vector<metrics::BootstrapEstimate> estimates,
      metrics::Bootstrap(units, BootstrapOf(options), options.interval,
                         {.size = std::ssize(statistics.all()), .fill = fill}));
  spec::ScoreReport report;
  report.set_task("segmentation");
  for (size_t k = 0; k < estimates.size(); ++k) {
    const MaskStatistic& statistic = statistics.all()[k];
    spec::MetricValue* value = report.add_values();
    value->set_metric(statistic.metric);
    value->set_target(statistic.target);
    value->set_value(estimates[k].value);
    value->set_images(statistic.images);
    value->set_positives(statistic.positives);
    value->set_profile(statistic.profile);
    const std::optional<spec::Interval> interval =
        ToInterval(estimates[k].interval, options);
    if (std::isnan(estimates[k].value) || !interval.has_value()) continue;
    *value->mutable_interval() = *interval;
  }
  AddNotes(images, statistics, options, &report);
  return report;
}

absl::Status AddSegmentationComparisons(
    Images first, Images second, const SegmentationReportOptions& options,
    spec::ScoreReport* report) {
  CXR_ASSIGN_OR_RETURN(const MaskStatistics ours,
                       StatisticsOf(first, options, second));
  CXR_ASSIGN_OR_RETURN(const MaskStatistics theirs,
                       StatisticsOf(second, options, first));
  CXR_RETURN_IF_ERROR(
      CheckWork(ours, std::ssize(first), /*systems=*/2, options));
  Comparer comparer(ours, theirs, options, report);
  CXR_RETURN_IF_ERROR(comparer.AddPairedBootstrap(std::ssize(first)));
  for (int64_t k = 0; k < std::ssize(ours.all()); ++k) {
    if (ours.all()[k].metric != kPermutedMetric) continue;
    CXR_RETURN_IF_ERROR(comparer.AddPermutation(k));
  }
  CXR_RETURN_IF_ERROR(comparer.AdjustPValues());
  report->add_notes(
      "compared are --pred (first) and --compare (second); image-wise metrics "
      "and distances over images where both have a value");
  AddMissingNotes(second, options.classes, "second: ", report);
  return absl::OkStatus();
}

}  // namespace cxr
