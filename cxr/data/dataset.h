// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_DATASET_H_
#define CXR_DATA_DATASET_H_

#include "absl/status/statusor.h"
#include "cxr/data/image.h"
#include "cxr/data/image_index.h"

namespace cxr {

// A source of images: an index in memory and pixels on demand.
class Dataset {
 public:
  virtual ~Dataset() = default;

  virtual const ImageIndex& index() const = 0;

  // The pixels of index().examples[i], 0 <= i < examples.size(), as the source
  // holds them: not resized, not equalised. Safe to call from many threads.
  // NotFound or DataLoss, path first, if the file is missing or damaged.
  virtual absl::StatusOr<GrayImage> LoadImage(int i) const = 0;
};

}  // namespace cxr

#endif  // CXR_DATA_DATASET_H_
