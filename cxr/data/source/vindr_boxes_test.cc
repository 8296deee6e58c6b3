// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/vindr_boxes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kHeader[] = "image_id,rad_id,class_name,x_min,y_min,x_max,y_max";

// What reading all of a table with one row ends with.
absl::Status StatusOfRow(const std::string& row) {
  const TempDir dir;
  WriteTree(dir.path(), {{"boxes.csv", absl::StrCat(kHeader, "\n", row)}});
  absl::StatusOr<VindrBoxes> boxes = VindrBoxes::Open(dir.File("boxes.csv"));
  EXPECT_OK(boxes);
  return boxes->Next().status();
}

TEST(VindrBoxesTest, RowIsReadCellByCell) {
  const TempDir dir;
  WriteTree(dir.path(),
            {{"boxes.csv.gz", absl::StrCat(kHeader,
                                           "\na,R9,LUNG OPACITY,10.5,20,30,60\n"
                                           "b,R10,No finding,,,,\n")}});
  ASSERT_OK_AND_ASSIGN(VindrBoxes boxes,
                       VindrBoxes::Open(dir.File("boxes.csv.gz")));
  ASSERT_OK_AND_ASSIGN(bool more, boxes.Next());
  ASSERT_TRUE(more);
  EXPECT_EQ(boxes.image(), "a");
  EXPECT_EQ(boxes.reader(), "R9");
  EXPECT_EQ(boxes.label(), "Lung Opacity");
  ASSERT_TRUE(boxes.box().has_value());
  EXPECT_EQ(boxes.box()->label, "Lung Opacity");
  EXPECT_EQ(boxes.box()->reader, "R9");
  EXPECT_EQ(boxes.box()->left, 10.5f);
  EXPECT_EQ(boxes.box()->top, 20.0f);
  EXPECT_EQ(boxes.box()->width, 19.5f);
  EXPECT_EQ(boxes.box()->height, 40.0f);
  ASSERT_OK_AND_ASSIGN(more, boxes.Next());
  ASSERT_TRUE(more);
  EXPECT_EQ(boxes.label(), "No finding");
  EXPECT_FALSE(boxes.box().has_value());
  ASSERT_OK_AND_ASSIGN(more, boxes.Next());
  EXPECT_FALSE(more);
}

TEST(VindrBoxesTest, TableNeedNotNameReaders) {
  const TempDir dir;
  WriteTree(dir.path(), {{"boxes.csv",
                          "image_id,class_name,x_min,y_min,x_max,y_max\n"
                          "a,Scar,1,2,3,4\n"}});
  ASSERT_OK_AND_ASSIGN(VindrBoxes boxes,
                       VindrBoxes::Open(dir.File("boxes.csv")));
  ASSERT_OK_AND_ASSIGN(const bool more, boxes.Next());
  ASSERT_TRUE(more);
  EXPECT_EQ(boxes.reader(), "");
  EXPECT_EQ(boxes.label(), "Scar");
}

TEST(VindrBoxesTest, BadEdgesAreDataLossWithFileAndLine) {
  const auto is_data_loss = [](const std::string& text) {
    return StatusIs(absl::StatusCode::kDataLoss,
                    AllOf(HasSubstr("boxes.csv:2: "), HasSubstr(text)));
  };
  EXPECT_THAT(StatusOfRow("a,R1,ILD,x,2,3,4\n"),
              is_data_loss("x_min: found 'x', expected pixels"));
  EXPECT_THAT(StatusOfRow("a,R1,ILD,1,2,inf,4\n"),
              is_data_loss("x_max: found 'inf', expected pixels"));
  EXPECT_THAT(StatusOfRow("a,R1,ILD,1,2,,4\n"),
              is_data_loss("x_max: found '', expected pixels, as beside it"));
  EXPECT_THAT(
      StatusOfRow("a,R1,ILD,5,2,4,4\n"),
      is_data_loss("x_max: found '4', expected x_min or more, which is 5"));
  EXPECT_THAT(
      StatusOfRow("a,R1,ILD,1,5,3,4\n"),
      is_data_loss("y_max: found '4', expected y_min or more, which is 5"));
}

TEST(VindrBoxesTest, MissingColumnIsDataLoss) {
  const TempDir dir;
  WriteTree(dir.path(),
            {{"boxes.csv", "image_id,class_name,x_min,y_min,x_max\n"}});
  EXPECT_THAT(
      VindrBoxes::Open(dir.File("boxes.csv")).status(),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no column 'y_max'")));
}

}  // namespace
}  // namespace cxr
