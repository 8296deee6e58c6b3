// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// `patients` of a list with two images each, every fourth with the finding.
void AddPatients(int patients, Part part, ImageIndex& index) {
  for (int p = 0; p < patients; ++p) {
    for (int i = 0; i < 2; ++i) {
      index.examples.push_back(
          {.id = absl::StrCat(static_cast<int>(part), "-", p, "-", i),
           .patient_id = absl::StrCat(static_cast<int>(part), "-", p),
           .part = part});
      index.labels.push_back(p % 4 == 0 ? 1.0f : 0.0f);
    }
  }
}

ImageIndex Source() {
  ImageIndex index{.source = "toy", .label_names = {"Pneumonia"}};
  AddPatients(400, Part::kTraining, index);
  AddPatients(20, Part::kValidation, index);
  AddPatients(40, Part::kTest, index);
  return index;
}

std::set<std::string> Patients(const ImageIndex& index,
                               const std::vector<int>& images) {
  std::set<std::string> patients;
  for (const int i : images) {
    patients.insert(index.examples[i].patient_id);
  }
  return patients;
}

spec::OfficialSplitSpec HeldOut(double fraction, uint64_t seed) {
  spec::OfficialSplitSpec spec;
  spec.mutable_held_out_patients()->set_fraction(fraction);
  spec.mutable_held_out_patients()->set_seed(seed);
  return spec;
}

TEST(SplitTest, TheSourcesOwnLists) {
  const ImageIndex index = Source();
  spec::OfficialSplitSpec spec;
  spec.mutable_official_validation();
  ASSERT_OK_AND_ASSIGN(const Split split, MakeSplit(index, spec));
  EXPECT_EQ(split.training.size(), 800u);
  EXPECT_EQ(split.validation.size(), 40u);
  EXPECT_EQ(split.test.size(), 80u);
}

TEST(SplitTest, PatientsAreHeldOutWhole) {
  const ImageIndex index = Source();
  ASSERT_OK_AND_ASSIGN(const Split split, MakeSplit(index, HeldOut(0.1, 0)));
  EXPECT_EQ(split.training.size() + split.validation.size(), 800u);
  // 400 patients by a coin of 0.1: 40 on average, deviation 6.
  const auto held_out = Patients(index, split.validation);
  EXPECT_GT(held_out.size(), 16u);
  EXPECT_LT(held_out.size(), 64u);
  EXPECT_EQ(held_out.size() * 2, split.validation.size());
  ASSERT_OK_AND_ASSIGN(const Split again, MakeSplit(index, HeldOut(0.1, 0)));
  EXPECT_EQ(again.validation, split.validation);
  ASSERT_OK_AND_ASSIGN(const Split other, MakeSplit(index, HeldOut(0.1, 1)));
  EXPECT_NE(other.validation, split.validation);
}

TEST(SplitTest, WhoIsHeldOutDoesNotDependOnWhoElseIsThere) {
  const ImageIndex all = Source();
  spec::OfficialSplitSpec half = HeldOut(0.3, 5);
  half.mutable_training_sample()->set_fraction(0.5);
  half.mutable_training_sample()->set_seed(1);
  ASSERT_OK_AND_ASSIGN(const Split of_all, MakeSplit(all, HeldOut(0.3, 5)));
  ASSERT_OK_AND_ASSIGN(const Split of_half, MakeSplit(all, half));
  EXPECT_LT(of_half.validation.size(), of_all.validation.size());
  EXPECT_THAT(Patients(all, of_all.validation),
              ::testing::IsSupersetOf(Patients(all, of_half.validation)));
  EXPECT_EQ(of_half.test, of_all.test);
}

spec::OfficialSplitSpec Declared() {
  spec::OfficialSplitSpec spec = HeldOut(0.1, 0);
  spec.mutable_declared_test()->set_fraction(0.1);
  spec.mutable_declared_test()->set_seed(0);
  spec.mutable_declared_test()->set_stratified_by("Pneumonia");
  return spec;
}

TEST(SplitTest, DeclaredTestPatientsComeFromEveryClassAlike) {
  ImageIndex index{.source = "toy", .label_names = {"Pneumonia"}};
  AddPatients(400, Part::kTraining, index);
  ASSERT_OK_AND_ASSIGN(const Split split, MakeSplit(index, Declared()));
  int positive = 0;
  for (const int i : split.test) {
    positive += index.Label(i, 0) > 0 ? 1 : 0;
  }
  EXPECT_EQ(split.test.size(), 80u);  // 10 and 30 patients, two images each.
  EXPECT_EQ(positive, 20);
  // Another label that nobody asked for changes nothing.
  ImageIndex wider = index;
  wider.label_names = {"Normal", "Pneumonia"};
  wider.labels.clear();
  for (size_t i = 0; i < index.labels.size(); ++i) {
    wider.labels.push_back(i % 3 == 0 ? 1 : 0);
    wider.labels.push_back(index.labels[i]);
  }
  EXPECT_EQ(MakeSplit(wider, Declared())->test, split.test);
}

TEST(SplitTest, ADeclaredTestListNeedsItsLabelAndNoOtherList) {
  EXPECT_THAT(MakeSplit(Source(), Declared()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("has a list of them here")));
  ImageIndex index{.source = "toy", .label_names = {"Pneumonia"}};
  AddPatients(40, Part::kTraining, index);
  spec::OfficialSplitSpec other = Declared();
  other.mutable_declared_test()->set_stratified_by("Hernia");
  EXPECT_THAT(MakeSplit(index, other),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("no label 'Hernia'")));
}

TEST(SplitTest, TrainingImagesMayChooseTheEpoch) {
  spec::OfficialSplitSpec spec;
  spec.mutable_training_images_as_released();
  ASSERT_OK_AND_ASSIGN(const Split split, MakeSplit(Source(), spec));
  EXPECT_EQ(split.validation, split.training);
}

TEST(SplitTest, AListThatIsMissingOrSharedIsAnError) {
  ImageIndex index{.source = "toy", .label_names = {"Pneumonia"}};
  AddPatients(10, Part::kTraining, index);
  spec::OfficialSplitSpec spec;
  spec.mutable_training_images_as_released();
  EXPECT_THAT(MakeSplit(index, spec),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "toy: no test image is left"));
  AddPatients(10, Part::kTest, index);
  index.examples.back().patient_id = "1-3";
  EXPECT_THAT(MakeSplit(index, spec),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "toy: patient 1-3 has images among training and test "
                       "images"));
}

TEST(SplitTest, SharedPatientsAreFound) {
  ImageIndex index = Source();
  EXPECT_THAT(FindSharedPatients(index), IsEmpty());
  index.examples[900].patient_id = index.examples[4].patient_id;
  const std::vector<SharedPatient> shared = FindSharedPatients(index);
  ASSERT_EQ(shared.size(), 1u);
  EXPECT_EQ(shared[0].patient_id, "1-2");
  EXPECT_THAT(shared[0].images, ElementsAre(4, 5, 900));
  index.examples[900].part = Part::kNone;
  EXPECT_THAT(FindSharedPatients(index), IsEmpty());
}

}  // namespace
}  // namespace cxr
