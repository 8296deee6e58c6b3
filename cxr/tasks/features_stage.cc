// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features_stage.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/image.h"
#include "cxr/data/image/normalize.h"
#include "cxr/data/load/order.h"
#include "cxr/data/load/preprocess.h"
#include "cxr/data/source/dataset.h"
#include "cxr/tasks/common/backbone_weights.h"
#include "cxr/tasks/common/stage_dataset.h"
#include "cxr/tasks/vit_features.h"

namespace cxr {
namespace {

// Images of a dataset, by their place in the data stage's index.
class ImageSource {
 public:
  ImageSource(const Dataset& dataset, const std::vector<int>& rows,
              const spec::PreprocessSpec& spec)
      : dataset_(dataset), rows_(rows), spec_(spec) {}

  absl::StatusOr<GrayImage> Get(int64_t i) const {
    const std::vector<Example>& known = dataset_.index().examples;
    if (rows_[i] >= std::ssize(known)) {
      return absl::DataLossError(
          absl::StrCat(kIndexFile, ": image ", rows_[i], " of ", known.size()));
    }
    CXR_ASSIGN_OR_RETURN(const GrayImage image, dataset_.LoadImage(rows_[i]));
    absl::StatusOr<GrayImage> ready = Preprocess(image, spec_);
    return ready.ok() ? ready : Annotate(ready.status(), known[rows_[i]].id);
  }

 private:
  const Dataset& dataset_;
  const std::vector<int>& rows_;
  const spec::PreprocessSpec& spec_;
};

// Computes the features of some preprocessed images; (n, F) row-major.
using Extractor = absl::FunctionRef<absl::StatusOr<std::vector<float>>(
    const std::vector<GrayImage>&)>;

absl::StatusOr<std::vector<float>> PixelFeatures(
    const std::vector<GrayImage>& images) {
  std::vector<float> features;
  for (const GrayImage& image : images) {
    const std::vector<float> values = ScaleToUnit(image);
    features.insert(features.end(), values.begin(), values.end());
  }
  return features;
}

// All images in batches of fixed bounds, each computed by one thread: the
// number of threads cannot change a bit.
absl::StatusOr<FloatMatrix> ExtractAll(const ImageSource& images, int64_t count,
                                       const TaskOptions& options,
                                       const StageRequest& request,
                                       Extractor extract) {
  const int64_t batch_size = options.feature_batch_images;
  const int64_t batches = PassSteps(count, batch_size);
  std::vector<std::vector<float>> results(static_cast<size_t>(batches));
  std::atomic<int64_t> done = 0;
  CXR_RETURN_IF_ERROR(ParallelFor(batches, options.threads, [&](int64_t b) {
    std::vector<GrayImage> batch;
    const PositionRange range = PassBatch(b, batch_size, count);
    for (int64_t i = range.begin; i < range.end; ++i) {
      CXR_ASSIGN_OR_RETURN(GrayImage image, images.Get(i));
      batch.push_back(std::move(image));
    }
    CXR_ASSIGN_OR_RETURN(results[b], extract(batch));
    if (!std::all_of(results[b].begin(), results[b].end(),
                     [](float value) { return std::isfinite(value); })) {
      return absl::OutOfRangeError(absl::StrCat(
          "features of the images from ", range.begin, " on are not finite"));
    }
    return request.report_progress(static_cast<double>(++done) /
                                   static_cast<double>(batches));
  }));
  FloatMatrix features{.rows = count};
  for (const std::vector<float>& result : results) {
    features.values.insert(features.values.end(), result.begin(), result.end());
  }
  features.columns = std::ssize(features.values) / std::max<int64_t>(1, count);
  return features;
}

// What a reader of a number must know of its backbone.
std::string BackboneNote(const spec::ExperimentSpec& experiment) {
  const spec::VitFeaturesSpec& vit = experiment.features().vit();
  return absl::StrCat("backbone of width ", experiment.backbone().width(),
                      " and depth ", experiment.backbone().depth(), ", ",
                      WeightsText(vit.weights(), experiment.backbone()),
                      ", token ", spec::ProbeToken_Name(vit.pooled().token()));
}

}  // namespace

absl::StatusOr<StageOutput> RunFeaturesStage(const StageRequest& request,
                                             const TaskOptions& options) {
  const spec::FeaturesSpec& spec = request.spec.features();
  CXR_ASSIGN_OR_RETURN(const SelectedIndex selected, ReadIndex(request));
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       OpenStageDataset(request.spec.data(), request, options));
  const ImageSource images(*dataset, selected.rows, spec.preprocess());
  const int64_t count = std::ssize(selected.rows);
  const std::string pixels =
      absl::StrCat(spec.preprocess().input_size_pixels(), "-pixel input");
  FloatMatrix features;
  StageOutput output;
  switch (spec.extractor_case()) {
    case spec::FeaturesSpec::kPixels: {
      CXR_ASSIGN_OR_RETURN(
          features, ExtractAll(images, count, options, request, PixelFeatures));
      output.notes = {absl::StrCat("no backbone, ", pixels)};
      break;
    }
    case spec::FeaturesSpec::kVit: {
      CXR_ASSIGN_OR_RETURN(const VitExtractor vit,
                           VitExtractor::Create(request, options));
      CXR_ASSIGN_OR_RETURN(features,
                           ExtractAll(images, count, options, request,
                                      [&](const std::vector<GrayImage>& batch) {
                                        return vit.Extract(batch);
                                      }));
      output.notes = {absl::StrCat(BackboneNote(request.spec), ", ", pixels)};
      break;
    }
    case spec::FeaturesSpec::EXTRACTOR_NOT_SET:
      CXR_CHECK(false) << "unresolved spec: features.extractor";
  }
  output.artifacts = {{std::string(kFeaturesFile), ToNpy(features)}};
  return output;
}

}  // namespace cxr
