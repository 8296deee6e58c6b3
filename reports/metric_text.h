// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_METRIC_TEXT_H_
#define REPORTS_METRIC_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/run_record.pb.h"

// Numbers of records as a table shows them.

namespace cxr::reports {

// The metric of that name and target of all images, or null.
const spec::MetricValue* FindMetric(const spec::RunRecord& record,
                                    absl::string_view metric,
                                    absl::string_view target);

// The same of the images of a group, "" for all.
const spec::MetricValue* FindMetricOf(const spec::RunRecord& record,
                                      absl::string_view group,
                                      absl::string_view metric,
                                      absl::string_view target);

// A fraction in percent: "83.34 [83.17,83.39]", without brackets if there is
// no interval; "undefined" for NaN.
std::string PercentText(const spec::MetricValue& value, int decimals);

// "83 of 1,000"; of a macro mean, whose images may be positive for several
// targets, "635 labels".
std::string PositivesText(const spec::MetricValue& value);

// What stands behind a value: images, patients, positives, interval, profile.
std::string BasisText(const spec::MetricValue& value);

}  // namespace cxr::reports

#endif  // REPORTS_METRIC_TEXT_H_
