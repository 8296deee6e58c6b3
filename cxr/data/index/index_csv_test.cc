// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/index_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ImageIndex FourImages() {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  return {.source = "toy",
          .label_names = {"Mass", "Edema, mild"},
          .examples =
              {{.id = "a.png",
                .patient_id = "p1",
                .view = View::kPa,
                .sex = Sex::kFemale,
                .age_years = 40,
                .fold = 0},
               {.id = "b.png",
                .patient_id = "p2",
                .study_id = "s2",
                .view = View::kAp,
                .sex = Sex::kMale,
                .part = Part::kTest,
                .fold = 1},
               {.id = "c.png",
                .patient_id = "p1",
                .view = View::kAp,
                .sex = Sex::kFemale,
                .age_years = 41,
                .fold = 0},
               {.id = "d.png", .patient_id = "p3", .age_years = 5, .fold = 1}},
          .labels = {1, 0, 0, nan, 1, 1, 0, 0},
          .folds = 2};
}

spec::DataSpec Frontal() {
  spec::DataSpec spec;
  spec.add_views(spec::PA);
  spec.add_views(spec::AP);
  return spec;
}

TEST(IndexCsvTest, ReadsBackWhatItWrites) {
  ASSERT_OK_AND_ASSIGN(const SelectedIndex selected,
                       Select(FourImages(), Frontal()));
  const std::string text = ToCsv(selected);
  EXPECT_THAT(text, HasSubstr("\n1,b.png,p2,s2,test,AP,M,,1,0,\n"));
  ASSERT_OK_AND_ASSIGN(const SelectedIndex read,
                       SelectedIndexFromCsv(text, "index.csv"));
  EXPECT_EQ(read.rows, selected.rows);
  EXPECT_EQ(read.index.label_names, selected.index.label_names);
  EXPECT_EQ(read.index.folds, 2);
  EXPECT_EQ(read.index.examples[1].age_years, kUnknownAge);
  EXPECT_EQ(read.index.examples[2].sex, Sex::kFemale);
  EXPECT_TRUE(std::isnan(read.index.Label(1, 1)));
  EXPECT_EQ(ToCsv(read), text);
}

TEST(IndexCsvTest, BrokenCellsNameTheLine) {
  EXPECT_THAT(
      SelectedIndexFromCsv("row,id,patient,study,part,view,sex,age,fold\n"
                           "0,a,p,,,PA,F,old,1\n",
                           "index.csv"),
      StatusIs(absl::StatusCode::kDataLoss,
               "index.csv:2: found 'old', expected a number"));
  const auto error_of = [](const std::string& row) {
    return std::string(
        SelectedIndexFromCsv(
            "row,id,patient,study,part,view,sex,age,fold\n" + row, "i")
            .status()
            .message());
  };
  EXPECT_EQ(error_of("0,a,p,,,LL,F,1,1\n"), "i:2: found 'LL', expected a view");
  EXPECT_EQ(error_of("0,a,p,,test,PA,X,1,1\n"),
            "i:2: found 'X', expected F, M or nothing");
  EXPECT_EQ(error_of(",a,p,,,PA,F,1,1\n"),
            "i:2: found '', expected the place of an image");
  EXPECT_THAT(
      SelectedIndexFromCsv("id,row,patient,study,part,view,sex,age,fold\n",
                           "index.csv"),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("another place")));
}

}  // namespace
}  // namespace cxr
