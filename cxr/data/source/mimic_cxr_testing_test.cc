// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/mimic_cxr_testing.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cxr/base/testing.h"
#include "cxr/data/source/mimic_cxr.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

TEST(MimicCxrTestingTest, ImagesStudiesAndSubjectsAreInProportion) {
  const TempDir folder;
  WriteMimicCxrTables(folder.path(), 3'771);
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadMimicCxr(folder.path()));
  EXPECT_EQ(index.examples.size(), 3'771u);
  EXPECT_TRUE(index.remarks.empty()) << index.remarks[0].what;
  std::set<std::string> studies;
  std::set<std::string> subjects;
  for (const Example& example : index.examples) {
    EXPECT_EQ(example.id.size(), 44u);
    studies.insert(example.patient_id + "/" + example.study_id);
    subjects.insert(example.patient_id);
  }
  EXPECT_EQ(subjects.size(), 654u);
  // Some studies are cut in two where the next subject begins.
  EXPECT_GE(studies.size(), 2'278u);
  EXPECT_LE(studies.size(), 2'278u + 654u);
}

TEST(MimicCxrTestingTest, CostIsThatOfTheIndex) {
  const TempDir folder;
  WriteMimicCxrTables(folder.path(), 20'000);
  const ReadingCost cost = CostOfReadingMimicCxr(folder.path());
  EXPECT_EQ(cost.images, 20'000);
  EXPECT_GT(cost.peak_bytes, 20'000 * int64_t{sizeof(Example)});
}

}  // namespace
}  // namespace cxr
