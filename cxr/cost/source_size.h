// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_COST_SOURCE_SIZE_H_
#define CXR_COST_SOURCE_SIZE_H_

#include <cstdint>
#include <string>

#include "cxr/spec/data.pb.h"

// How large the sources of images are, for estimates before anything is read.
// Where each number comes from stands beside it in the source: counted lists,
// counts of documents, and estimates.

namespace cxr {

// Of the images that a DataSpec selects. Where there is no official split all
// are training images. `images` may be more than the three lists together
// (IU-Xray has images in none).
struct SourceSize {
  int64_t images = 0;
  int64_t training_images = 0;
  int64_t validation_images = 0;
  int64_t test_images = 0;
  double bytes_on_disk = 0;  // As distributed, of these images.
};

// max_patients and sample.fraction take their part of every list, as if all
// patients had equally many images. Of a source that is drawn, what is drawn.
// Zeros for no source.
SourceSize SizeOf(const spec::DataSpec& data);

// The makers' own name, e.g. "CheXpert".
std::string SourceLabel(spec::Source source);

// Who gives access, in a few words.
std::string SourceLicence(spec::Source source);

}  // namespace cxr

#endif  // CXR_COST_SOURCE_SIZE_H_
