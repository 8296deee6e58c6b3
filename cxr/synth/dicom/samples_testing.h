// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_DICOM_SAMPLES_TESTING_H_
#define CXR_SYNTH_DICOM_SAMPLES_TESTING_H_

#include <vector>

#include "cxr/synth/dicom/dicom_samples.h"

// Images that try an encoder, for tests.

namespace cxr::synth {

// Samples that have nothing to do with their neighbours.
DicomSamples NoiseSamples(int width, int height, int bits);

// What differs in what an encoder may get wrong: all values of `bits` bits or
// few of them, steps over the whole range, odd sizes, one pixel, one value.
std::vector<DicomSamples> TryingSamples(int bits);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_DICOM_SAMPLES_TESTING_H_
