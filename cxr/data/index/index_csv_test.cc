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
          .examples = {{"a.png", "p1", View::kPa, Sex::kFemale, 40, 0},
                       {"b.png", "p2", View::kAp, Sex::kMale, kUnknownAge, 1},
                       {"c.png", "p1", View::kAp, Sex::kFemale, 41, 0},
                       {"d.png", "p3", View::kUnknown, Sex::kUnknown, 5, 1}},
          .labels = {1, 0, 0, nan, 1, 1, 0, 0},
          .folds = 2};
}

spec::DataSpec Spec(std::vector<spec::View> views, int max_patients) {
  spec::DataSpec spec;
  for (const spec::View view : views) {
    spec.add_views(view);
  }
  spec.set_max_patients(max_patients);
  return spec;
}

TEST(IndexCsvTest, SelectsByView) {
  EXPECT_THAT(Select(FourImages(), Spec({spec::PA, spec::AP}, 0))->rows,
              ElementsAre(0, 1, 2));
  EXPECT_THAT(Select(FourImages(), Spec({spec::AP}, 0))->rows,
              ElementsAre(1, 2));
  EXPECT_EQ(Select(FourImages(), Spec({spec::ANY_VIEW}, 0))->rows.size(), 4u);
  ImageIndex none = FourImages();
  none.examples.resize(1);
  EXPECT_THAT(Select(none, Spec({spec::AP}, 0)),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("toy: no image")));
}

TEST(IndexCsvTest, KeepsAllImagesOfTheFirstPatients) {
  EXPECT_THAT(Select(FourImages(), Spec({spec::PA, spec::AP}, 1))->rows,
              ElementsAre(0, 2));
}

TEST(IndexCsvTest, ReadsBackWhatItWrites) {
  ASSERT_OK_AND_ASSIGN(const SelectedIndex selected,
                       Select(FourImages(), Spec({spec::PA, spec::AP}, 0)));
  const std::string text = ToCsv(selected);
  EXPECT_THAT(text, HasSubstr("\n1,b.png,p2,AP,M,,1,0,\n"));
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
  EXPECT_THAT(SelectedIndexFromCsv("row,id,patient,view,sex,age,fold\n"
                                   "0,a,p,PA,F,old,1\n",
                                   "index.csv"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "index.csv:2: found 'old', expected a number"));
  const auto error_of = [](const std::string& row) {
    return std::string(
        SelectedIndexFromCsv("row,id,patient,view,sex,age,fold\n" + row, "i")
            .status()
            .message());
  };
  EXPECT_EQ(error_of("0,a,p,LL,F,1,1\n"),
            "i:2: found 'LL', expected PA, AP or nothing");
  EXPECT_EQ(error_of("0,a,p,PA,X,1,1\n"),
            "i:2: found 'X', expected F, M or nothing");
  EXPECT_EQ(error_of(",a,p,PA,F,1,1\n"),
            "i:2: found '', expected the place of an image");
  EXPECT_THAT(
      SelectedIndexFromCsv("id,row,patient,view,sex,age,fold\n", "index.csv"),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("another place")));
}

}  // namespace
}  // namespace cxr
