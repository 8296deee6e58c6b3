// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/dicom_file.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/image.h"
#include "cxr/synth/dicom/jpeg_2000.h"
#include "cxr/synth/dicom/jpeg_lossless.h"

namespace cxr::synth {
namespace {

// PS3.7 D.3.3.2: what wrote the file.
constexpr char kImplementation[] =
    "2.25.304700969126596492978020420526960098132";
constexpr char kImplementationName[] = "CXR_SYNTH";

std::string Number16(size_t number) {
  return {static_cast<char>(number & 0xFF),
          static_cast<char>(number >> 8 & 0xFF)};
}

std::string Number32(size_t number) {
  return absl::StrCat(Number16(number), Number16(number >> 16));
}

// Elements one after the other, in explicit little endian (PS3.5 7.1.2).
class ElementWriter {
 public:
  // Texts are padded to even length, as all values.
  void Text(int group, int number, absl::string_view kind,
            absl::string_view text) {
    const char padding = kind == "UI" ? '\0' : ' ';
    std::string value(text);
    value.append(value.size() % 2, padding);
    CXR_CHECK(value.size() < 0xFFFF) << value.size() << " bytes of text";
    absl::StrAppend(&bytes_, Number16(group), Number16(number), kind,
                    Number16(value.size()), value);
  }
  void TextIfAny(int group, int number, absl::string_view kind,
                 absl::string_view text) {
    if (!text.empty()) {
      Text(group, number, kind, text);
    }
  }
  void Word(int group, int number, int word) {
    absl::StrAppend(&bytes_, Number16(group), Number16(number), "US",
                    Number16(2), Number16(word));
  }
  // Bytes of an even number, by kinds with a long length.
  void Data(int group, int number, absl::string_view kind,
            absl::string_view data) {
    absl::StrAppend(&bytes_, Number16(group), Number16(number), kind,
                    Number16(0), Number32(data.size()), data);
  }
  void Raw(absl::string_view bytes) { absl::StrAppend(&bytes_, bytes); }

