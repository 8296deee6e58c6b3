// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/load_trial.h"

#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/digest.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/load/loader.h"
#include "cxr/data/load/order.h"
#include "cxr/data/load/training_views.h"

namespace cxr {
namespace {

constexpr size_t kFailuresShown = 10;

// Of a method that has batches of its own; others take one image at a time.
int64_t BatchOf(const spec::ExperimentSpec& experiment) {
  if (experiment.has_pretrain()) {
    return experiment.pretrain().batch().global_images();
  }
  const spec::TrainSpec& train = experiment.train();
  if (train.has_linear_probe()) {
    return train.linear_probe().batch_images();
  }
  if (train.has_probe_sweep()) {
    return train.probe_sweep().batch_images();
  }
  return train.has_segmentation_head()
             ? train.segmentation_head().batch_images()
             : 1;
}

std::string DigestOf(const std::vector<TrainingView>& views) {
  std::string digests;
  for (const TrainingView& view : views) {
    absl::StrAppend(&digests, view.image.width, "x", view.image.height, " ",
                    Sha256Hex(absl::string_view(
                        reinterpret_cast<const char*>(view.image.pixels.data()),
                        view.image.pixels.size())),
                    "\n");
  }
  return Sha256Hex(digests);
}

}  // namespace

absl::StatusOr<LoadTrial> TryLoading(const Dataset& dataset,
                                     const std::vector<int>& rows,
                                     const spec::ExperimentSpec& experiment,
                                     const LoadTrialOptions& options) {
  if (options.steps < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("steps: found ", options.steps, ", expected 1 or more"));
  }
  CXR_ASSIGN_OR_RETURN(const TrainingViews views,
                       TrainingViews::Create(experiment));
  LoadTrial trial{.batch_images = BatchOf(experiment),
                  .views = views.views(),
                  .threads = options.threads};
  const ShuffledStream stream(options.seed, std::ssize(rows));
  const absl::Time start = absl::Now();
  // Digests are made by the threads that make the images.
  Loader<std::string> loader(
      {.threads = options.threads,
       .end_step = options.steps,
       .max_failures = options.max_failures < 0
                           ? std::numeric_limits<int64_t>::max()
                           : options.max_failures,
       .seed = options.seed,
       .images = std::ssize(rows)},
      [&](int64_t step) {
        return stream.Slots(StreamBatch(step, trial.batch_images));
      },
      [&](const Slot& slot) -> absl::StatusOr<std::string> {
        const int row = rows[slot.image];
        CXR_ASSIGN_OR_RETURN(const GrayImage image, dataset.LoadImage(row));
        CXR_ASSIGN_OR_RETURN(const std::vector<TrainingView> made,
                             views.Make(image, {.seed = options.seed,
                                                .epoch = slot.epoch,
                                                .sample = row}));
        return DigestOf(made);
      });
  std::string digests;
  for (int64_t step = 0; step < options.steps; ++step) {
    CXR_ASSIGN_OR_RETURN(const std::vector<std::string> batch, loader.Next());
    trial.images += std::ssize(batch);
    for (const std::string& digest : batch) {
      absl::StrAppend(&digests, digest, "\n");
    }
  }
  trial.seconds = absl::ToDoubleSeconds(absl::Now() - start);
  trial.failed_images = loader.failures().images();
  for (const ImageFailure& failure : loader.failures().listed()) {
    if (trial.failures.size() < kFailuresShown) {
      trial.failures.emplace_back(failure.status.message());
    }
  }
  trial.digest = Sha256Hex(digests);
  return trial;
}

std::string ToText(const LoadTrial& trial) {
  std::string text = absl::StrFormat(
      "%d images of %d views in batches of %d by %d threads: %.1f images a "
      "second (%.2f s)\n",
      trial.images, trial.views, trial.batch_images, trial.threads,
      static_cast<double>(trial.images) / trial.seconds, trial.seconds);
  for (const std::string& failure : trial.failures) {
    absl::StrAppend(&text, "failed: ", failure, "\n");
  }
  if (trial.failed_images > 0) {
    absl::StrAppend(&text,
                    "images that cannot be read, others in their place: ",
                    trial.failed_images, "\n");
  }
  absl::StrAppend(&text, "digest of all pixels: ", trial.digest, "\n");
  return text;
}

}  // namespace cxr
