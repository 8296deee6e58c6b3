// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/training_images.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "cxr/base/status_macros.h"
#include "cxr/data/load/training_views.h"
#include "cxr/tasks/features/image_pass.h"

namespace cxr {
namespace {

uint64_t SeedOf(const spec::TrainSpec& train) {
  return train.has_probe_sweep() ? train.probe_sweep().seed()
                                 : train.linear_probe().seed();
}

}  // namespace

TrainingBatch TakeApart(std::vector<TrainingImage> images) {
  TrainingBatch batch;
  for (TrainingImage& each : images) {
    batch.views.push_back(std::move(each.view));
    batch.places.push_back(each.image);
  }
  return batch;
}

absl::StatusOr<std::unique_ptr<TrainingImageLoader>> LoadTrainingImages(
    const spec::ExperimentSpec& experiment, const Dataset& dataset,
    const LabelledImages& images, const Split& round, const BatchOrder& order,
    int64_t first_step, int threads) {
  // Of an experiment that pretrains too, this is not about the crops.
  spec::ExperimentSpec adaptation = experiment;
  adaptation.clear_pretrain();
  CXR_ASSIGN_OR_RETURN(TrainingViews made, TrainingViews::Create(adaptation));
  const auto views = std::make_shared<const TrainingViews>(std::move(made));
  const uint64_t seed = SeedOf(experiment.train());
  const int64_t count = std::ssize(round.training);
  const auto make = [views, seed, &dataset, &images, &round](
                        const Slot& slot) -> absl::StatusOr<TrainingImage> {
    const int place = round.training[static_cast<size_t>(slot.image)];
    const int row = images.selected.rows[static_cast<size_t>(place)];
    CXR_ASSIGN_OR_RETURN(const GrayImage image, dataset.LoadImage(row));
    CXR_ASSIGN_OR_RETURN(
        std::vector<TrainingView> all,
        views->Make(image, {.seed = seed, .epoch = slot.epoch, .sample = row}));
    return TrainingImage{.view = std::move(all[0].image), .image = place};
  };
  return std::make_unique<TrainingImageLoader>(
      LoaderOptions{.threads = threads,
                    .first_step = first_step,
                    .end_step = order.steps(),
                    .max_failures = MostUnusable(count),
                    .seed = seed,
                    .images = count},
      [&order](int64_t step) { return order.Slots(step); }, make);
}

}  // namespace cxr
