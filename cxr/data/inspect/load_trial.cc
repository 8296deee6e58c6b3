// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/load_trial.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/digest.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/load/image_cache.h"
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

absl::Status Check(const LoadTrialOptions& options, int64_t images) {
  if (options.steps < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("steps: found ", options.steps, ", expected 1 or more"));
  }
  if (options.first_step < 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        "first_step: found ", options.first_step, ", expected 0 or more"));
  }
  if (options.rank < 0 || options.rank >= options.world) {
    return absl::InvalidArgumentError(
        absl::StrCat("rank: found ", options.rank, " in a world of ",
                     options.world, ", expected 0 or more and less than that"));
  }
  if (images < 1) {
    return absl::InvalidArgumentError("images: found none to load");
  }
  return absl::OkStatus();
}

int64_t MaxFailures(const LoadTrialOptions& options, int64_t images) {
  return options.max_failures < 0 ? std::max<int64_t>(10, images / 10)
                                  : options.max_failures;
}

// The images of a trial by their place in `rows`.
class Images {
 public:
  Images(const Dataset& dataset, const std::vector<int>& rows)
      : dataset_(dataset), rows_(rows) {}

  // From now on takes them from the cache of `options`, which it makes first if
  // need be; then the seconds that took.
  absl::StatusOr<std::optional<double>> UseCache(
      const LoadTrialOptions& options) {
    const std::string key =
        absl::StrCat(options.cache_key, ", rows ", DigestOfRows());
    absl::StatusOr<ImageCache> cache = ImageCache::Open(options.cache, key);
    std::optional<double> seconds;
    if (absl::IsNotFound(cache.status()) ||
        absl::IsFailedPrecondition(cache.status())) {
      const absl::Time start = absl::Now();
      CXR_RETURN_IF_ERROR(BuildImageCache({.path = options.cache,
                                           .key = key,
                                           .images = std::ssize(rows_),
                                           .threads = options.threads},
                                          [&](int64_t k) { return Load(k); }));
      seconds = absl::ToDoubleSeconds(absl::Now() - start);
      cache = ImageCache::Open(options.cache, key);
    }
    CXR_RETURN_IF_ERROR(cache.status());
    cache_.emplace(*std::move(cache));
    return seconds;
  }

  absl::StatusOr<GrayImage> Load(int64_t k) const {
    if (!cache_.has_value()) {
      return dataset_.LoadImage(rows_[k]);
    }
    CXR_ASSIGN_OR_RETURN(const GrayView view, cache_->Image(k));
    GrayImage image{.width = view.width, .height = view.height};
    for (int y = 0; y < view.height; ++y) {
      image.pixels.insert(image.pixels.end(), view.Row(y),
                          view.Row(y) + view.width);
    }
    return image;
  }

 private:
  std::string DigestOfRows() const {
    return Sha256Hex(
        absl::string_view(reinterpret_cast<const char*>(rows_.data()),
                          rows_.size() * sizeof(rows_[0])));
  }

  const Dataset& dataset_;
  const std::vector<int>& rows_;
  std::optional<ImageCache> cache_;
};

// Adds what `loader`, which makes digests, hands out.
absl::Status Run(const LoadTrialOptions& options, Loader<std::string>& loader,
                 LoadTrial& trial) {
  const absl::Time start = absl::Now();
  std::string digests;
  for (int64_t step = 0; step < options.steps; ++step) {
    CXR_ASSIGN_OR_RETURN(std::vector<std::string> batch, loader.Next());
    trial.images += std::ssize(batch);
    for (const std::string& digest : batch) {
      absl::StrAppend(&digests, digest, "\n");
    }
    trial.image_digests.push_back(std::move(batch));
  }
  trial.seconds = absl::ToDoubleSeconds(absl::Now() - start);
  trial.failed_images = loader.failures().images();
  for (const ImageFailure& failure : loader.failures().listed()) {
    if (trial.failures.size() < kFailuresShown) {
      trial.failures.emplace_back(failure.status.message());
    }
  }
  trial.digest = Sha256Hex(digests);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LoadTrial> TryLoading(const Dataset& dataset,
                                     const std::vector<int>& rows,
                                     const spec::ExperimentSpec& experiment,
                                     const LoadTrialOptions& options) {
  CXR_RETURN_IF_ERROR(Check(options, std::ssize(rows)));
  CXR_ASSIGN_OR_RETURN(const TrainingViews views,
                       TrainingViews::Create(experiment));
  LoadTrial trial{.batch_images = BatchOf(experiment),
                  .views = views.views(),
                  .threads = options.threads,
                  .cache = options.cache};
  Images images(dataset, rows);
  if (!options.cache.empty()) {
    CXR_ASSIGN_OR_RETURN(trial.cache_seconds, images.UseCache(options));
  }
  const ShuffledStream stream(options.seed, std::ssize(rows));
  // Digests are made by the threads that make the images.
  Loader<std::string> loader(
      {.threads = options.threads,
       .first_step = options.first_step,
       .end_step = options.first_step + options.steps,
       .max_failures = MaxFailures(options, std::ssize(rows)),
       .seed = options.seed,
       .images = std::ssize(rows)},
      [&](int64_t step) {
        return stream.Slots(RankShare(StreamBatch(step, trial.batch_images),
                                      options.rank, options.world));
      },
      [&](const Slot& slot) -> absl::StatusOr<std::string> {
        CXR_ASSIGN_OR_RETURN(const GrayImage image, images.Load(slot.image));
        const SampleKey key{.seed = options.seed,
                            .epoch = slot.epoch,
                            .sample = rows[slot.image]};
        const absl::StatusOr<std::vector<TrainingView>> made =
            views.Make(image, key);
        if (!made.ok()) {
          return Annotate(made.status(),
                          dataset.index().examples[rows[slot.image]].id);
        }
        return DigestOf(*made);
      });
  CXR_RETURN_IF_ERROR(Run(options, loader, trial));
  return trial;
}

std::string ToText(const LoadTrial& trial) {
  std::string text = absl::StrFormat(
      "%d images of %d views in batches of %d by %d threads: %.1f images a "
      "second (%.2f s)\n",
      trial.images, trial.views, trial.batch_images, trial.threads,
      static_cast<double>(trial.images) / trial.seconds, trial.seconds);
  if (trial.cache_seconds.has_value()) {
    absl::StrAppend(&text, absl::StrFormat("%s: made this cache in %.2f s\n",
                                           trial.cache, *trial.cache_seconds));
  }
  if (!trial.cache.empty()) {
    absl::StrAppend(&text, trial.cache, ": images are from this cache\n");
  }
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
