// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/make_dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

DataRoots Samples() { return {.samples = TestData("cxr/data/samples")}; }

spec::DataSpec Spec(spec::Source source) {
  spec::DataSpec spec;
  spec.set_source(source);
  return spec;
}

TEST(MakeDatasetTest, TheSamplesAreThere) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(Spec(spec::NIH64), Samples()));
  EXPECT_EQ(dataset->index().examples.size(), 1000u);
}

TEST(MakeDatasetTest, EverySourceIsReadOrSaysWhyNot) {
  for (int i = spec::Source_MIN; i <= spec::Source_MAX; ++i) {
    if (!spec::Source_IsValid(i) || i == spec::SOURCE_UNSPECIFIED ||
        i == spec::NIH64) {
      continue;
    }
    const spec::Source source = static_cast<spec::Source>(i);
    EXPECT_THAT(MakeDataset(Spec(source), Samples()),
                StatusIs(absl::StatusCode::kUnimplemented,
                         HasSubstr("this version has no reader")))
        << spec::Source_Name(source);
    EXPECT_THAT(
        FingerprintFiles(Spec(source), Samples()),
        StatusIs(absl::StatusCode::kUnimplemented, HasSubstr("data: ")));
  }
}

TEST(MakeDatasetTest, TheFingerprintFollowsTheBytes) {
  const TempDir dir;
  ASSERT_OK(CreateDirectories(dir.File("nih64")));
  for (const char* file : {"labels.csv", "mosaic_40x25_64px.png"}) {
    ASSERT_OK_AND_ASSIGN(
        const std::string bytes,
        ReadFile(TestData(std::string("cxr/data/samples/nih64/") + file)));
    ASSERT_OK(WriteNewFile(dir.File(std::string("nih64/") + file), bytes));
  }
  const DataRoots copy{.samples = dir.path()};
  ASSERT_OK_AND_ASSIGN(const std::string before,
                       FingerprintFiles(Spec(spec::NIH64), copy));
  EXPECT_EQ(before, *FingerprintFiles(Spec(spec::NIH64), Samples()));
  ASSERT_OK(WriteFileAtomically(dir.File("nih64/labels.csv"), "changed"));
  EXPECT_NE(before, *FingerprintFiles(Spec(spec::NIH64), copy));
  ASSERT_OK(RemoveAll(dir.File("nih64/labels.csv")));
  EXPECT_THAT(FingerprintFiles(Spec(spec::NIH64), copy),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("labels.csv")));
}

}  // namespace
}  // namespace cxr
