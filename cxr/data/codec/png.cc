// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/png.h"

#include <png.h>

#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/extremes.h"
#include "cxr/data/codec/gray.h"
#include "cxr/data/codec/png_messages.h"
#include "cxr/data/codec/sixteen_bit.h"

// How errors of libpng leave it: png_messages.h.

namespace cxr {
namespace {

constexpr int kSignatureBytes = 8;

// Deflate cannot pack more than 1032 bytes into one (zlib's technical notes).
constexpr uint64_t kMaxDeflateRatio = 1032;

struct Source {
  absl::string_view bytes;
  size_t at = 0;
};

void OnRead(png_structp png, png_bytep out, size_t count) {
  Source* source = static_cast<Source*>(png_get_io_ptr(png));
  if (count > source->bytes.size() - source->at) {
    png_error(png, "the file ends too early");
  }
  std::memcpy(out, source->bytes.data() + source->at, count);
  source->at += count;
}

// A decoder of one file in memory: ReadHeader, Start, ReadRows. All answer
// false on failure, whereupon messages() tells why and the object is of no more
// use.
class Reader {
 public:
  explicit Reader(absl::string_view bytes)
      : source_{.bytes = bytes},
        png_(png_create_read_struct(PNG_LIBPNG_VER_STRING, &messages_,
                                    OnPngError, OnPngWarning)),
        info_(png_ == nullptr ? nullptr : png_create_info_struct(png_)) {}
  ~Reader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool ok() const { return info_ != nullptr; }
  const PngMessages& messages() const { return messages_; }

  bool ReadHeader() {
    if (setjmp(png_jmpbuf(png_)) != 0) {
      return false;
    }
    png_set_user_limits(png_, kMaxImagePixels, kMaxImagePixels);
    png_set_read_fn(png_, &source_, OnRead);
    png_read_info(png_, info_);
    file_type_ = png_get_color_type(png_, info_);
    file_bits_ = png_get_bit_depth(png_, info_);
    file_channels_ = png_get_channels(png_, info_);
    return true;
  }

  // Takes memory for rows.
  bool Start() {
    if (setjmp(png_jmpbuf(png_)) != 0) {
      return false;
    }
    SetTransforms();
    png_read_update_info(png_, info_);
    return true;
  }

  // `rows` are height() pointers to row_bytes() bytes each.
  bool ReadRows(png_bytep* rows) {
    if (setjmp(png_jmpbuf(png_)) != 0) {
      return false;
    }
    png_read_image(png_, rows);
    png_read_end(png_, nullptr);
    return true;
  }

  uint32_t width() const { return png_get_image_width(png_, info_); }
  uint32_t height() const { return png_get_image_height(png_, info_); }
  // Of the rows that ReadRows gives.
  int bits() const { return png_get_bit_depth(png_, info_); }
  int channels() const { return png_get_channels(png_, info_); }
  size_t row_bytes() const { return png_get_rowbytes(png_, info_); }
  // Of the file.
  int file_type() const { return file_type_; }
  int file_bits() const { return file_bits_; }
  int file_channels() const { return file_channels_; }

 private:
  // To 8 bits a sample, or 16 of gray, and nothing more: no gamma, no
  // background, no shift.
  void SetTransforms() {
    if (file_type_ == PNG_COLOR_TYPE_PALETTE) {
      png_set_palette_to_rgb(png_);
    } else if (file_type_ == PNG_COLOR_TYPE_GRAY) {
      png_set_expand_gray_1_2_4_to_8(png_);
    } else if ((file_type_ & PNG_COLOR_MASK_COLOR) != 0) {
      png_set_strip_16(png_);
    }
    png_set_interlace_handling(png_);
  }

