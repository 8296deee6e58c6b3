// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/multi_crop.h"

#include <utility>

#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

// torchvision on PIL images.
absl::StatusOr<Augmentation> MakeView(
    const spec::AugmentationPipelineSpec& spec, int size,
    absl::string_view name) {
  absl::StatusOr<Augmentation> view = Augmentation::Create(
      spec, {.size_pixels = size, .resampling = spec::PILLOW_BICUBIC});
  if (!view.ok()) {
    return Annotate(view.status(), name);
  }
  return view;
}

}  // namespace

MultiCrop::MultiCrop(std::vector<Augmentation> views)
    : views_(std::move(views)) {}

absl::StatusOr<MultiCrop> MultiCrop::Create(const spec::CropsSpec& spec) {
  CXR_ASSIGN_OR_RETURN(
      Augmentation first,
      MakeView(spec.first_global(), spec.global_size_pixels(), "first_global"));
  CXR_ASSIGN_OR_RETURN(Augmentation second,
                       MakeView(spec.second_global(), spec.global_size_pixels(),
                                "second_global"));
  CXR_ASSIGN_OR_RETURN(
      const Augmentation local,
      MakeView(spec.local(), spec.local_size_pixels(), "local"));
  std::vector<Augmentation> views(static_cast<size_t>(2 + spec.local_count()),
                                  local);
  views[0] = std::move(first);
  views[1] = std::move(second);
  return MultiCrop(std::move(views));
}

DrawnAugmentation MultiCrop::Draw(const SampleKey& key, int width,
                                  int height) const {
  CXR_CHECK(0 <= key.view && key.view < views()) << "view " << key.view;
  return views_[static_cast<size_t>(key.view)].Draw(key, width, height);
}

std::vector<GrayImage> MultiCrop::Make(const GrayImage& image,
                                       const SampleKey& key) const {
  std::vector<GrayImage> crops;
  for (int view = 0; view < views(); ++view) {
    SampleKey own = key;
    own.view = view;
    crops.push_back(views_[static_cast<size_t>(view)].Apply(
        image, Draw(own, image.width, image.height)));
  }
  return crops;
}

}  // namespace cxr
