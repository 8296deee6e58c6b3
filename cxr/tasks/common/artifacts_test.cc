// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/artifacts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"
#include "cxr/tasks/common/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr absl::string_view kIndex =
    "row,id,patient,study,part,view,sex,age,fold,Mass\n"
    "7,a.png,p1,,,PA,F,40,0,1\n"
    "9,b.png,p2,,,AP,M,41,1,0\n";

class ArtifactsTest : public ::testing::Test {
 protected:
  ArtifactsTest() { stage_.spec.mutable_data()->set_source(spec::NIH64); }

  absl::StatusOr<SelectedIndex> Index() const {
    absl::StatusOr<SelectedIndex> index = absl::UnknownError("not read");
    EXPECT_OK(stage_.Run(StageKind::kTrain, [&](const StageRequest& request) {
      index = ReadIndex(request);
      return StageOutput();
    }));
    return index;
  }

  absl::StatusOr<FloatMatrix> Features() const {
    absl::StatusOr<FloatMatrix> features = absl::UnknownError("not read");
    EXPECT_OK(stage_.Run(StageKind::kTrain, [&](const StageRequest& request) {
      features = ReadFeatures(request, Index()->index);
      return StageOutput();
    }));
    return features;
  }

  FakeStage stage_ = {
      .inputs = {{{StageKind::kData, "index.csv"}, std::string(kIndex)}}};
};

TEST_F(ArtifactsTest, HeadsAreNumberedByFold) {
  EXPECT_EQ(HeadFile(0), "head_0.npy");
  EXPECT_EQ(HeadFile(12), "head_12.npy");
}

TEST_F(ArtifactsTest, TheIndexIsThatOfTheDataStage) {
  ASSERT_OK_AND_ASSIGN(const SelectedIndex index, Index());
  EXPECT_THAT(index.rows, ElementsAre(7, 9));
  EXPECT_EQ(index.index.examples[1].id, "b.png");
  EXPECT_EQ(index.index.source, "nih64");
}

TEST_F(ArtifactsTest, ADamagedIndexIsDataLoss) {
  stage_.inputs.begin()->second = "row,id\n7,a.png\n";
  EXPECT_THAT(Index(),
              StatusIs(absl::StatusCode::kDataLoss, StartsWith("index.csv")));
}

TEST_F(ArtifactsTest, FeaturesHaveOneRowAnImage) {
  std::string& bytes = stage_.inputs[{StageKind::kFeatures, "features.npy"}];
  bytes = ToNpy({.rows = 2, .columns = 3, .values = {1, 2, 3, 4, 5, 6}});
  ASSERT_OK_AND_ASSIGN(const FloatMatrix features, Features());
  EXPECT_EQ(features.columns, 3);
  EXPECT_THAT(features.values, ElementsAre(1, 2, 3, 4, 5, 6));
  bytes = ToNpy({.rows = 3, .columns = 2, .values = {1, 2, 3, 4, 5, 6}});
  EXPECT_THAT(Features(),
              StatusIs(absl::StatusCode::kDataLoss,
                       "features.npy: found 3 rows, expected one for each of "
                       "2 images"));
  bytes.resize(bytes.size() - 1);
  EXPECT_THAT(Features(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("features.npy")));
}

TEST_F(ArtifactsTest, ReadingErrorsAreHandedOn) {
  EXPECT_THAT(Features(), StatusIs(absl::StatusCode::kNotFound,
                                   "features/features.npy: no such input"));
}

}  // namespace
}  // namespace cxr
