// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/image_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

ImageIndex TwoLabels() {
  ImageIndex index;
  index.source = "toy";
  index.label_names = {"Edema", "Mass"};
  index.examples.resize(2);
  index.labels = {0.0f, 1.0f, 2.0f, 3.0f};
  return index;
}

TEST(ImageIndexTest, LabelsAreFoundByName) {
  const ImageIndex index = TwoLabels();
  ASSERT_OK_AND_ASSIGN(const int column, LabelColumn(index, "Mass"));
  EXPECT_EQ(column, 1);
  EXPECT_EQ(index.Label(/*example=*/0, column), 1.0f);
  EXPECT_EQ(index.Label(/*example=*/1, column), 3.0f);
}

TEST(ImageIndexTest, UnknownLabelIsRefusedWithTheNamesThereAre) {
  EXPECT_THAT(LabelColumn(TwoLabels(), "mass"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("toy: no label 'mass'"),
                             HasSubstr("Edema, Mass"))));
}

}  // namespace
}  // namespace cxr
