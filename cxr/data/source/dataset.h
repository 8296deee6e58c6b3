// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_DATASET_H_
#define CXR_DATA_SOURCE_DATASET_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"

namespace cxr {

// A source of images: an index in memory and pixels on demand. All is safe to
// call from many threads. Places are 0 <= i < index().examples.size(). Errors
// name the file first: NotFound or DataLoss if it is missing or damaged.
class Dataset {
 public:
  virtual ~Dataset() = default;

  virtual const ImageIndex& index() const = 0;

  // The pixels of image `i` as the source holds them, in 8 bits: not resized,
  // not equalised; and what its file says.
  virtual absl::StatusOr<DecodedImage> Decode(int i) const = 0;

  // The pixels alone.
  absl::StatusOr<GrayImage> LoadImage(int i) const;

  // The classes of masks, of which a pixel of value v > 0 is one: names[v - 1];
  // empty for a source without masks.
  virtual std::vector<std::string> mask_classes() const { return {}; }

  // The mask of `image`, which is image `i`, of its size. Unimplemented for a
  // source without masks; DataLoss if the mask is of another size.
  virtual absl::StatusOr<GrayImage> LoadMask(int i,
                                             const GrayImage& image) const;

  // The report on image `i`, as the source writes it. Unimplemented for a
  // source without reports.
  virtual absl::StatusOr<std::string> LoadReport(int i) const;
};

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_DATASET_H_
