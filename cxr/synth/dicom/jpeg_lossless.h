// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_DICOM_JPEG_LOSSLESS_H_
#define CXR_SYNTH_DICOM_JPEG_LOSSLESS_H_

#include <string>

#include "cxr/synth/dicom/dicom_samples.h"

namespace cxr::synth {

// `samples` of 2 to 16 bits as lossless JPEG of ITU-T T.81, process 14: each
// sample is predicted by its left neighbour (selection value 1), and the
// difference is Huffman coded. It decodes to `samples` exactly.
std::string EncodeJpegLossless(const DicomSamples& samples);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_DICOM_JPEG_LOSSLESS_H_
