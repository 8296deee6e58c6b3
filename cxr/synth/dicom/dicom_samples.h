// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_DICOM_DICOM_SAMPLES_H_
#define CXR_SYNTH_DICOM_DICOM_SAMPLES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "cxr/base/check.h"

namespace cxr::synth {

// The unsigned samples of a gray image, below 2^bits each; those of row y and
// column x are values[y * width + x].
struct DicomSamples {
  int width = 0;   // pixels, 1 to 65535
  int height = 0;  // pixels, 1 to 65535
  int bits = 0;    // 1 to 16
  std::vector<uint16_t> values = {};
};

// Fails if `samples` are not as said above.
inline void CheckSamples(const DicomSamples& samples) {
  CXR_CHECK(1 <= samples.width && samples.width <= 65535 &&
            1 <= samples.height && samples.height <= 65535 &&
            1 <= samples.bits && samples.bits <= 16)
      << samples.width << " x " << samples.height << " samples of "
      << samples.bits << " bits";
  CXR_CHECK(samples.values.size() == size_t(samples.width) * samples.height)
      << samples.values.size() << " samples of " << samples.width << " x "
      << samples.height;
  uint32_t all = 0;
  for (const uint16_t value : samples.values) {
    all |= value;
  }
  CXR_CHECK(all >> samples.bits == 0)
      << "a sample above " << samples.bits << " bits";
}

}  // namespace cxr::synth

#endif  // CXR_SYNTH_DICOM_DICOM_SAMPLES_H_