  std::string Bytes() && { return std::move(bytes_); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

absl::string_view UidOf(DicomCoding coding) {
  switch (coding) {
    case DicomCoding::kPlain:
      return "1.2.840.10008.1.2.1";
    case DicomCoding::kJpegBaseline:
      return "1.2.840.10008.1.2.4.50";
    case DicomCoding::kJpegLossless:
      return "1.2.840.10008.1.2.4.70";
    case DicomCoding::kJpeg2000:
      return "1.2.840.10008.1.2.4.90";
  }
  CXR_CHECK(false) << "coding " << static_cast<int>(coding);
  return "";
}

// PS3.10 7.1: 128 bytes of nothing, the mark, group 2.
std::string Preamble(const DicomHeader& header, DicomCoding coding) {
  ElementWriter meta;
  meta.Data(0x0002, 0x0001, "OB", absl::string_view("\0\1", 2));
  meta.Text(0x0002, 0x0002, "UI", header.sop_class);
  meta.Text(0x0002, 0x0003, "UI", header.sop_instance);
  meta.Text(0x0002, 0x0010, "UI", UidOf(coding));
  meta.Text(0x0002, 0x0012, "UI", kImplementation);
  meta.Text(0x0002, 0x0013, "SH", kImplementationName);
  return absl::StrCat(std::string(128, '\0'), "DICM", Number16(0x0002),
                      Number16(0x0000), "UL", Number16(4),
                      Number32(meta.bytes().size()), meta.bytes());
}

// Dates, times and names of physicians are there and empty (type 2).
void WritePatient(const DicomHeader& header, ElementWriter* out) {
  out->Text(0x0008, 0x0016, "UI", header.sop_class);
  out->Text(0x0008, 0x0018, "UI", header.sop_instance);
  out->Text(0x0008, 0x0020, "DA", "");  // StudyDate
  out->Text(0x0008, 0x0030, "TM", "");  // StudyTime
  out->Text(0x0008, 0x0050, "SH", "");  // AccessionNumber
  out->Text(0x0008, 0x0060, "CS", header.modality);
  out->TextIfAny(0x0008, 0x0064, "CS", header.conversion_type);
  out->TextIfAny(0x0008, 0x0070, "LO", header.manufacturer);
  out->Text(0x0008, 0x0090, "PN", "");  // ReferringPhysicianName
  out->TextIfAny(0x0008, 0x103E, "LO", header.series_description);
  out->Text(0x0010, 0x0010, "PN", header.patient_name);
  out->Text(0x0010, 0x0020, "LO", header.patient_id);
  out->Text(0x0010, 0x0030, "DA", "");  // PatientBirthDate
  out->Text(0x0010, 0x0040, "CS", header.patient_sex);
  out->TextIfAny(0x0010, 0x1010, "AS", header.patient_age);
  out->TextIfAny(0x0018, 0x0015, "CS", header.body_part);
  out->TextIfAny(0x0018, 0x5101, "CS", header.view_position);
  out->Text(0x0020, 0x000D, "UI", header.study_instance);
  out->Text(0x0020, 0x000E, "UI", header.series_instance);
  out->Text(0x0020, 0x0010, "SH", "");   // StudyID
  out->Text(0x0020, 0x0011, "IS", "1");  // SeriesNumber
  out->Text(0x0020, 0x0013, "IS", "1");  // InstanceNumber
  out->Text(0x0020, 0x0020, "CS", "");   // PatientOrientation
}

// In bytes or words of two.
int BitsAllocated(const DicomSamples& samples) {
  return samples.bits <= 8 ? 8 : 16;
}

void WriteImageFacts(const DicomHeader& header, const DicomSamples& samples,
                     DicomCoding coding, ElementWriter* out) {
  const int bits = header.bits_stored.value_or(samples.bits);
  out->Word(0x0028, 0x0002, 1);  // SamplesPerPixel
  out->Text(0x0028, 0x0004, "CS",
            header.is_inverted ? "MONOCHROME1" : "MONOCHROME2");
  out->Word(0x0028, 0x0010, samples.height);
  out->Word(0x0028, 0x0011, samples.width);
  if (header.pixel_spacing > 0.0) {
    out->Text(0x0028, 0x0030, "DS",
              absl::StrCat(header.pixel_spacing, "\\", header.pixel_spacing));
  }
  out->Word(0x0028, 0x0100, BitsAllocated(samples));
  out->Word(0x0028, 0x0101, bits);
  out->Word(0x0028, 0x0102, bits - 1);  // HighBit
  out->Word(0x0028, 0x0103, 0);         // PixelRepresentation
  if (header.window_center.has_value()) {
    out->Text(0x0028, 0x1050, "DS", absl::StrCat(*header.window_center));
  }
  if (header.window_width.has_value()) {
    out->Text(0x0028, 0x1051, "DS", absl::StrCat(*header.window_width));
  }
  if (coding == DicomCoding::kJpegBaseline) {
    out->Text(0x0028, 0x2110, "CS", "01");  // LossyImageCompression
    out->Text(0x0028, 0x2114, "CS", "ISO_10918_1");
  }
}

absl::StatusOr<std::string> JpegBaseline(const DicomSamples& samples,
                                         int quality) {
  CXR_CHECK(samples.bits == 8) << samples.bits << " bits";
  return EncodeJpegGray(
      {.width = samples.width,
       .height = samples.height,
       .pixels = {samples.values.begin(), samples.values.end()}},
      quality);
}

std::string PlainSamples(const DicomSamples& samples) {
  std::string bytes;
  if (BitsAllocated(samples) == 8) {
    bytes.assign(samples.values.begin(), samples.values.end());
    bytes.append(bytes.size() % 2, '\0');
    return bytes;
  }
  bytes.reserve(2 * samples.values.size());
  for (const uint16_t value : samples.values) {
    bytes.push_back(static_cast<char>(value & 0xFF));
    bytes.push_back(static_cast<char>(value >> 8));
  }
  return bytes;
}

// PS3.5 A.4: an item for the offsets of frames, here without any, one for the
// frame, and the end.
void WriteFragment(std::string coded, ElementWriter* out) {
  coded.append(coded.size() % 2, '\0');
  const auto item = [](int number, size_t length) {
    return absl::StrCat(Number16(0xFFFE), Number16(number), Number32(length));
  };
  out->Raw(absl::StrCat(Number16(0x7FE0), Number16(0x0010), "OB", Number16(0),
                        Number32(0xFFFFFFFF)));
  out->Raw(item(0xE000, 0));
  out->Raw(item(0xE000, coded.size()));
  out->Raw(coded);
  out->Raw(item(0xE0DD, 0));
}

absl::Status WritePixels(const DicomHeader& header, const DicomSamples& samples,
                         DicomCoding coding, ElementWriter* out) {
  switch (coding) {
    case DicomCoding::kPlain:
      out->Data(0x7FE0, 0x0010, BitsAllocated(samples) == 8 ? "OB" : "OW",
                PlainSamples(samples));
      return absl::OkStatus();
    case DicomCoding::kJpegBaseline: {
      CXR_ASSIGN_OR_RETURN(std::string coded,
                           JpegBaseline(samples, header.jpeg_quality));
      WriteFragment(std::move(coded), out);
      return absl::OkStatus();
    }
    case DicomCoding::kJpegLossless:
      WriteFragment(EncodeJpegLossless(samples), out);
      return absl::OkStatus();
    case DicomCoding::kJpeg2000: {
      CXR_ASSIGN_OR_RETURN(std::string coded, EncodeJpeg2000(samples));
      WriteFragment(std::move(coded), out);
      return absl::OkStatus();
    }
  }
  CXR_CHECK(false) << "coding " << static_cast<int>(coding);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> DicomFile(const DicomHeader& header,
                                      const DicomSamples& samples,
                                      DicomCoding coding) {
  CheckSamples(samples);
  ElementWriter out;
  out.Raw(Preamble(header, coding));
  WritePatient(header, &out);
  WriteImageFacts(header, samples, coding, &out);
  CXR_RETURN_IF_ERROR(WritePixels(header, samples, coding, &out));
  return std::move(out).Bytes();
}

}  // namespace cxr::synth
