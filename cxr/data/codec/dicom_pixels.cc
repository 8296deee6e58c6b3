// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_pixels.h"

#include <gdcmDataSet.h>
#include <gdcmImage.h>
#include <gdcmImageReader.h>
#include <gdcmReader.h>
#include <gdcmSequenceOfItems.h>
#include <gdcmTag.h>
#include <gdcmTransferSyntax.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <istream>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/dicom_buffer.h"
#include "cxr/data/codec/dicom_stderr.h"

namespace cxr {
namespace {

using ::gdcm::DataSet;
using ::gdcm::Tag;

const Tag kPixelData(0x7fe0, 0x0010);

absl::Status Damaged(absl::string_view what) {
  return absl::DataLossError(absl::StrCat("DICOM: ", what));
}

// GDCM prints a line on the place of a message before the message. A program
// that it has not found is its last resort, and no reason for a failure.
bool MayBeReason(absl::string_view line) {
  return !absl::StartsWith(line, "Error: In ") &&
         !absl::StartsWith(line, "Warning: In ") &&
         !absl::StartsWith(line, "Could not find");
}

// After GDCM failed; what was printed last is as a rule why.
absl::Status Failed(absl::string_view what, const DicomStderr& printed) {
  std::string reason = "GDCM gives no reason";
  for (const std::string& line : printed.Lines()) {
    if (MayBeReason(line)) {
      reason = line;
    }
  }
  return Damaged(absl::StrCat(what, ": ", reason));
}

// Runs `body` and turns what GDCM throws into a Status.
absl::Status CatchGdcm(absl::FunctionRef<absl::Status()> body) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("DICOM: no memory for its codec");
  } catch (const std::exception& e) {
    return Damaged(e.what());
  } catch (const char* text) {  // GDCM does.
    return Damaged(text);
  }
}

// The value of an element, as its bytes; nothing if it is missing or empty.
// Numbers of 16 bits are in this machine's order.
std::optional<absl::string_view> BytesOf(const DataSet& set, const Tag& tag) {
  if (!set.FindDataElement(tag)) {
    return std::nullopt;
  }
  const gdcm::ByteValue* value = set.GetDataElement(tag).GetByteValue();
  if (value == nullptr || value->GetLength() == 0) {
    return std::nullopt;
  }
  return absl::string_view(value->GetPointer(), value->GetLength());
}

// A text without the spaces or zero that make its length even.
std::string TextOf(const DataSet& set, const Tag& tag) {
  absl::string_view text = BytesOf(set, tag).value_or("");
  text = text.substr(0, text.find('\0'));
  return std::string(absl::StripAsciiWhitespace(text));
}

std::vector<uint16_t> WordsOf(const DataSet& set, const Tag& tag) {
  const absl::string_view bytes = BytesOf(set, tag).value_or("");
  std::vector<uint16_t> words(bytes.size() / sizeof(uint16_t));
  if (!words.empty()) {
    std::memcpy(words.data(), bytes.data(), words.size() * sizeof(uint16_t));
  }
  return words;
}

int WordOf(const DataSet& set, const Tag& tag, int otherwise) {
  const std::vector<uint16_t> words = WordsOf(set, tag);
  return words.empty() ? otherwise : words[0];
}

int SignedIf(bool is_signed, uint16_t word) {
  return is_signed ? static_cast<int16_t>(word) : word;
}

// The first of the decimal numbers of an element named `name`.
absl::StatusOr<std::optional<double>> NumberOf(const DataSet& set,
                                               const Tag& tag,
                                               absl::string_view name) {
  const std::string text = TextOf(set, tag);
  const std::string first = text.substr(0, text.find('\\'));
  if (first.empty()) {
    return std::nullopt;
  }
  double number = 0;
  if (!absl::SimpleAtod(first, &number) || !std::isfinite(number)) {
    return Damaged(
        absl::StrCat(name, ": found '", first, "', expected a number"));
  }
  return number;
}

