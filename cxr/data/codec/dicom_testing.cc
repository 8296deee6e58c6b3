// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_testing.h"

#include <cstddef>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

std::string Little16(size_t number) {
  return {static_cast<char>(number & 0xFF),
          static_cast<char>(number >> 8 & 0xFF)};
}

}  // namespace

std::string DicomNumbers(const std::vector<int>& numbers) {
  std::string bytes;
  for (const int number : numbers) {
    bytes += Little16(static_cast<size_t>(number));
  }
  return bytes;
}

std::string DicomElement(int group, int number, const std::string& kind,
                         const std::string& value) {
  // PS3.5 7.1.2: some kinds have two bytes of nothing and a long length.
  const bool is_long = kind == "OW" || kind == "SQ";
  return absl::StrCat(DicomNumbers({group, number}), kind,
                      is_long ? std::string(2, '\0') : "",
                      Little16(value.size()),
                      is_long ? Little16(value.size() >> 16) : "", value);
}

void SetElement(int group, int number, const std::string& kind,
                const std::string& value, DicomElements* elements) {
  (*elements)[{group, number}] = DicomElement(group, number, kind, value);
}

DicomElements GrayElements(const DicomSize& size,
                           const std::vector<int>& values) {
  DicomElements elements;
  const auto set = [&](int number, int value) {
    SetElement(0x0028, number, "US", DicomNumbers({value}), &elements);
  };
  // Computed Radiography Image Storage.
  SetElement(0x0008, 0x0016, "UI",
             std::string("1.2.840.10008.5.1.4.1.1.1\0", 26), &elements);
  set(0x0002, 1);  // SamplesPerPixel
  SetElement(0x0028, 0x0004, "CS", "MONOCHROME2 ", &elements);
  set(0x0010, size.height);
  set(0x0011, size.width);
  set(0x0100, 16);  // BitsAllocated
  set(0x0101, 12);  // BitsStored
  set(0x0102, 11);  // HighBit
  set(0x0103, 0);   // PixelRepresentation
  SetElement(0x7fe0, 0x0010, "OW", DicomNumbers(values), &elements);
  return elements;
}

std::string DicomFileOf(const DicomElements& elements) {
  const std::string syntax = DicomElement(
      0x0002, 0x0010, "UI", std::string("1.2.840.10008.1.2.1\0", 20));
  const int length = static_cast<int>(syntax.size());
  std::string bytes = absl::StrCat(
      std::string(128, '\0'), "DICM",
      DicomElement(0x0002, 0x0000, "UL", DicomNumbers({length, 0})), syntax);
  for (const auto& [tag, element] : elements) {
    bytes += element;
  }
  return bytes;
}

}  // namespace cxr
