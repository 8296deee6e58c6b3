// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_TESTING_H_
#define CXR_DATA_CODEC_DICOM_TESTING_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

// DICOM files made up by tests, in explicit little endian.
//
//   DicomElements elements = GrayElements({.width = 3, .height = 2},
//                                         {1, 2, 3, 4, 5, 6});
//   SetElement(0x0028, 0x1050, "DS", "100 ", &elements);
//   ReadDicomPixels(DicomFileOf(elements));

namespace cxr {

// Encoded elements by their group and number.
using DicomElements = std::map<std::pair<int, int>, std::string>;

struct DicomSize {
  int width = 0;   // pixels
  int height = 0;  // pixels
};

// The low 16 bits of each number, little endian.
std::string DicomNumbers(const std::vector<int>& numbers);

// An element of the value representation `kind`; `value` is of even length.
std::string DicomElement(int group, int number, const std::string& kind,
                         const std::string& value);

void SetElement(int group, int number, const std::string& kind,
                const std::string& value, DicomElements* elements);

// A radiograph of 12 unsigned bits in 16, MONOCHROME2.
DicomElements GrayElements(const DicomSize& size,
                           const std::vector<int>& values);

// The file with preamble and meta header.
std::string DicomFileOf(const DicomElements& elements);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DICOM_TESTING_H_
