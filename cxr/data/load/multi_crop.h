// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_MULTI_CROP_H_
#define CXR_DATA_LOAD_MULTI_CROP_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/image.h"
#include "cxr/data/load/augmentation.h"
#include "cxr/data/load/drawn_augmentation.h"
#include "cxr/spec/pretrain.pb.h"

namespace cxr {

// The crops of an image that pretraining sees: two global ones, then the local
// ones.
class MultiCrop {
 public:
  // As Augmentation::Create; errors name the crop.
  static absl::StatusOr<MultiCrop> Create(const spec::CropsSpec& spec);

  // The crops of an image, 2 at least.
  int views() const { return static_cast<int>(views_.size()); }

  // What chance decides for view `key.view` of an image of this size.
  DrawnAugmentation Draw(const SampleKey& key, int width, int height) const;

  // All crops of `image`, which is whole and equalised as wanted: a square of
  // global_size_pixels, another one, and squares of local_size_pixels. The
  // view of `key` is not looked at.
  std::vector<GrayImage> Make(const GrayImage& image,
                              const SampleKey& key) const;

 private:
  explicit MultiCrop(std::vector<Augmentation> views);

  std::vector<Augmentation> views_;
};

}  // namespace cxr

#endif  // CXR_DATA_LOAD_MULTI_CROP_H_
