// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/score_comparisons.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/p_value_adjustment.h"
#include "cxr/score/rank_exchange.h"
#include "cxr/score/ranked_targets.h"
#include "metrics/interval/delong.h"
#include "metrics/interval/equivalence.h"
#include "metrics/interval/normal.h"
#include "metrics/interval/paired.h"
#include "metrics/interval/permutation.h"

namespace cxr {
namespace {

using Counts = absl::Span<const int32_t>;

// Standard errors up to this are those of equal differences, but for rounding.
constexpr double kRounding = 1e-12;

// Says why tests of the mean have no p, if so.
void AddUndefinedNote(const RankedTargets& targets, spec::ScoreReport* report) {
  std::vector<absl::string_view> undefined;
  for (int64_t k = 0; k < targets.size(); ++k) {
    if (!targets.HasBothClasses(k)) undefined.push_back(targets.name(k));
  }
  if (undefined.empty()) return;
  report->add_notes(absl::StrCat(
      "comparisons: no test of macro (p is NaN), nor of these, whose labels "
      "are all the same: ",
      absl::StrJoin(undefined, ", ")));
}

void AddMethodNotes(const ReportOptions& options, spec::ScoreReport* report) {
  report->add_notes(
      absl::StrCat("adjusted p: by ", AdjustmentText(options.adjustment),
                   " over the classes of one metric and test; macro has none"));
  if (!options.margin.has_value()) return;
  report->add_notes(absl::StrCat(
      "equivalence: two one-sided tests that the difference is ",
      *options.margin, " or more either way, at level ",
      1.0 - options.confidence,
      ", by the normal distribution, p not adjusted; 'not shown' does not say "
      "that they differ; none where the standard error is 0, which would be "
      "certain of anything"));
}

class Comparer {
 public:
  Comparer(const LabelledScores& scores, const ReportOptions& options,
           metrics::ResamplingUnits units, RankedTargets first,
           RankedTargets second)
      : scores_(scores),
        options_(options),
        units_(std::move(units)),
        first_(std::move(first)),
        second_(std::move(second)) {}

  absl::Status AddTo(spec::ScoreReport* report) {
    CXR_RETURN_IF_ERROR(AddBootstrap(report));
    CXR_RETURN_IF_ERROR(RowsAreIndependent(scores_) ? AddDelong(report)
                                                    : absl::OkStatus());
    return AddPermutation(report);
  }

 private:
  // Values of both systems as the profile has them.
  spec::ScoreComparison Row(RankMetric metric, int64_t target,
                            absl::string_view test) const {
    spec::ScoreComparison row;
    const bool macro = target == first_.size();
    const auto value = [&](const RankedTargets& targets) {
      return macro ? targets.Macro(metric)
                   : targets.ProfileValue(metric, target);
    };
    row.set_metric(std::string(NameOf(metric)));
    row.set_target(macro ? "macro" : first_.name(target));
    row.set_first(value(first_));
    row.set_second(value(second_));
    row.set_difference(row.first() - row.second());
    row.set_test(std::string(test));
    return row;
  }

  // Adjusts p of the targets and adds all rows; a mean stands behind them.
  absl::Status AddFamily(std::vector<spec::ScoreComparison> rows,
                         spec::ScoreReport* report) const {
    std::vector<double> p_values;
    for (int64_t k = 0; k < first_.size(); ++k) p_values.push_back(rows[k].p());
    CXR_ASSIGN_OR_RETURN(const std::vector<double> adjusted,
                         Adjust(options_.adjustment, p_values));
    for (size_t k = 0; k < rows.size(); ++k) {
      if (k < adjusted.size()) {
        rows[k].set_adjusted_p(adjusted[k]);
        rows[k].set_adjustment(
            std::string(AdjustmentText(options_.adjustment)));
      }
      *report->add_comparisons() = std::move(rows[k]);
    }
    return absl::OkStatus();
  }

  // Whether the difference is shown to be within the margin, if there is one.
  absl::Status SetEquivalence(double standard_error,
                              spec::ScoreComparison* row) const {
    // Not above NaN either.
    if (!options_.margin.has_value() || !(standard_error > kRounding)) {
      return absl::OkStatus();
    }
    const double margin = *options_.margin;
    CXR_ASSIGN_OR_RETURN(
        const metrics::EquivalenceTest test,
        metrics::TestEquivalence(
            {.difference = row->difference(), .standard_error = standard_error},
            {.low = -margin, .high = margin}, 1.0 - options_.confidence));
    spec::EquivalenceVerdict* verdict = row->mutable_equivalence();
    verdict->set_margin(margin);
    verdict->set_p(test.p);
    verdict->set_equivalent(test.equivalent);
    return absl::OkStatus();
  }

