// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/labelled_images.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "cxr/base/testing.h"
#include "cxr/tasks/classify/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class LabelledImagesTest : public ::testing::Test {
 protected:
  absl::Status Error() {
    toy_.GiveInputs();
    return toy_.Labelled().status();
  }

  std::vector<Example>& examples() { return toy_.index.index.examples; }

  ToyClassification toy_;
};

TEST_F(LabelledImagesTest, EachFoldIsTestedOnceByTheOthers) {
  ASSERT_OK_AND_ASSIGN(const LabelledImages images, toy_.Labelled());
  ASSERT_THAT(images.rounds, SizeIs(kToyFolds));
  std::vector<int> tested(kToyImages);
  for (int fold = 0; fold < kToyFolds; ++fold) {
    const Split& round = images.rounds[fold];
    EXPECT_EQ(round.training.size() + round.test.size(), size_t{kToyImages});
    EXPECT_THAT(round.validation, SizeIs(0));
    for (const int image : round.test) {
      EXPECT_EQ(examples()[image].fold, fold);
      ++tested[image];
    }
  }
  EXPECT_THAT(tested, Each(1));
}

TEST_F(LabelledImagesTest, ListsAreOneRound) {
  toy_.UseLists();
  ASSERT_OK_AND_ASSIGN(const LabelledImages images, toy_.Labelled());
  ASSERT_THAT(images.rounds, SizeIs(1));
  EXPECT_THAT(images.rounds[0].training, SizeIs(14));
  EXPECT_THAT(images.rounds[0].validation, ElementsAre(14, 15, 16, 17, 18, 19));
  EXPECT_THAT(images.rounds[0].test, SizeIs(11));
}

TEST_F(LabelledImagesTest, LabelsStandInTheOrderOfTheTargets) {
  ASSERT_OK_AND_ASSIGN(const LabelledImages images, toy_.Labelled());
  EXPECT_THAT(images.targets, ElementsAre("Nodule", "Mass"));
  for (int i = 0; i < kToyImages; ++i) {
    EXPECT_THAT(images.LabelsOf(i), ElementsAre(toy_.index.index.Label(i, 2),
                                                toy_.index.index.Label(i, 0)));
  }
}

TEST_F(LabelledImagesTest, ThePolicyReadsTheCells) {
  toy_.index.index.labels[0] = kUncertain;
  EXPECT_THAT(Error(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                HasSubstr("image 0.png: Mass is uncertain")));
  toy_.stage.spec.mutable_train()->set_label_policy(spec::U_ONES);
  ASSERT_OK_AND_ASSIGN(const LabelledImages ones, toy_.Labelled());
  EXPECT_EQ(ones.LabelsOf(0)[1], 1);
  toy_.stage.spec.mutable_train()->set_label_policy(spec::U_IGNORE);
  ASSERT_OK_AND_ASSIGN(const LabelledImages left_out, toy_.Labelled());
  EXPECT_TRUE(std::isnan(left_out.LabelsOf(0)[1]));
}

// RSNA's own test images have no labels; a declared test does not use them.
TEST_F(LabelledImagesTest, ImagesOfNoRoundNeedNoLabels) {
  toy_.UseLists();
  examples()[30].part = Part::kNone;
  toy_.index.index.labels[30 * 3] = std::numeric_limits<float>::quiet_NaN();
  toy_.GiveInputs();
  ASSERT_OK_AND_ASSIGN(const LabelledImages images, toy_.Labelled());
  EXPECT_THAT(images.rounds[0].test, SizeIs(10));
  EXPECT_TRUE(std::isnan(images.LabelsOf(30)[0]));
}

TEST_F(LabelledImagesTest, UnknownTargetsAreRefusedWithTheNamesThereAre) {
  toy_.stage.spec.mutable_train()->set_targets(0, "Hernia");
  EXPECT_THAT(Error(), StatusIs(absl::StatusCode::kInvalidArgument,
                                AllOf(HasSubstr("nih64"), HasSubstr("Hernia"),
                                      HasSubstr("Mass, Edema, Nodule"))));
}

TEST_F(LabelledImagesTest, OneFoldIsNotEnough) {
  for (Example& example : examples()) example.fold = 0;
  EXPECT_THAT(Error(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                HasSubstr("needs two folds or more, found 1")));
}

TEST_F(LabelledImagesTest, EveryFoldNeedsImages) {
  for (Example& example : examples()) {
    example.fold = example.fold == 1 ? 0 : example.fold;
  }
  EXPECT_THAT(Error(), StatusIs(absl::StatusCode::kFailedPrecondition,
                                "nih64: fold 1 holds no image"));
}

TEST_F(LabelledImagesTest, ImagesAreTakenOutOfAllParts) {
  toy_.UseLists();
  ASSERT_OK_AND_ASSIGN(LabelledImages images, toy_.Labelled());
  ASSERT_OK(LeaveOut({0, 15, 30}, &images));
  EXPECT_THAT(images.rounds[0].training, SizeIs(13));
  EXPECT_THAT(images.rounds[0].validation, ElementsAre(14, 16, 17, 18, 19));
  EXPECT_EQ(images.rounds[0].test.back(), 29);
  EXPECT_THAT(LeaveOut({14, 16, 17, 18, 19}, &images),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "nih64: none of the validation images can be used"));
}

}  // namespace
}  // namespace cxr
