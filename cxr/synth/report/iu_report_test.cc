// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/iu_report.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/synth/report/report_testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace cxr::synth {
namespace {

using ::testing::AnyOf;

TEST(IuReportTest, HidesWhatIsRemovedBehindXs) {
  const ReportContent content = {
      .indication = "___ year old man with cough.",
      .comparison = "Chest radiograph from ___.",
      .findings = {"Lungs are clear.", "Heart size is normal."},
      .impression = {"One.", "Two."}};
  int alone = 0;
  for (int i = 0; i < 1000; ++i) {
    const IuReportText text = IuReportOf(content, RandomKey(i));
    EXPECT_THAT(text.comparison, AnyOf("", "Chest radiograph from XXXX."));
    EXPECT_THAT(text.indication,
                AnyOf("", "Cough.", "XXXX year old man with cough."));
    EXPECT_THAT(text.findings,
                AnyOf("", "Lungs are clear. Heart size is normal."));
    EXPECT_THAT(text.impression, AnyOf("", "1. One. 2. Two."));
    alone += text.indication == "Cough.";
  }
  EXPECT_NEAR(alone, 780, 50);
}

TEST(IuReportTest, DoesNotNumberASinglePoint) {
  for (int i = 0; i < 10; ++i) {
    const IuReportText text = IuReportOf(
        {.indication = "Cough.", .impression = {"One."}}, RandomKey(i));
    EXPECT_THAT(text.impression, AnyOf("", "One."));
    EXPECT_THAT(text.indication, AnyOf("", "Cough."));
  }
}

TEST(IuReportTest, LeavesTextsEmptyAsOftenAsTheFilesDo) {
  constexpr int kReports = 10'000;
  int comparison = 0;
  int indication = 0;
  int findings = 0;
  int impression = 0;
  int hidden = 0;
  for (int i = 0; i < kReports; ++i) {
    // First studies, as IU X-Ray has no other.
    const ReportContent content = ReportOf(SampleOf(i / 5 * 2), i);
    const IuReportText text = IuReportOf(content, RandomKey(i));
    comparison += text.comparison.empty();
    indication += text.indication.empty();
    findings += text.findings.empty();
    impression += text.impression.empty();
    EXPECT_FALSE(text.findings.empty() && text.impression.empty());
    const std::string all = absl::StrCat(text.comparison, text.indication,
                                         text.findings, text.impression);
    EXPECT_FALSE(absl::StrContains(all, "_")) << all;
    hidden += absl::StrContains(all, "XXXX");
  }
  EXPECT_NEAR(comparison, 0.157 * kReports, 150);
  EXPECT_NEAR(indication, 0.023 * kReports, 80);
  EXPECT_NEAR(findings, 0.134 * kReports, 150);
  EXPECT_NEAR(impression, 0.0086 * kReports, 45);
  EXPECT_NEAR(hidden, 0.469 * kReports, 0.06 * kReports);
}

}  // namespace
}  // namespace cxr::synth
