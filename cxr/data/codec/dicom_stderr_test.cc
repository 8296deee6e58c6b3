// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_stderr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <iostream>
#include <optional>
#include <string>

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::internal::CaptureStderr;
using ::testing::internal::GetCapturedStderr;

TEST(DicomStderrTest, KeepsWhatEitherLibraryPrints) {
  const DicomStderr kept;
  std::fputs("of C\n\n", stderr);
  std::cerr << "of C++\nand"
            << " more" << std::endl;
  EXPECT_THAT(kept.Lines(), ElementsAre("of C", "of C++", "and more"));
}

TEST(DicomStderrTest, LinesMayBeManyAndLong) {
  const DicomStderr kept;
  const std::string line(1000, 'x');
  for (int i = 0; i < 100; ++i) {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
  EXPECT_EQ(kept.Lines().size(), 100u);
  EXPECT_EQ(kept.Lines().back(), line);
}

TEST(DicomStderrTest, StderrIsTheUsualOneAfterwards) {
  CaptureStderr();
  std::optional<DicomStderr> kept(std::in_place);
  std::fputs("kept\n", stderr);
  kept.reset();
  std::fputs("printed\n", stderr);
  EXPECT_EQ(GetCapturedStderr(), "printed\n");
}

}  // namespace
}  // namespace cxr
