// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/select.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ImageIndex FourImages() {
  return {.source = "toy",
          .label_names = {"Mass", "Edema"},
          .examples = {{.id = "a", .patient_id = "p1", .view = View::kPa},
                       {.id = "b", .patient_id = "p2", .view = View::kAp},
                       {.id = "c", .patient_id = "p1", .view = View::kAp},
                       {.id = "d", .patient_id = "p3"}},
          .labels = {1, 0, 0, 1, 1, 1, 0, 0}};
}

spec::DataSpec Spec(std::vector<spec::View> views, int max_patients = 0) {
  spec::DataSpec spec;
  for (const spec::View view : views) {
    spec.add_views(view);
  }
  spec.set_max_patients(max_patients);
  return spec;
}

TEST(SelectTest, SelectsByView) {
  EXPECT_THAT(Select(FourImages(), Spec({spec::PA, spec::AP}))->rows,
              ElementsAre(0, 1, 2));
  ASSERT_OK_AND_ASSIGN(const SelectedIndex ap,
                       Select(FourImages(), Spec({spec::AP})));
  EXPECT_THAT(ap.rows, ElementsAre(1, 2));
  EXPECT_THAT(ap.index.labels, ElementsAre(0, 1, 1, 1));
  EXPECT_EQ(Select(FourImages(), Spec({spec::ANY_VIEW}))->rows.size(), 4u);
  ImageIndex none = FourImages();
  none.examples.resize(1);
  EXPECT_THAT(Select(none, Spec({spec::AP})),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("toy: no image has a view")));
}

TEST(SelectTest, LyingAndLateralPatientsAreViewsOfTheirOwn) {
  ImageIndex index = FourImages();
  index.examples[2].view = View::kApSupine;
  index.examples[3].view = View::kLateral;
  EXPECT_THAT(Select(index, Spec({spec::AP}))->rows, ElementsAre(1));
  EXPECT_THAT(Select(index, Spec({spec::AP_SUPINE}))->rows, ElementsAre(2));
  EXPECT_THAT(Select(index, Spec({spec::LATERAL}))->rows, ElementsAre(3));
}

TEST(SelectTest, AFrontalImageIsWantedWherePaAndApBothAre) {
  ImageIndex index = FourImages();
  index.examples[3].view = View::kFrontal;
  EXPECT_THAT(Select(index, Spec({spec::PA, spec::AP}))->rows,
              ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(Select(index, Spec({spec::AP}))->rows, ElementsAre(1, 2));
}

TEST(SelectTest, KeepsAllImagesOfTheFirstPatients) {
  EXPECT_THAT(Select(FourImages(), Spec({spec::PA, spec::AP}, 1))->rows,
              ElementsAre(0, 2));
}

TEST(SelectTest, TheFirstPatientsOfEachList) {
  ImageIndex index = FourImages();
  index.examples[0].part = index.examples[2].part = Part::kTraining;
  index.examples[1].part = Part::kTest;
  EXPECT_THAT(Select(index, Spec({spec::PA, spec::AP}, 1))->rows,
              ElementsAre(0, 1, 2));
}

TEST(SelectTest, TheTrainingListAloneWhereThereIsOne) {
  spec::DataSpec spec = Spec({spec::ANY_VIEW});
  spec.set_part(spec::TRAINING_PART);
  ImageIndex index = FourImages();
  EXPECT_EQ(Select(index, spec)->rows.size(), 4u);
  index.examples[1].part = Part::kTraining;
  index.examples[2].part = Part::kTest;
  EXPECT_THAT(Select(index, spec)->rows, ElementsAre(1));
  index.examples[1].part = Part::kValidation;
  EXPECT_THAT(Select(index, spec),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("in the part that is asked for")));
}

TEST(SelectTest, ASampleOfPatientsIsAFunctionOfThePatient) {
  ImageIndex index{.source = "toy"};
  for (int i = 0; i < 2000; ++i) {
    index.examples.push_back({.id = absl::StrCat(i),
                              .patient_id = absl::StrCat("p", i / 2),
                              .view = i % 3 == 0 ? View::kPa : View::kAp});
  }
  spec::DataSpec spec = Spec({spec::ANY_VIEW});
  spec.mutable_sample()->set_fraction(0.1);
  spec.mutable_sample()->set_seed(3);
  ASSERT_OK_AND_ASSIGN(const SelectedIndex all, Select(index, spec));
  // 1,000 patients by a coin of 0.1: 100 on average, deviation 9.5.
  EXPECT_GT(all.rows.size(), 2u * 60);
  EXPECT_LT(all.rows.size(), 2u * 140);
  *spec.mutable_views() = Spec({spec::PA}).views();
  ASSERT_OK_AND_ASSIGN(const SelectedIndex pa, Select(index, spec));
  EXPECT_THAT(all.rows, ::testing::IsSupersetOf(pa.rows));
  for (const int row : all.rows) {
    EXPECT_TRUE(InSample(spec.sample(), "toy", index.examples[row].patient_id));
  }
}

TEST(SelectTest, WhyNothingIsLeftIsToldWithTheRemarks) {
  ImageIndex index{.source = "toy",
                   .examples = {{.id = "a"}},
                   .remarks = {{.what = "views unknown", .count = 1}}};
  EXPECT_THAT(Select(index, Spec({spec::PA})),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "toy: no image has a view that is asked for; views "
                       "unknown: 1"));
  EXPECT_EQ(Select(index, Spec({spec::ANY_VIEW}))->index.remarks.size(), 1u);
}

}  // namespace
}  // namespace cxr
