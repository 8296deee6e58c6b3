// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/gzip_reader.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

// zlib's windowBits: the largest window, alone for raw deflate (negated) and
// with gzip's header and check.
constexpr int kWindowBits = 15;
constexpr int kRaw = -kWindowBits;
constexpr int kGzip = kWindowBits + 16;
constexpr size_t kWindowBytes = size_t{1} << kWindowBits;

constexpr int kTrailerBytes = 8;  // check and size, RFC 1952 2.2

// zlib's data_type after a call with Z_BLOCK.
constexpr int kBlockEnded = 128;
constexpr int kLastBlock = 64;
constexpr int kUnusedBits = 7;

constexpr size_t kInputBytes = size_t{1} << 17;

}  // namespace

class GzipReader::Impl {
 public:
  explicit Impl(const ByteFile* file) : file_(file) { Start(kGzip); }

  Impl(const ByteFile* file, const GzipPlace& place)
      : file_(file),
        file_offset_(place.file_offset),
        text_offset_(place.text_offset) {
    Start(kRaw);
    raw_ = true;
    if (place.bits > 0) {
      char byte = 0;
      const absl::StatusOr<size_t> got =
          file->ReadAt(place.file_offset - 1, &byte, 1);
      failure_ = got.status();
      const int value = static_cast<uint8_t>(byte) >> (8 - place.bits);
      CXR_CHECK(inflatePrime(&stream_, place.bits, value) == Z_OK);
    }
    if (!place.window.empty()) {
      const int set = inflateSetDictionary(
          &stream_, reinterpret_cast<const Bytef*>(place.window.data()),
          static_cast<uInt>(place.window.size()));
      CXR_CHECK(set == Z_OK) << set;
    }
  }

  ~Impl() { inflateEnd(&stream_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  absl::StatusOr<size_t> Read(char* to, size_t size, int flush) {
    size_t done = 0;
    at_block_ = false;
    while (done < size && !at_end_ && !at_block_ && failure_.ok()) {
      done += ReadPart(to + done, std::min(size - done, kLargestPart), flush);
    }
    text_offset_ += static_cast<int64_t>(done);
    if (done == 0) {
      CXR_RETURN_IF_ERROR(failure_);
    }
    return done;
  }

  bool at_block() const { return at_block_; }
  bool at_end() const { return at_end_; }

  GzipPlace Here() const {
    CXR_CHECK(at_block_);
    std::string window(kWindowBytes, '\0');
    uInt length = 0;
    // zlib copies and changes nothing, yet asks for a stream it may change.
    z_stream* stream = const_cast<z_stream*>(&stream_);
    CXR_CHECK(inflateGetDictionary(stream,
                                   reinterpret_cast<Bytef*>(window.data()),
                                   &length) == Z_OK);
    window.resize(length);
    return {.text_offset = text_offset_,
            .file_offset = InputOffset(),
            .bits = stream_.data_type & kUnusedBits,
            .window = std::move(window)};
  }

 private:
  static constexpr size_t kLargestPart = size_t{1} << 30;  // uInt holds it

  void Start(int window_bits) {
    const int started = inflateInit2(&stream_, window_bits);
    CXR_CHECK(started == Z_OK) << "zlib: " << started;
  }

  // Place in the file of the next byte that zlib has not taken.
  int64_t InputOffset() const { return file_offset_ - stream_.avail_in; }

  // The next byte of the file; nothing at its end or if it cannot be read.
  std::optional<uint8_t> Peek() {
    if (stream_.avail_in == 0 && failure_.ok()) {
      const absl::StatusOr<size_t> got =
          file_->ReadAt(file_offset_, input_.data(), input_.size());
      failure_ = got.status();
      stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
      stream_.avail_in = static_cast<uInt>(got.value_or(0));
      file_offset_ += stream_.avail_in;
    }
    return stream_.avail_in == 0 ? std::nullopt
                                 : std::make_optional(*stream_.next_in);
  }

  void Skip() {
    ++stream_.next_in;
    --stream_.avail_in;
  }

  // One call of zlib; how many bytes it made.
  size_t ReadPart(char* to, size_t size, int flush) {
    const bool dry = !Peek().has_value();
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    const int result = inflate(&stream_, flush);
    const size_t got = size - stream_.avail_out;
    if (result == Z_STREAM_END) {
      GoToNextMember();
    } else if (result == Z_OK || result == Z_BUF_ERROR) {
      at_block_ = flush == Z_BLOCK && (stream_.data_type & kBlockEnded) != 0 &&
                  (stream_.data_type & kLastBlock) == 0;
      if (dry && got == 0) {
        Fail("cut off");
      }
    } else {
      Fail(stream_.msg == nullptr ? "damaged" : stream_.msg);
    }
    return got;
  }

  void GoToNextMember() {
    for (int i = 0; raw_ && i < kTrailerBytes; ++i) {
      if (!Peek().has_value()) {
        Fail("cut off");
        return;
      }
      Skip();
    }
    while (Peek() == 0) {
      Skip();
    }
    at_end_ = !Peek().has_value();
    raw_ = false;
    CXR_CHECK(inflateReset2(&stream_, kGzip) == Z_OK);
  }

  void Fail(absl::string_view how) {
    if (failure_.ok()) {
      failure_ = absl::DataLossError(absl::StrCat(
          file_->path(), ": found damaged gzip (", how, ") at about byte ",
          InputOffset(), " of ", file_->size()));
    }
  }

  const ByteFile* file_;
  std::array<char, kInputBytes> input_;
  int64_t file_offset_ = 0;  // of the byte after input_
  int64_t text_offset_ = 0;
  z_stream stream_{};
  bool raw_ = false;  // zlib leaves the member's trailer to us
  bool at_block_ = false;
  bool at_end_ = false;
  absl::Status failure_;
};

GzipReader::GzipReader(const ByteFile* file)
    : impl_(std::make_unique<Impl>(file)) {}
GzipReader::GzipReader(const ByteFile* file, const GzipPlace& place)
    : impl_(std::make_unique<Impl>(file, place)) {}
GzipReader::GzipReader(GzipReader&&) = default;
GzipReader& GzipReader::operator=(GzipReader&&) = default;
GzipReader::~GzipReader() = default;

absl::StatusOr<size_t> GzipReader::Read(char* to, size_t size) {
  return impl_->Read(to, size, Z_NO_FLUSH);
}

absl::StatusOr<size_t> GzipReader::ReadToBlock(char* to, size_t size) {
  return impl_->Read(to, size, Z_BLOCK);
}

bool GzipReader::at_block() const { return impl_->at_block(); }
bool GzipReader::at_end() const { return impl_->at_end(); }
GzipPlace GzipReader::Here() const { return impl_->Here(); }

}  // namespace cxr