// The first item of VOILUTSequence, if it is complete. PS3.3 C.11.2.1.1: of
// the three numbers of LUTDescriptor the first is how many entries there are,
// 0 for 65536, and the second is signed if the pixels are.
absl::StatusOr<std::optional<VoiLut>> VoiLutOf(const DataSet& set,
                                               bool is_signed) {
  const Tag sequence(0x0028, 0x3010);
  if (!set.FindDataElement(sequence)) {
    return std::nullopt;
  }
  const auto items = set.GetDataElement(sequence).GetValueAsSQ();
  if (items == nullptr || items->GetNumberOfItems() == 0) {
    return std::nullopt;
  }
  const DataSet& item = items->GetItem(1).GetNestedDataSet();
  const std::vector<uint16_t> descriptor = WordsOf(item, Tag(0x0028, 0x3002));
  std::vector<uint16_t> entries = WordsOf(item, Tag(0x0028, 0x3006));
  if (descriptor.empty() || entries.empty()) {
    return std::nullopt;
  }
  if (descriptor.size() != 3) {
    return Damaged(absl::StrCat("LUTDescriptor: found ", descriptor.size(),
                                " numbers, expected 3"));
  }
  const size_t count = descriptor[0] == 0 ? size_t{1} << 16 : descriptor[0];
  if (entries.size() < count) {
    return Damaged(absl::StrCat("LUTData: found ", entries.size(),
                                " entries, expected ", count));
  }
  entries.resize(count);
  return VoiLut{.first_value = SignedIf(is_signed, descriptor[1]),
                .entries = std::move(entries)};
}

absl::StatusOr<DicomTags> TagsOf(const gdcm::File& file) {
  const DataSet& set = file.GetDataSet();
  DicomTags tags;
  tags.transfer_syntax =
      file.GetHeader().GetDataSetTransferSyntax().GetString();
  tags.modality = TextOf(set, Tag(0x0008, 0x0060));
  tags.view_position = TextOf(set, Tag(0x0018, 0x5101));
  tags.patient_id = TextOf(set, Tag(0x0010, 0x0020));
  tags.patient_sex = TextOf(set, Tag(0x0010, 0x0040));
  tags.patient_age = TextOf(set, Tag(0x0010, 0x1010));
  tags.rows = WordOf(set, Tag(0x0028, 0x0010), 0);
  tags.columns = WordOf(set, Tag(0x0028, 0x0011), 0);
  CXR_ASSIGN_OR_RETURN(const std::optional<double> frames,
                       NumberOf(set, Tag(0x0028, 0x0008), "NumberOfFrames"));
  tags.frames = static_cast<int>(std::clamp(frames.value_or(1), -1e9, 1e9));
  tags.samples_per_pixel = WordOf(set, Tag(0x0028, 0x0002), 1);
  tags.planar_configuration = WordOf(set, Tag(0x0028, 0x0006), 0);
  tags.bits_allocated = WordOf(set, Tag(0x0028, 0x0100), 0);
  tags.bits_stored = WordOf(set, Tag(0x0028, 0x0101), tags.bits_allocated);
  tags.high_bit = WordOf(set, Tag(0x0028, 0x0102), tags.bits_stored - 1);
  tags.is_signed = WordOf(set, Tag(0x0028, 0x0103), 0) != 0;
  tags.photometric = TextOf(set, Tag(0x0028, 0x0004));
  const std::vector<uint16_t> padding = WordsOf(set, Tag(0x0028, 0x0120));
  if (!padding.empty()) {
    tags.padding = SignedIf(tags.is_signed, padding[0]);
  }
  CXR_ASSIGN_OR_RETURN(tags.window_center,
                       NumberOf(set, Tag(0x0028, 0x1050), "WindowCenter"));
  CXR_ASSIGN_OR_RETURN(tags.window_width,
                       NumberOf(set, Tag(0x0028, 0x1051), "WindowWidth"));
  tags.voi_lut_function =
      absl::AsciiStrToUpper(TextOf(set, Tag(0x0028, 0x1056)));
  CXR_ASSIGN_OR_RETURN(tags.voi_lut, VoiLutOf(set, tags.is_signed));
  CXR_ASSIGN_OR_RETURN(tags.rescale_slope,
                       NumberOf(set, Tag(0x0028, 0x1053), "RescaleSlope"));
  CXR_ASSIGN_OR_RETURN(tags.rescale_intercept,
                       NumberOf(set, Tag(0x0028, 0x1052), "RescaleIntercept"));
  return tags;
}

