// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_TRAINING_VIEWS_H_
#define CXR_DATA_LOAD_TRAINING_VIEWS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/image.h"
#include "cxr/data/load/augmentation.h"
#include "cxr/data/load/multi_crop.h"
#include "cxr/spec/experiment.pb.h"

namespace cxr {

// What one image of an experiment is to a model in training.
struct TrainingView {
  GrayImage image = {};
  std::string drawn = {};  // what chance decided, for a person
};

// From images as a source holds them to what an experiment trains on, from its
// spec alone: the crops of a pretraining; else the augmentation of `train`,
// after the crop or the resize that it asks for; else the evaluation transform.
class TrainingViews {
 public:
  // `experiment` is complete. Errors as Augmentation::Create.
  static absl::StatusOr<TrainingViews> Create(
      const spec::ExperimentSpec& experiment);

  // Views of an image, 1 at least.
  int views() const;

  // The views of `image` under `key` (whose view is not looked at). DataLoss if
  // the image is empty or of a shape that no radiograph has (CheckShape).
  absl::StatusOr<std::vector<TrainingView>> Make(const GrayImage& image,
                                                 const SampleKey& key) const;

 private:
  TrainingViews() = default;

  absl::StatusOr<std::vector<TrainingView>> MakeOne(const GrayImage& image,
                                                    const SampleKey& key) const;

  spec::Equalization equalization_ = spec::EQUALIZATION_UNSPECIFIED;
  bool whole_ =
      false;  // the augmentation begins with a crop of the whole image
  spec::PreprocessSpec preprocess_;
  std::optional<MultiCrop> crops_;
  std::optional<Augmentation> augmentation_;
};

}  // namespace cxr

#endif  // CXR_DATA_LOAD_TRAINING_VIEWS_H_
