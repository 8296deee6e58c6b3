// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/jpeg.h"

// jpeglib.h takes types of <cstdio>, which jpeg.h brings by <string>.
#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/extremes.h"
#include "cxr/data/codec/gray.h"

// libjpeg reports errors by longjmp here. Each function below that calls setjmp
// holds no local object with a destructor, and neither do the callbacks at the
// point of their jump, so that no destructor is ever jumped over; everything
// that owns memory lives in the classes' members or in their callers.

namespace cxr {
namespace {

// Rows decoded by one call: those of a row of 8 x 8 blocks.
constexpr int kRowsAtOnce = DCTSIZE;

// A Huffman code has at least one bit, and each block of 64 pixels has one.
constexpr uint64_t kMaxPixelsPerByte = uint64_t{8} * DCTSIZE2;

// A scan of a few bytes costs a pass over the whole image; ten are usual.
constexpr int kMaxScans = 500;

// What libjpeg said, and where to jump when it gives up.
struct ErrorManager {
  jpeg_error_mgr base = {};  // first: libjpeg knows this part alone
  jmp_buf jump = {};
  std::array<char, JMSG_LENGTH_MAX> error = {};
  std::array<char, JMSG_LENGTH_MAX> warning = {};
};

ErrorManager* ManagerOf(j_common_ptr codec) {
  return reinterpret_cast<ErrorManager*>(codec->err);
}

[[noreturn]] void OnError(j_common_ptr codec) {
  ErrorManager* errors = ManagerOf(codec);
  errors->base.format_message(codec, errors->error.data());
  longjmp(errors->jump, 1);
}

// Levels of 0 and above are remarks, -1 is damage that is read past.
void OnMessage(j_common_ptr codec, int level) {
  ErrorManager* errors = ManagerOf(codec);
  if (level < 0 && errors->base.num_warnings++ == 0) {
    errors->base.format_message(codec, errors->warning.data());
  }
}

jpeg_error_mgr* Prepare(ErrorManager* errors) {
  jpeg_std_error(&errors->base);
  errors->base.error_exit = OnError;
  errors->base.emit_message = OnMessage;
  return &errors->base;
}

void SetError(ErrorManager* errors, absl::string_view text) {
  const size_t size = std::min(text.size(), errors->error.size() - 1);
  std::copy_n(text.begin(), size, errors->error.begin());
  errors->error[size] = '\0';
}

// The source is the file in memory. At its end libjpeg is told to wait for
// more, which never comes: functions then return "suspended".
void OnSource(j_decompress_ptr) {}

boolean OnFill(j_decompress_ptr) { return FALSE; }

void OnSkip(j_decompress_ptr decoder, long count) {
  jpeg_source_mgr& source = *decoder->src;
  const size_t skip = std::min(static_cast<size_t>(std::max(count, 0L)),
                               source.bytes_in_buffer);
  source.next_input_byte += skip;
  source.bytes_in_buffer -= skip;
}

void OnProgress(j_common_ptr codec) {
  const auto* decoder = reinterpret_cast<j_decompress_ptr>(codec);
  if (decoder->input_scan_number > kMaxScans) {
    ErrorManager* errors = ManagerOf(codec);
    SetError(errors, "too many scans");
    longjmp(errors->jump, 1);
  }
}

// A decoder of one file in memory: ReadHeader, then Start, then ReadRows until
// all rows are there, then Finish. All answer false on failure, whereupon
// error() tells why and the object is of no more use.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) {
    decoder_.err = Prepare(&errors_);
    source_.next_input_byte = reinterpret_cast<const JOCTET*>(bytes.data());
    source_.bytes_in_buffer = bytes.size();
    source_.init_source = OnSource;
    source_.fill_input_buffer = OnFill;
    source_.skip_input_data = OnSkip;
    source_.resync_to_restart = jpeg_resync_to_restart;
    source_.term_source = OnSource;
    progress_.progress_monitor = OnProgress;
  }
  ~Reader() { jpeg_destroy_decompress(&decoder_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool ReadHeader() {
    if (setjmp(errors_.jump) != 0) {
      return false;
    }
    jpeg_create_decompress(&decoder_);
    decoder_.src = &source_;
    decoder_.progress = &progress_;
    int result = JPEG_HEADER_TABLES_ONLY;
    while (result == JPEG_HEADER_TABLES_ONLY) {
      result = jpeg_read_header(&decoder_, /*require_image=*/FALSE);
    }
    return result == JPEG_HEADER_OK || Suspended();
  }

  bool Start() {
    if (setjmp(errors_.jump) != 0) {
      return false;
    }
    decoder_.out_color_space = channels() == 1 ? JCS_GRAYSCALE : JCS_RGB;
    return jpeg_start_decompress(&decoder_) != FALSE || Suspended();
  }

  // Fills at most kRowsAtOnce of `rows`; returns how many, 0 on failure.
  int ReadRows(JSAMPARRAY rows) {
    if (setjmp(errors_.jump) != 0) {
      return 0;
    }
    const JDIMENSION left = decoder_.output_height - decoder_.output_scanline;
    const JDIMENSION count = jpeg_read_scanlines(
        &decoder_, rows, std::min(left, JDIMENSION{kRowsAtOnce}));
    return count > 0 || Suspended() ? static_cast<int>(count) : 0;
  }

  // What follows the last row may be missing, but may not be wrong.
  bool Finish() {
    if (setjmp(errors_.jump) != 0) {
      return false;
    }
    jpeg_finish_decompress(&decoder_);
    return true;
  }

  int width() const { return static_cast<int>(decoder_.image_width); }
  int height() const { return static_cast<int>(decoder_.image_height); }
  int channels() const { return decoder_.num_components; }
  bool arithmetic() const { return decoder_.arith_code != FALSE; }
  int next_row() const { return static_cast<int>(decoder_.output_scanline); }
  std::string error() const { return errors_.error.data(); }
  std::string warning() const { return errors_.warning.data(); }

 private:
  bool Suspended() {
    SetError(&errors_, "the file ends too early");
    return false;
  }

  ErrorManager errors_;
  jpeg_source_mgr source_ = {};
  jpeg_progress_mgr progress_ = {};
  jpeg_decompress_struct decoder_ = {};
};

absl::Status CorruptError(absl::string_view name, const Reader& reader) {
  return absl::DataLossError(
      absl::StrCat(name, ": corrupt JPEG: ", reader.error()));
}

absl::Status CheckHeader(const Reader& reader, absl::string_view bytes,
                         absl::string_view name) {
  const uint64_t pixels = uint64_t(reader.width()) * reader.height();
  const std::string size =
      absl::StrCat(reader.width(), " x ", reader.height(), " pixels");
  if (pixels > kMaxImagePixels) {
    return absl::DataLossError(absl::StrCat(name, ": found ", size,
                                            ", expected at most ",
                                            kMaxImagePixels, " pixels"));
  }
  if (reader.channels() != 1 && reader.channels() != 3) {
    return absl::UnimplementedError(
        absl::StrCat(name, ": found ", reader.channels(),
                     " colours a pixel, expected 1 (gray) or 3"));
  }
  // Stated before the memory is taken: a lie of a few bytes costs nothing.
  if (!reader.arithmetic() && pixels > kMaxPixelsPerByte * bytes.size()) {
    return absl::DataLossError(absl::StrCat(name, ": corrupt JPEG: its ",
                                            bytes.size(), " bytes cannot hold ",
                                            size));
  }
  return absl::OkStatus();
}

// Reads all rows into `out`; they are looked at while they are in the cache.
bool ReadGray(Reader& reader, DecodedImage* out) {
  const size_t width = static_cast<size_t>(reader.width());
  const size_t channels = static_cast<size_t>(reader.channels());
  std::vector<uint8_t> colours(channels == 1 ? 0 : kRowsAtOnce * width * 3);
  std::vector<uint8_t>& pixels = out->image.pixels;
  pixels.resize(width * static_cast<size_t>(reader.height()));
  Extremes extremes;
  while (reader.next_row() < reader.height()) {
    const size_t begin = static_cast<size_t>(reader.next_row()) * width;
    uint8_t* to = channels == 1 ? pixels.data() + begin : colours.data();
    std::array<JSAMPROW, kRowsAtOnce> rows;
    for (size_t i = 0; i < rows.size(); ++i) {
      rows[i] = to + i * width * channels;
    }
    const size_t count = reader.ReadRows(rows.data()) * width;
    if (count == 0) {
      return false;
    }
    const auto gray = absl::MakeSpan(pixels).subspan(begin, count);
    if (channels == 3) {
      FillGray(absl::MakeSpan(colours).first(count * 3), 3, gray);
    }
    extremes.Add(gray);
  }
  out->facts.smallest = extremes.smallest;
  out->facts.largest = extremes.largest;
  return reader.Finish();
}

// An encoder of one image into memory, of the same kind as Reader.
class Writer {
 public:
  Writer() { encoder_.err = Prepare(&errors_); }
  ~Writer() {
    jpeg_destroy_compress(&encoder_);
    std::free(bytes_);
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  std::string error() const { return errors_.error.data(); }
  std::string bytes() const { return {bytes_, bytes_ + size_}; }

  bool Write(const GrayImage& image, int quality) {
    if (setjmp(errors_.jump) != 0) {
      return false;
    }
    jpeg_create_compress(&encoder_);
    jpeg_mem_dest(&encoder_, &bytes_, &size_);
    encoder_.image_width = static_cast<JDIMENSION>(image.width);
    encoder_.image_height = static_cast<JDIMENSION>(image.height);
    encoder_.input_components = 1;
    encoder_.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&encoder_);
    jpeg_set_quality(&encoder_, quality, /*force_baseline=*/TRUE);
    jpeg_start_compress(&encoder_, /*write_all_tables=*/TRUE);
    for (int y = 0; y < image.height; ++y) {
      // libjpeg does not write to the row; its type is older than const.
      JSAMPROW row =
          const_cast<JSAMPROW>(image.pixels.data()) + size_t(y) * image.width;
      jpeg_write_scanlines(&encoder_, &row, 1);
    }
    jpeg_finish_compress(&encoder_);
    return true;
  }

 private:
  ErrorManager errors_;
  unsigned char* bytes_ = nullptr;  // of malloc, by libjpeg
  unsigned long size_ = 0;
  jpeg_compress_struct encoder_ = {};
};

}  // namespace

bool IsJpeg(absl::string_view bytes) {
  return absl::StartsWith(bytes, "\xFF\xD8\xFF");
}

absl::StatusOr<DecodedImage> DecodeJpeg(absl::string_view bytes,
                                        absl::string_view name) {
  if (!IsJpeg(bytes)) {
    return absl::DataLossError(absl::StrCat(
        name, ": not a JPEG: its ", bytes.size(), " bytes lack the signature"));
  }
  Reader reader(bytes);
  if (!reader.ReadHeader()) {
    return CorruptError(name, reader);
  }
  CXR_RETURN_IF_ERROR(CheckHeader(reader, bytes, name));
  DecodedImage out{
      .image = {.width = reader.width(), .height = reader.height()},
      .facts = {.format = ImageFormat::kJpeg,
                .width = reader.width(),
                .height = reader.height(),
                .bits = 8,
                .channels = reader.channels(),
                .photometric = reader.channels() == 1 ? "GRAY" : "RGB"}};
  if (!reader.Start() || !ReadGray(reader, &out)) {
    return CorruptError(name, reader);
  }
  out.facts.warning = reader.warning();
  return out;
}

absl::StatusOr<std::string> EncodeJpegGray(const GrayImage& image,
                                           int quality) {
  CXR_CHECK(quality >= 1 && quality <= 100) << "quality " << quality;
  if (image.width < 1 || image.height < 1 || image.width > JPEG_MAX_DIMENSION ||
      image.height > JPEG_MAX_DIMENSION ||
      image.pixels.size() != size_t(image.width) * image.height) {
    return absl::InvalidArgumentError(absl::StrCat(
        "JPEG: found ", image.pixels.size(), " pixels, expected ", image.width,
        " x ", image.height, ", at least 1 x 1, at most ", JPEG_MAX_DIMENSION,
        " a side"));
  }
  Writer writer;
  if (!writer.Write(image, quality)) {
    return absl::InternalError(
        absl::StrCat("JPEG: cannot encode: ", writer.error()));
  }
  return writer.bytes();
}

}  // namespace cxr
