// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_PRETRAIN_IMAGES_H_
#define CXR_TASKS_PRETRAIN_PRETRAIN_IMAGES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/index/select.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/pretrain.pb.h"

namespace cxr {

// The images of a pretraining: those of its sets one after another. Safe to use
// from many threads.
class PretrainImages {
 public:
  // The dataset of one of the sets.
  using Opener = absl::FunctionRef<absl::StatusOr<std::unique_ptr<Dataset>>(
      const spec::DataSpec&)>;

  // Errors of `open` and Select.
  static absl::StatusOr<PretrainImages> Create(const spec::PretrainSpec& spec,
                                               Opener open);

  int64_t size() const { return starts_.back(); }

  // Image i as its source holds it, 0 <= i < size().
  absl::StatusOr<GrayImage> Load(int64_t i) const;

  // What its source says of image i.
  const Example& ExampleOf(int64_t i) const;

  // What the source of set number `set` says of its images.
  const ImageIndex& IndexOf(size_t set) const {
    return sets_[set].selected.index;
  }

  // Where set number `set` begins; one more than there are sets.
  const std::vector<int64_t>& starts() const { return starts_; }

  // "data CHEXPERT, SYNTHETIC, ..., 190 images", a set.
  std::vector<std::string> Notes() const;

 private:
  struct Set {
    spec::DataSpec spec = {};
    std::unique_ptr<Dataset> dataset = {};
    SelectedIndex selected = {};
  };

  const Set& SetOf(int64_t i) const;

  std::vector<Set> sets_;
  std::vector<int64_t> starts_ = {0};
};

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_PRETRAIN_IMAGES_H_
