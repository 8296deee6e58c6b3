// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_AUGMENTATION_H_
#define CXR_DATA_LOAD_AUGMENTATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/image.h"
#include "cxr/data/load/apply_step.h"
#include "cxr/data/load/drawn_augmentation.h"
#include "cxr/spec/augmentation.pb.h"
#include "cxr/spec/features.pb.h"

// Random changes of training images, in two halves: what chance decides, a
// function of a key, and what that does to pixels, which knows no chance.
//
//   CXR_ASSIGN_OR_RETURN(
//       const Augmentation augmentation,
//       Augmentation::Create(spec, {.size_pixels = 518,
//                                   .resampling = spec::PILLOW_BICUBIC}));
//   const DrawnAugmentation drawn = augmentation.Draw(
//       {.seed = 42, .epoch = epoch, .sample = i}, image.width, image.height);
//   const GrayImage view = augmentation.Apply(image, drawn);

namespace cxr {

// Which of the many versions of an image is meant.
struct SampleKey {
  uint64_t seed = 0;
  int64_t epoch = 0;
  int64_t sample = 0;
  int view = 0;  // of several of the same sample
};

struct AugmentationOptions {
  int size_pixels = 0;  // side of the result
  // Whose brightness and contrast are meant: Pillow's, through torchvision, or
  // OpenCV's, through albumentations.
  spec::Resampling resampling = spec::RESAMPLING_UNSPECIFIED;
};

class Augmentation {
 public:
  // `spec` is complete. InvalidArgument naming the step if it asks for what no
  // library does: two scales and the nearest pixel, or a blur whose kernel is
  // even or no smaller than twice the image.
  static absl::StatusOr<Augmentation> Create(
      const spec::AugmentationPipelineSpec& spec,
      const AugmentationOptions& options);

  // What happens to an image of this size under `key`. No draw depends on
  // which other steps there are.
  DrawnAugmentation Draw(const SampleKey& key, int width, int height) const;

  // The changed image, of size_pixels x size_pixels. `image` is equalised as
  // wanted. With a crop in the pipeline it is whole; without one it is the
  // square that Preprocess makes.
  GrayImage Apply(const GrayImage& image, const DrawnAugmentation& drawn) const;

  // The same, and the mask of the same size moved alike by the nearest pixel.
  ImageAndMask ApplyWithMask(const GrayImage& image, const GrayImage& mask,
                             const DrawnAugmentation& drawn) const;

 private:
  Augmentation(const spec::AugmentationPipelineSpec& spec,
               const AugmentationOptions& options);

  ColorLibrary color_library() const;
  void CheckSize(const GrayImage& image) const;

  spec::AugmentationPipelineSpec spec_;
  AugmentationOptions options_;
  // Of the spec's steps: kind and number within it, "affine.0".
  std::vector<std::string> names_;
};

}  // namespace cxr

#endif  // CXR_DATA_LOAD_AUGMENTATION_H_
