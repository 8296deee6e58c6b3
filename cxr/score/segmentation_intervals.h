// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEGMENTATION_INTERVALS_H_
#define CXR_SCORE_SEGMENTATION_INTERVALS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/score/mask_statistics.h"
#include "cxr/score/segmentation_options.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/spec/score_report.pb.h"
#include "metrics/interval/bootstrap.h"

namespace cxr {

// Whether resamples do not differ (by more than rounding), or only one of them
// defines the value: they then say nothing of how sure it is.
bool IsDegenerate(const metrics::BootstrapEstimate& estimate);

// The intervals of one table of a report. A value whose resamples say nothing
// has none, lest it be read as certain; notes say which and why.
class SegmentationIntervals {
 public:
  struct Options {
    metrics::IntervalKind kind = metrics::IntervalKind::kPercentile;
    // What the intervals are of: "", or "groups: sex F: ".
    std::string where = {};
    std::string unit = "image";  // or "patient"
    int64_t units = 0;           // how many of them there are to resample
  };

  // `report` must outlive the object.
  SegmentationIntervals(const SegmentationReportOptions& report,
                        Options options)
      : report_(report), options_(std::move(options)) {}

  // Nothing if the value is undefined, too; one that less than one resample in
  // a hundred defines has none.
  std::optional<spec::Interval> Of(const MaskStatistic& statistic,
                                   const metrics::BootstrapEstimate& estimate);

  // The same of a group minus the rest, for which both must vary.
  std::optional<spec::Interval> OfDifference(
      const MaskStatistic& statistic, const metrics::BootstrapEstimate& group,
      const metrics::BootstrapEstimate& rest,
      const metrics::BootstrapEstimate& difference);

  // Says what had no interval.
  void AddNotes(spec::ScoreReport* report) const;

 private:
  using Names = std::map<std::string, std::vector<std::string>>;  // by metric

  std::optional<spec::Interval> Defined(
      const MaskStatistic& statistic,
      const metrics::BootstrapEstimate& estimate);
  std::string Kind(const metrics::BootstrapInterval& interval) const;

  const SegmentationReportOptions& report_;
  const Options options_;
  int64_t asked_ = 0;         // values
  int64_t equal_values_ = 0;  // of those
  Names equal_;               // all resamples alike
  Names undefined_;           // or too few defined
  Names equal_difference_;
};

}  // namespace cxr

#endif  // CXR_SCORE_SEGMENTATION_INTERVALS_H_
