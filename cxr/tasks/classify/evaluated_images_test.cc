// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/evaluated_images.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "ATen/ops/allclose.h"
#include "ATen/ops/equal.h"
#include "cxr/base/testing.h"
#include "cxr/tasks/classify/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// A dataset in which one image is damaged.
class Damaged : public Dataset {
 public:
  Damaged(const Dataset& whole, int damaged)
      : whole_(whole), damaged_(damaged) {}

  const ImageIndex& index() const override { return whole_.index(); }

  absl::StatusOr<DecodedImage> Decode(int i) const override {
    if (i == damaged_) return absl::DataLossError("torn.png: ends too early");
    return whole_.Decode(i);
  }

 private:
  const Dataset& whole_;
  const int damaged_;
};

class EvaluatedImagesTest : public ::testing::Test {
 protected:
  EvaluatedImages Ask(const Dataset& dataset,
                      const std::vector<int>& places) const {
    absl::StatusOr<EvaluatedImages> images = absl::UnknownError("not asked");
    EXPECT_OK(sample_.stage.Run(
        StageKind::kPredict,
        [&](const StageRequest& request) -> absl::StatusOr<StageOutput> {
          const absl::StatusOr<FeatureExtractor> extractor =
              FeatureExtractor::Create(request, sample_.options);
          EXPECT_OK(extractor);
          images = Evaluate(dataset, sample_.images, places,
                            request.spec.features().preprocess(), *extractor,
                            sample_.options,
                            [](double) { return absl::OkStatus(); });
          return StageOutput();
        }));
    EXPECT_OK(images);
    return images.ok() ? *std::move(images) : EvaluatedImages();
  }

  SampleClassification sample_;
};

TEST_F(EvaluatedImagesTest, EachPlaceHasItsFeaturesAndLabels) {
  const EvaluatedImages both = Ask(*sample_.dataset, {5, 9});
  EXPECT_THAT(both.places, ElementsAre(5, 9));
  EXPECT_THAT(both.failures, SizeIs(0));
  EXPECT_EQ(both.features.sizes(), at::IntArrayRef({2, 3 * 16}));
  EXPECT_THAT(both.labels, ElementsAre(sample_.images.LabelsOf(5)[0],
                                       sample_.images.LabelsOf(9)[0]));
  const EvaluatedImages second = Ask(*sample_.dataset, {9});
  EXPECT_TRUE(at::allclose(both.features.select(0, 1),
                           second.features.select(0, 0), 1e-5, 1e-5));
}

TEST_F(EvaluatedImagesTest, DamagedImagesAreToldAndLeftOut) {
  const Damaged dataset(*sample_.dataset, sample_.images.selected.rows[7]);
  const EvaluatedImages images = Ask(dataset, {5, 7, 9});
  EXPECT_THAT(images.places, ElementsAre(5, 9));
  ASSERT_THAT(images.failures, SizeIs(1));
  EXPECT_EQ(images.failures[0].image, 7);
  EXPECT_EQ(images.failures[0].status.message(), "torn.png: ends too early");
  EXPECT_TRUE(
      at::equal(images.features, Ask(*sample_.dataset, {5, 9}).features));
  EXPECT_THAT(images.labels, SizeIs(2));
}

}  // namespace
}  // namespace cxr
