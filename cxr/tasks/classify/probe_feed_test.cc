// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/probe_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "ATen/ops/arange.h"
#include "ATen/ops/equal.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/testing.h"
#include "cxr/tasks/classify/testing.h"

namespace cxr {
namespace {

TEST(FixedFeedTest, RowsStandInTheOrderOfTheSlots) {
  spec::LinearProbeSpec spec;
  spec.set_epochs(2);
  spec.set_batch_images(3);
  spec.set_seed(1);
  const BatchOrder order(spec, /*images=*/8);
  const at::Tensor numbers = at::arange(8, at::kFloat).unsqueeze(1);
  FixedFeed feed({.features = numbers, .labels = numbers.neg()}, order);
  for (int64_t step = 0; step < order.steps(); ++step) {
    ASSERT_OK_AND_ASSIGN(const ProbeBatch batch, feed.Next());
    const std::vector<Slot> slots = order.Slots(step);
    ASSERT_EQ(batch.features.size(0), std::ssize(slots));
    for (size_t i = 0; i < slots.size(); ++i) {
      EXPECT_EQ(batch.features[i].item<float>(), slots[i].image);
      EXPECT_EQ(batch.labels[i].item<float>(), -slots[i].image);
    }
  }
}

TEST(ViewFeedTest, FeaturesAreThoseOfTheViews) {
  const SampleClassification sample;
  const Split& round = sample.images.rounds[0];
  const BatchOrder order(sample.stage.spec.train().linear_probe(),
                         std::ssize(round.training));
  ASSERT_OK(sample.stage.Run(
      StageKind::kTrain,
      [&](const StageRequest& request) -> absl::StatusOr<StageOutput> {
        CXR_ASSIGN_OR_RETURN(const FeatureExtractor extractor,
                             FeatureExtractor::Create(request, {}));
        CXR_ASSIGN_OR_RETURN(
            std::unique_ptr<TrainingImageLoader> views,
            LoadTrainingImages(request.spec, *sample.dataset, sample.images,
                               round, order, /*first_step=*/1, 2));
        CXR_ASSIGN_OR_RETURN(
            std::unique_ptr<TrainingImageLoader> same,
            LoadTrainingImages(request.spec, *sample.dataset, sample.images,
                               round, order, /*first_step=*/1, 1));
        ViewFeed feed(std::move(same), sample.images, extractor, 2);
        CXR_ASSIGN_OR_RETURN(const ProbeBatch batch, feed.Next());
        CXR_ASSIGN_OR_RETURN(const std::vector<TrainingImage> images,
                             views->Next());
        EXPECT_EQ(batch.features.size(0), std::ssize(images));
        for (int64_t i = 0; i < std::ssize(images); ++i) {
          CXR_ASSIGN_OR_RETURN(const std::vector<float> alone,
                               extractor.Extract({images[i].view}));
          for (size_t k = 0; k < alone.size(); ++k) {
            EXPECT_NEAR(batch.features[i][k].item<float>(), alone[k], 1e-4);
          }
          EXPECT_EQ(batch.labels[i][0].item<float>(),
                    sample.images.LabelsOf(images[i].image)[0]);
        }
        return StageOutput();
      }));
}

}  // namespace
}  // namespace cxr