absl::Status CheckGray(const DicomTags& tags) {
  const bool is_gray =
      tags.samples_per_pixel == 1 &&
      (tags.photometric == "MONOCHROME1" || tags.photometric == "MONOCHROME2");
  const bool is_rgb = tags.samples_per_pixel == 3 &&
                      tags.photometric == "RGB" &&
                      tags.planar_configuration == 0;
  if ((!is_gray && !is_rgb) ||
      (tags.bits_allocated != 8 && tags.bits_allocated != 16)) {
    return absl::UnimplementedError(absl::StrCat(
        "DICOM: found ", tags.samples_per_pixel, " samples a pixel of ",
        tags.bits_allocated, " bits, photometric interpretation '",
        tags.photometric, "', planar configuration ", tags.planar_configuration,
        "; expected MONOCHROME1, MONOCHROME2 or interleaved RGB of 8 or 16 "
        "bits"));
  }
  return absl::OkStatus();
}

absl::Status CheckImage(const DicomTags& tags) {
  CXR_RETURN_IF_ERROR(CheckGray(tags));
  const int64_t pixels = int64_t{tags.rows} * tags.columns;
  if (pixels < 1 || pixels > kMaxImagePixels || tags.frames < 1) {
    return Damaged(absl::StrCat("found ", tags.columns, " x ", tags.rows,
                                " pixels in ", tags.frames,
                                " frames, expected at least 1 x 1 and at most ",
                                kMaxImagePixels, " pixels"));
  }
  if (tags.bits_stored < 1 || tags.bits_stored > tags.bits_allocated) {
    return Damaged(absl::StrCat("found BitsStored ", tags.bits_stored,
                                ", expected 1 to ", tags.bits_allocated));
  }
  return absl::OkStatus();
}

// GDCM reads on where pixels end too early and fills up with zeros; all that
// it does is to say "Use file at own risk". That risk is nobody's here.
absl::Status CheckComplete(const DicomStderr& printed) {
  for (const std::string& line : printed.Lines()) {
    if (absl::StrContains(line, "own risk")) {
      return Damaged(line);
    }
  }
  return absl::OkStatus();
}

// What the JPEG library said of a file that it read all the same.
std::string WarningIn(const DicomStderr& printed) {
  for (std::string& line : printed.Lines()) {
    if (absl::StartsWith(line, "Corrupt JPEG data") ||
        absl::StartsWith(line, "Premature end of JPEG")) {
      return std::move(line);
    }
  }
  return "";
}

// GDCM masks out the bits above BitsStored; told that all are in use it does
// not. Signed words it must put through, for their sign is in the bit below.
void UseAllBits(gdcm::Image* image) {
  gdcm::PixelFormat format = image->GetPixelFormat();
  if (format.GetPixelRepresentation() == 0) {
    format.SetBitsStored(format.GetBitsAllocated());
    image->SetPixelFormat(format);
  }
}

// Has GDCM decode into `values`, `length` bytes in all; whether it could.
template <typename T>
bool Fill(const gdcm::Image& source, size_t length, std::vector<T>* values) {
  values->resize((length + sizeof(T) - 1) / sizeof(T));
  return source.GetBuffer(reinterpret_cast<char*>(values->data()));
}

