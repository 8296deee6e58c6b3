// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/gray.h"

#include <cstddef>
#include <cstring>

#include "cxr/base/check.h"

namespace cxr {
namespace {

// Pillow's ImagingConvert from RGB to L (ITU-R 601 in 16-bit fixed point). The
// number of channels is known to the compiler, which can then use vectors.
template <int kChannels>
void FillGrayOfColour(const uint8_t* samples, absl::Span<uint8_t> gray) {
  for (size_t i = 0; i < gray.size(); ++i) {
    const uint8_t* rgb = samples + i * kChannels;
    gray[i] = static_cast<uint8_t>(
        (19595u * rgb[0] + 38470u * rgb[1] + 7471u * rgb[2] + 32768u) >> 16);
  }
}

}  // namespace

void FillGray(absl::Span<const uint8_t> samples, int channels,
              absl::Span<uint8_t> gray) {
  CXR_CHECK(channels >= 1 && channels <= 4 &&
            samples.size() == gray.size() * static_cast<size_t>(channels))
      << samples.size() << " samples for " << gray.size() << " pixels of "
      << channels;
  if (channels == 1) {
    std::memmove(gray.data(), samples.data(), gray.size());
  } else if (channels == 2) {
    for (size_t i = 0; i < gray.size(); ++i) {
      gray[i] = samples[2 * i];
    }
  } else if (channels == 3) {
    FillGrayOfColour<3>(samples.data(), gray);
  } else {
    FillGrayOfColour<4>(samples.data(), gray);
  }
}

}  // namespace cxr
