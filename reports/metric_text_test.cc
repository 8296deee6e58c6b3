// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/metric_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace cxr::reports {
namespace {

spec::MetricValue Value(double value) {
  spec::MetricValue metric;
  metric.set_metric("auroc");
  metric.set_target("macro");
  metric.set_value(value);
  metric.set_images(1000);
  metric.set_patients(264);
  metric.set_positives(12);
  metric.set_profile("P");
  return metric;
}

TEST(MetricTextTest, PercentagesKeepTheirDecimals) {
  spec::MetricValue value = Value(0.83336);
  EXPECT_EQ(PercentText(value, 2), "83.34");
  value.mutable_interval()->set_low(0.8);
  value.mutable_interval()->set_high(0.85);
  EXPECT_EQ(PercentText(value, 1), "83.3 [80.0,85.0]");
  EXPECT_EQ(PercentText(Value(std::numeric_limits<double>::quiet_NaN()), 2),
            "undefined");
}

TEST(MetricTextTest, TheBasisNamesAllThatAValueRestsOn) {
  spec::MetricValue value = Value(0.5);
  EXPECT_EQ(BasisText(value),
            "1,000 images of 264 patients, 12 positive labels; profile P");
  value.mutable_interval()->set_kind("bootstrap");
  value.mutable_interval()->set_redrawn(3);
  EXPECT_EQ(BasisText(value),
            "1,000 images of 264 patients, 12 positive labels; bootstrap (3 "
            "redrawn); profile P");
}

TEST(MetricTextTest, PositivesOfAMacroMeanAreLabelsNotImages) {
  spec::MetricValue value = Value(0.5);
  EXPECT_EQ(PositivesText(value), "12 labels");
  value.set_target("Mass");
  EXPECT_EQ(PositivesText(value), "12 of 1,000");
}

TEST(MetricTextTest, FindsByMetricAndTarget) {
  spec::RunRecord record;
  *record.add_metrics() = Value(0.5);
  EXPECT_NE(FindMetric(record, "auroc", "macro"), nullptr);
  EXPECT_EQ(FindMetric(record, "auprc", "macro"), nullptr);
  EXPECT_EQ(FindMetric(record, "auroc", "Mass"), nullptr);
}

}  // namespace
}  // namespace cxr::reports
