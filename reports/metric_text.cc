// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/metric_text.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/with_commas.h"

namespace cxr::reports {

const spec::MetricValue* FindMetric(const spec::RunRecord& record,
                                    absl::string_view metric,
                                    absl::string_view target) {
  return FindMetricOf(record, /*group=*/"", metric, target);
}

const spec::MetricValue* FindMetricOf(const spec::RunRecord& record,
                                      absl::string_view group,
                                      absl::string_view metric,
                                      absl::string_view target) {
  for (const spec::MetricValue& value : record.metrics()) {
    if (value.group() == group && value.metric() == metric &&
        value.target() == target) {
      return &value;
    }
  }
  return nullptr;
}

std::string PercentText(const spec::MetricValue& value, int decimals) {
  if (std::isnan(value.value())) {
    return "undefined";
  }
  std::string text = absl::StrFormat("%.*f", decimals, 100 * value.value());
  if (value.has_interval()) {
    absl::StrAppendFormat(&text, " [%.*f,%.*f]", decimals,
                          100 * value.interval().low(), decimals,
                          100 * value.interval().high());
  }
  return text;
}

std::string PositivesText(const spec::MetricValue& value) {
  return value.target() == "macro"
             ? absl::StrCat(WithCommas(value.positives()), " labels")
             : absl::StrCat(WithCommas(value.positives()), " of ",
                            WithCommas(value.images()));
}

std::string BasisText(const spec::MetricValue& value) {
  std::string text = absl::StrCat(
      WithCommas(value.images()), " images of ", WithCommas(value.patients()),
      " patients, ", WithCommas(value.positives()), " positive labels");
  if (value.has_interval()) {
    absl::StrAppend(&text, "; ", value.interval().kind());
    if (value.interval().redrawn() > 0) {
      absl::StrAppend(&text, " (", WithCommas(value.interval().redrawn()),
                      " redrawn)");
    }
  }
  return absl::StrCat(text, "; profile ", value.profile());
}

}  // namespace cxr::reports
