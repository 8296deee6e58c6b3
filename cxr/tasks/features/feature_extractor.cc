// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/feature_extractor.h"

#include <algorithm>
#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/image/normalize.h"
#include "cxr/tasks/common/backbone_weights.h"

namespace cxr {
namespace {

std::vector<float> PixelFeatures(absl::Span<const GrayImage> images) {
  std::vector<float> features;
  for (const GrayImage& image : images) {
    const std::vector<float> values = ScaleToUnit(image);
    features.insert(features.end(), values.begin(), values.end());
  }
  return features;
}

}  // namespace

absl::StatusOr<FeatureExtractor> FeatureExtractor::Create(
    const StageRequest& request, const TaskOptions& options) {
  FeatureExtractor extractor;
  switch (request.spec.features().extractor_case()) {
    case spec::FeaturesSpec::kPixels:
      return extractor;
    case spec::FeaturesSpec::kVit: {
      CXR_ASSIGN_OR_RETURN(extractor.vit_,
                           VitExtractor::Create(request, options));
      return extractor;
    }
    case spec::FeaturesSpec::EXTRACTOR_NOT_SET:
      break;
  }
  CXR_CHECK(false) << "unresolved spec: features.extractor";
  return extractor;
}

absl::StatusOr<std::vector<float>> FeatureExtractor::Extract(
    absl::Span<const GrayImage> images) const {
  std::vector<float> features;
  if (vit_.has_value()) {
    CXR_ASSIGN_OR_RETURN(features, vit_->Extract(images));
  } else {
    features = PixelFeatures(images);
  }
  if (!std::all_of(features.begin(), features.end(),
                   [](float value) { return std::isfinite(value); })) {
    return absl::OutOfRangeError("features are not finite");
  }
  return features;
}

int64_t FeatureCount(const spec::ExperimentSpec& experiment) {
  const spec::FeaturesSpec& features = experiment.features();
  if (features.has_vit()) {
    return int64_t{features.vit().pooled().last_layers() + 1} *
           experiment.backbone().width();
  }
  const int64_t side = features.preprocess().input_size_pixels();
  return side * side;
}

std::string FeaturesNote(const spec::ExperimentSpec& experiment) {
  const spec::FeaturesSpec& features = experiment.features();
  const std::string pixels =
      absl::StrCat(features.preprocess().input_size_pixels(), "-pixel input");
  if (!features.has_vit()) return absl::StrCat("no backbone, ", pixels);
  return absl::StrCat(
      "backbone of width ", experiment.backbone().width(), " and depth ",
      experiment.backbone().depth(), ", ",
      WeightsText(features.vit().weights(), experiment.backbone()), ", token ",
      spec::ProbeToken_Name(features.vit().pooled().token()), ", ", pixels);
}

}  // namespace cxr
