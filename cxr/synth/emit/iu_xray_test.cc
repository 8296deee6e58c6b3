// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/iu_xray.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/iu_xml.h"
#include "cxr/data/source/iu_xray.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/synth/emit/round_trip_testing.h"

namespace cxr::synth {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

SynthOptions Options(int patients, bool defects) {
  return {.seed = 3, .patients = patients, .scale = 0.1, .defects = defects};
}

TEST(IuXrayTest, TheReaderGivesBackTheTruth) {
  for (const bool defects : {false, true}) {
    const TempDir root;
    const SourcePlan plan = PlanIuXray(Options(12, defects));
    WritePlan(plan, root.File("iu_xray"));
    spec::DataSpec spec;
    spec.set_source(spec::IU_XRAY);
    ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> dataset,
                         MakeDataset(spec, {.data_root = root.path()}));
    ExpectRoundTrip(dataset->index(), plan.truth);
    ExpectSameBoxes(dataset->index(), plan.truth);
    ExpectImagesDecode(*dataset, plan.truth);
    ExpectSameReports(*dataset, plan.truth);
  }
}

// Of the original's 3,955 reports 104 have no image, 446 one, 3,208 two and 181
// three; a comparison is missing in 622, findings are in 530.
TEST(IuXrayTest, SharesAreNearThoseOfTheOriginal) {
  constexpr int kReports = 1200;
  std::map<size_t, double> images;
  double without_comparison = 0.0;
  double without_findings = 0.0;
  double three_numbers = 0.0;
  const SourcePlan plan = PlanIuXray(Options(kReports, false));
  for (const PlannedFile& file : plan.files) {
    if (!absl::EndsWith(file.path, ".xml")) continue;
    ASSERT_OK_AND_ASSIGN(const std::string text, file.make());
    ASSERT_OK_AND_ASSIGN(const IuXmlReport xml, ParseIuXml(text, file.path));
    images[xml.images.size()] += 1.0 / kReports;
    without_comparison += xml.report.comparison.empty() ? 1.0 / kReports : 0.0;
    without_findings += xml.report.findings.empty() ? 1.0 / kReports : 0.0;
    if (!xml.images.empty()) {
      const std::string& id = xml.images[0].id;
      EXPECT_THAT(id, MatchesRegex("CXR[0-9]+_IM-[0-9]{4}(-[0-9]{4}){1,2}"));
      three_numbers +=
          absl::StrContains(id, "-0001-0001") ? 1.0 / kReports : 0.0;
    }
  }
  EXPECT_NEAR(images[0], 0.026, 0.012);
  EXPECT_NEAR(images[1], 0.113, 0.03);
  EXPECT_NEAR(images[2], 0.811, 0.05);
  EXPECT_NEAR(images[3], 0.046, 0.02);
  EXPECT_NEAR(without_comparison, 0.157, 0.035);
  EXPECT_NEAR(without_findings, 0.134, 0.035);
  EXPECT_NEAR(three_numbers, 0.054, 0.02);
}

TEST(IuXrayTest, MarksOfRemovedTextAreThere) {
  int marked = 0;
  const SourcePlan plan = PlanIuXray(Options(60, false));
  for (const ImageTruth& image : plan.truth.images()) {
    marked += absl::StrContains(image.report(), "XXXX") ? 1 : 0;
  }
  EXPECT_GT(marked, 0);
}

TEST(IuXrayTest, DefectsAreAColourImageAndAReportWithoutText) {
  const SourcePlan plan = PlanIuXray(Options(8, true));
  EXPECT_EQ(plan.truth.images(0).defect(), "rgba");
  std::map<std::string, std::string> reports;
  for (const ImageTruth& image : plan.truth.images()) {
    if (image.defect() == "no text") {
      reports[image.study_id()] = image.report();
    }
  }
  EXPECT_EQ(reports, (std::map<std::string, std::string>{{"CXR2", ""}}));
  EXPECT_THAT(BytesOf(plan, "ecgen-radiology/2.xml"),
              HasSubstr("<AbstractText Label=\"FINDINGS\"/>"));
  const SourcePlan clean = PlanIuXray(Options(8, false));
  for (const ImageTruth& image : clean.truth.images()) {
    EXPECT_EQ(image.defect(), "") << image.id();
  }
}

TEST(IuXrayTest, SameOptionsAreTheSameBytes) {
  ExpectSamePlan(PlanIuXray(Options(8, true)), PlanIuXray(Options(8, true)));
}

}  // namespace
}  // namespace cxr::synth