  PngMessages messages_;
  Source source_;
  png_structp png_;
  png_infop info_;
  int file_type_ = 0;
  int file_bits_ = 0;
  int file_channels_ = 0;
};

absl::Status CheckHeader(const Reader& reader, absl::string_view bytes,
                         absl::string_view name, SixteenBitRule sixteen_bit) {
  const uint64_t pixels = uint64_t{reader.width()} * reader.height();
  const std::string size =
      absl::StrCat(reader.width(), " x ", reader.height(), " pixels");
  if (pixels > kMaxImagePixels) {
    return absl::DataLossError(absl::StrCat(name, ": found ", size,
                                            ", expected at most ",
                                            kMaxImagePixels, " pixels"));
  }
  if (reader.file_bits() == 16 && sixteen_bit == SixteenBitRule::kRefuse) {
    return absl::UnimplementedError(absl::StrCat(
        name,
        ": found 16 bits a sample, expected 1, 2, 4 or 8: convert the "
        "file to 8 bits by a stated rule first"));
  }
  // Stated before the memory is taken: a lie of a few bytes costs nothing.
  if (pixels * reader.file_bits() * reader.file_channels() / 8 >
      kMaxDeflateRatio * bytes.size()) {
    return absl::DataLossError(absl::StrCat(name, ": corrupt PNG: its ",
                                            bytes.size(), " bytes cannot hold ",
                                            size));
  }
  return absl::OkStatus();
}

// `samples` are pixels of 1 to 4 samples of 8 bits.
std::vector<uint8_t> GrayOfSamples(std::vector<uint8_t> samples, int channels) {
  if (channels == 1) {
    return samples;
  }
  std::vector<uint8_t> gray(samples.size() / channels);
  FillGray(samples, channels, absl::MakeSpan(gray));
  return gray;
}

// `samples` are pixels of 1 (gray) or 2 (gray, alpha) samples of 16 bits, the
// high byte first.
std::vector<uint16_t> GrayOfSixteenBits(absl::Span<const uint8_t> samples,
                                        int channels) {
  const size_t step = static_cast<size_t>(channels) * 2;
  std::vector<uint16_t> gray(samples.size() / step);
  for (size_t i = 0; i < gray.size(); ++i) {
    const uint8_t* pixel = samples.data() + i * step;
    gray[i] = static_cast<uint16_t>(pixel[0] << 8 | pixel[1]);
  }
  return gray;
}

ImageFacts FactsOf(const Reader& reader) {
  const int type = reader.file_type();
  return {.format = ImageFormat::kPng,
          .width = static_cast<int>(reader.width()),
          .height = static_cast<int>(reader.height()),
          .bits = reader.file_bits(),
          .channels = reader.file_channels(),
          .has_alpha = (type & PNG_COLOR_MASK_ALPHA) != 0,
          .photometric = type == PNG_COLOR_TYPE_PALETTE       ? "PALETTE"
                         : (type & PNG_COLOR_MASK_COLOR) != 0 ? "RGB"
                                                              : "GRAY",
          .warning = reader.messages().warning};
}

// The image of `samples` as ReadRows gave them.
DecodedImage ImageOf(const Reader& reader, std::vector<uint8_t> samples,
                     SixteenBitRule sixteen_bit) {
  DecodedImage out{.facts = FactsOf(reader)};
  out.image.width = out.facts.width;
  out.image.height = out.facts.height;
  Extremes extremes;
  int unspread = 1;  // what samples of fewer than 8 bits were multiplied by
  if (reader.bits() == 16) {
    const std::vector<uint16_t> gray =
        GrayOfSixteenBits(samples, reader.channels());
    extremes.Add(gray);
    out.image.pixels = ToEightBits(gray, /*bits=*/16, sixteen_bit);
  } else {
    out.image.pixels = GrayOfSamples(std::move(samples), reader.channels());
    extremes.Add(out.image.pixels);
    if (reader.file_type() == PNG_COLOR_TYPE_GRAY) {
      unspread = 255 / ((1 << reader.file_bits()) - 1);
    }
  }
  out.facts.smallest = extremes.smallest / unspread;
  out.facts.largest = extremes.largest / unspread;
  return out;
}

absl::Status CorruptError(absl::string_view name, const Reader& reader) {
  return absl::DataLossError(
      absl::StrCat(name, ": corrupt PNG: ", reader.messages().Text()));
}

}  // namespace

bool IsPng(absl::string_view bytes) {
  const auto* head = reinterpret_cast<png_const_bytep>(bytes.data());
  return bytes.size() >= kSignatureBytes &&
         png_sig_cmp(head, 0, kSignatureBytes) == 0;
}

absl::StatusOr<DecodedImage> DecodePng(absl::string_view bytes,
                                       absl::string_view name,
                                       SixteenBitRule sixteen_bit) {
  if (!IsPng(bytes)) {
    return absl::DataLossError(absl::StrCat(
        name, ": not a PNG: its ", bytes.size(), " bytes lack the signature"));
  }
  Reader reader(bytes);
  if (!reader.ok()) {
    return absl::ResourceExhaustedError(
        absl::StrCat(name, ": no memory for a PNG decoder"));
  }
  if (!reader.ReadHeader()) {
    return CorruptError(name, reader);
  }
  CXR_RETURN_IF_ERROR(CheckHeader(reader, bytes, name, sixteen_bit));
  if (!reader.Start()) {
    return CorruptError(name, reader);
  }
  std::vector<uint8_t> samples(reader.row_bytes() * reader.height());
  std::vector<png_bytep> rows(reader.height());
  for (size_t y = 0; y < rows.size(); ++y) {
    rows[y] = samples.data() + y * reader.row_bytes();
  }
  if (!reader.ReadRows(rows.data())) {
    return CorruptError(name, reader);
  }
  return ImageOf(reader, std::move(samples), sixteen_bit);
}

absl::StatusOr<GrayImage> DecodePngGray(absl::string_view bytes,
                                        absl::string_view name) {
  CXR_ASSIGN_OR_RETURN(DecodedImage decoded,
                       DecodePng(bytes, name, SixteenBitRule::kRefuse));
  return std::move(decoded.image);
}

}  // namespace cxr