  absl::Status AddBootstrap(spec::ScoreReport* report) const {
    const auto first = [&](Counts counts, absl::Span<double> values) {
      first_.Fill(counts, values);
    };
    const auto second = [&](Counts counts, absl::Span<double> values) {
      second_.Fill(counts, values);
    };
    CXR_ASSIGN_OR_RETURN(
        const std::vector<metrics::PairedEstimate> estimates,
        metrics::PairedBootstrap(
            units_, ToBootstrapOptions(options_), {.kind = options_.interval},
            {.first = {.size = first_.statistics(), .fill = first},
             .second = {.size = second_.statistics(), .fill = second}}));
    for (const RankMetric metric : kRankMetrics) {
      std::vector<spec::ScoreComparison> rows;
      for (int64_t k = 0; k <= first_.size(); ++k) {
        const metrics::PairedEstimate& estimate =
            estimates[first_.Place(metric, k)];
        spec::ScoreComparison& row =
            rows.emplace_back(Row(metric, k, "paired bootstrap"));
        row.set_p(estimate.p_value);
        if (const auto interval =
                ToInterval(options_, options_.interval, scores_,
                           estimate.difference.interval)) {
          *row.mutable_interval() = *interval;
          CXR_RETURN_IF_ERROR(
              SetEquivalence(estimate.difference.standard_error, &row));
        }
      }
      CXR_RETURN_IF_ERROR(AddFamily(std::move(rows), report));
    }
    return absl::OkStatus();
  }

  absl::Status AddDelong(spec::ScoreReport* report) const {
    const std::vector<std::vector<double>> first =
        ProfileScores(scores_.scores, options_.profile);
    const std::vector<std::vector<double>> second =
        ProfileScores(scores_.other_scores, options_.profile);
    const double quantile =
        metrics::NormalQuantile(0.5 + 0.5 * options_.confidence);
    std::vector<spec::ScoreComparison> rows;
    for (int64_t k = 0; k < first_.size(); ++k) {
      CXR_ASSIGN_OR_RETURN(
          const metrics::DelongAurocs aurocs,
          metrics::Delong({first[k], second[k]}, scores_.labels[k]));
      const metrics::AurocComparison test =
          metrics::CompareDelong(aurocs, 0, 1);
      spec::ScoreComparison& row =
          rows.emplace_back(Row(RankMetric::kAuroc, k, "DeLong"));
      row.set_p(test.p);
      if (std::isnan(test.standard_error)) continue;
      const double reach = quantile * test.standard_error;
      row.mutable_interval()->set_low(test.difference - reach);
      row.mutable_interval()->set_high(test.difference + reach);
      row.mutable_interval()->set_kind(
          NamedKind(options_.confidence, "DeLong"));
      CXR_RETURN_IF_ERROR(SetEquivalence(test.standard_error, &row));
    }
    return AddFamily(std::move(rows), report);
  }

  absl::Status AddPermutation(spec::ScoreReport* report) const {
    CXR_ASSIGN_OR_RETURN(
        const RankExchange exchange,
        RankExchange::Create(
            ProfileScores(scores_.scores, options_.profile),
            ProfileScores(scores_.other_scores, options_.profile),
            scores_.labels));
    const auto statistic = [&exchange](Counts swapped) {
      return exchange.Difference(swapped);
    };
    CXR_ASSIGN_OR_RETURN(const metrics::PermutationTest test,
                         metrics::SwapTest(units_,
                                           {.resamples = options_.resamples,
                                            .seed = options_.seed,
                                            .threads = options_.threads},
                                           statistic));
    spec::ScoreComparison row =
        Row(RankMetric::kAuroc, first_.size(), "paired permutation");
    row.set_p(test.p);
    *report->add_comparisons() = std::move(row);
    return absl::OkStatus();
  }

  const LabelledScores& scores_;
  const ReportOptions& options_;
  const metrics::ResamplingUnits units_;
  const RankedTargets first_;
  const RankedTargets second_;
};

}  // namespace

absl::Status AddComparisons(const LabelledScores& scores,
                            const ReportOptions& options,
                            spec::ScoreReport* report) {
  CXR_CHECK(scores.other_scores.size() == scores.classes.size())
      << scores.other_scores.size() << " columns of a second system";
  LabelledScores other = scores;
  other.scores = scores.other_scores;
  CXR_ASSIGN_OR_RETURN(metrics::ResamplingUnits units, UnitsOf(scores));
  CXR_ASSIGN_OR_RETURN(RankedTargets first,
                       RankedTargets::Create(scores, options.profile));
  CXR_ASSIGN_OR_RETURN(RankedTargets second,
                       RankedTargets::Create(other, options.profile));
  CXR_RETURN_IF_ERROR(
      CheckWork(scores, options, first.statistics(), /*copies=*/2));
  AddUndefinedNote(first, report);
  AddMethodNotes(options, report);
  return Comparer(scores, options, std::move(units), std::move(first),
                  std::move(second))
      .AddTo(report);
}

}  // namespace cxr
