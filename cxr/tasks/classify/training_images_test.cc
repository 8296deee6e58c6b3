// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/training_images.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "cxr/base/testing.h"
#include "cxr/tasks/classify/testing.h"

namespace cxr {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct Batches {
  std::vector<std::vector<TrainingImage>> steps = {};
  absl::Status status = absl::OkStatus();
};

class TrainingImagesTest : public ::testing::Test {
 protected:
  Batches Load(int threads, int64_t first_step = 0) const {
    const BatchOrder order(sample_.stage.spec.train().linear_probe(),
                           std::ssize(sample_.images.rounds[0].training));
    absl::StatusOr<std::unique_ptr<TrainingImageLoader>> loader =
        LoadTrainingImages(sample_.stage.spec, *sample_.dataset, sample_.images,
                           sample_.images.rounds[0], order, first_step,
                           threads);
    Batches batches = {.status = loader.status()};
    for (int64_t step = first_step; batches.status.ok() && step < order.steps();
         ++step) {
      absl::StatusOr<std::vector<TrainingImage>> batch = (*loader)->Next();
      batches.status = batch.status();
      if (batch.ok()) batches.steps.push_back(*std::move(batch));
    }
    return batches;
  }

  static std::vector<GrayImage> Views(const std::vector<TrainingImage>& batch) {
    std::vector<GrayImage> views;
    for (const TrainingImage& each : batch) views.push_back(each.view);
    return views;
  }

  SampleClassification sample_;
};

TEST_F(TrainingImagesTest, EachEpochSeesEachTrainingImageInAnotherWay) {
  const Batches batches = Load(/*threads=*/2);
  ASSERT_OK(batches.status);
  const std::vector<int>& training = sample_.images.rounds[0].training;
  std::map<int, std::vector<GrayImage>> views;
  for (const std::vector<TrainingImage>& batch : batches.steps) {
    for (const TrainingImage& each : batch) {
      EXPECT_EQ(each.view.width, 28);
      views[each.image].push_back(each.view);
    }
  }
  ASSERT_EQ(views.size(), training.size());
  for (const auto& [image, both] : views) {
    ASSERT_THAT(both, SizeIs(2));
    EXPECT_NE(both[0].pixels, both[1].pixels) << image;
  }
}

TEST_F(TrainingImagesTest, ThreadsAndTheFirstStepChangeNoPixel) {
  const Batches one = Load(1);
  ASSERT_OK(one.status);
  const Batches three = Load(3);
  const Batches later = Load(2, /*first_step=*/2);
  ASSERT_EQ(three.steps.size(), one.steps.size());
  for (size_t step = 0; step < one.steps.size(); ++step) {
    EXPECT_EQ(Views(three.steps[step]), Views(one.steps[step]));
    if (step >= 2) {
      EXPECT_EQ(Views(later.steps[step - 2]), Views(one.steps[step]));
    }
  }
}

}  // namespace
}  // namespace cxr
