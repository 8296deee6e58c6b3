// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(SegmentationOptionsTest, PatientsAreDrawnWhole) {
  ASSERT_OK_AND_ASSIGN(const metrics::ResamplingUnits images,
                       UnitsOfImages(3, {}));
  EXPECT_EQ(images.units(), 3);
  EXPECT_TRUE(images.units_are_examples());
  ASSERT_OK_AND_ASSIGN(const metrics::ResamplingUnits patients,
                       UnitsOfImages(3, {"q", "p", "q"}));
  EXPECT_EQ(patients.units(), 2);
  EXPECT_EQ(UnitName({}), "image");
  EXPECT_EQ(UnitName({.patients = {"q"}}), "patient");
}

TEST(SegmentationOptionsTest, TheBootstrapIsTheOneAskedFor) {
  const metrics::BootstrapOptions options = ToBootstrapOptions(
      {.generator = metrics::RandomGenerator::kFast, .seed = 9, .threads = 2});
  EXPECT_EQ(options.generator, metrics::RandomGenerator::kFast);
  EXPECT_EQ(options.undefined, metrics::UndefinedResample::kSkip);
  EXPECT_EQ(options.seed, 9);
  EXPECT_EQ(options.threads, 2);
}

TEST(SegmentationOptionsTest, WorkHasLimits) {
  const SegmentationReportOptions options{.resamples = 1000};
  EXPECT_OK(CheckWork({.images = 1000, .statistics = 40}, options));
  EXPECT_THAT(
      CheckWork({.images = 1'000'000, .statistics = 40}, options),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("--resamples: found 40000 values to keep of 4e+10")));
  // Groups and a jackknife are work, too.
  EXPECT_THAT(
      CheckWork({.images = 100'000, .statistics = 40, .copies = 8}, options),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at most")));
  EXPECT_THAT(
      CheckWork({.images = 100'000, .statistics = 40, .left_out = 100'000},
                options),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at most")));
}

}  // namespace
}  // namespace cxr