// The words of values of 8 bits.
std::vector<uint16_t> Widened(const std::vector<uint8_t>& values,
                              bool is_signed) {
  std::vector<uint16_t> words(values.size());
  std::transform(values.begin(), values.end(), words.begin(),
                 [&](uint8_t value) -> uint16_t {
                   return is_signed ? static_cast<int8_t>(value) : value;
                 });
  return words;
}

absl::StatusOr<StoredImage> StoredOf(const DicomTags& tags,
                                     const DicomStderr& printed,
                                     gdcm::Image* source) {
  UseAllBits(source);
  const size_t length = source->GetBufferLength();
  const gdcm::ByteValue* plain = source->GetDataElement().GetByteValue();
  if (plain != nullptr && size_t{plain->GetLength()} < length) {
    return Damaged(absl::StrCat("found ", size_t{plain->GetLength()},
                                " bytes of pixels, expected ", length));
  }
  // The coded stream has dimensions and bits of its own.
  const size_t bits = source->GetPixelFormat().GetBitsAllocated();
  const size_t count =
      size_t(tags.columns) * tags.rows * tags.samples_per_pixel;
  if (source->GetDimension(0) != static_cast<unsigned>(tags.columns) ||
      source->GetDimension(1) != static_cast<unsigned>(tags.rows) ||
      (bits != 8 && bits != 16) || length != count * tags.frames * bits / 8) {
    return Damaged(absl::StrCat(
        "found coded pixels of ", source->GetDimension(0), " x ",
        source->GetDimension(1), ", ", bits, " bits, ", length,
        " bytes; its header says ", tags.columns, " x ", tags.rows, ", ",
        tags.bits_allocated, " bits, ", tags.frames, " frames"));
  }
  StoredImage image{.width = tags.columns,
                    .height = tags.rows,
                    .channels = tags.samples_per_pixel,
                    .is_signed = tags.is_signed};
  bool is_decoded = false;
  if (bits == 16) {
    is_decoded = Fill(*source, length, &image.words);
  } else {
    std::vector<uint8_t> values;
    is_decoded = Fill(*source, length, &values);
    image.words = Widened(values, tags.is_signed);
  }
  if (!is_decoded) {
    return Failed(absl::StrCat("cannot decode ", tags.transfer_syntax),
                  printed);
  }
  image.words.resize(count);  // The first frame.
  return image;
}

}  // namespace

absl::StatusOr<DicomTags> ReadDicomTags(absl::string_view bytes) {
  DicomTags tags;
  CXR_RETURN_IF_ERROR(CatchGdcm([&]() -> absl::Status {
    const DicomStderr printed;
    DicomBuffer buffer(bytes);
    std::istream stream(&buffer);
    gdcm::Reader reader;
    reader.SetStream(stream);
    if (!reader.ReadUpToTag(kPixelData, {kPixelData})) {
      return Failed("cannot read it", printed);
    }
    CXR_ASSIGN_OR_RETURN(tags, TagsOf(reader.GetFile()));
    return absl::OkStatus();
  }));
  return tags;
}

absl::StatusOr<DicomPixels> ReadDicomPixels(absl::string_view bytes) {
  DicomPixels pixels;
  CXR_RETURN_IF_ERROR(CatchGdcm([&]() -> absl::Status {
    const DicomStderr printed;
    DicomBuffer buffer(bytes);
    std::istream stream(&buffer);
    gdcm::ImageReader reader;
    reader.SetStream(stream);
    if (!reader.Read()) {
      return Failed("cannot read it", printed);
    }
    CXR_RETURN_IF_ERROR(CheckComplete(printed));
    CXR_ASSIGN_OR_RETURN(pixels.tags, TagsOf(reader.GetFile()));
    CXR_RETURN_IF_ERROR(CheckImage(pixels.tags));
    CXR_ASSIGN_OR_RETURN(pixels.image,
                         StoredOf(pixels.tags, printed, &reader.GetImage()));
    pixels.warning = WarningIn(printed);
    return CheckComplete(printed);
  }));
  return pixels;
}

}  // namespace cxr
