// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/png_fuzz.h"

#include <zlib.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "cxr/base/check.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image.h"

namespace cxr {
namespace {

constexpr size_t kSignatureBytes = 8;
constexpr size_t kChunkHeadBytes = 8;  // length and type
constexpr size_t kChecksumBytes = 4;

uint32_t ReadBigEndian(const std::string& bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) {
    value = value << 8 | static_cast<uint8_t>(bytes[at + i]);
  }
  return value;
}

// `bytes` with the signature and all checksums of chunks made right, without
// which hardly any input would get past them.
std::string Repaired(std::string bytes) {
  if (bytes.size() < kSignatureBytes) {
    return bytes;
  }
  bytes.replace(0, kSignatureBytes, "\x89PNG\r\n\x1a\n");
  size_t at = kSignatureBytes;
  while (bytes.size() - at >= kChunkHeadBytes + kChecksumBytes) {
    const size_t length = ReadBigEndian(bytes, at);
    if (length > bytes.size() - at - kChunkHeadBytes - kChecksumBytes) {
      break;
    }
    const size_t end = at + kChunkHeadBytes + length;
    // Of the type and the contents.
    const auto* covered = reinterpret_cast<const Bytef*>(bytes.data() + at + 4);
    const uLong checksum = crc32(0, covered, static_cast<uInt>(end - at - 4));
    for (size_t i = 0; i < kChecksumBytes; ++i) {
      bytes[end + i] = static_cast<char>(checksum >> (24 - 8 * i) & 0xFF);
    }
    at = end + kChecksumBytes;
  }
  return bytes;
}

void CheckImage(const DecodedImage& decoded) {
  const GrayImage& image = decoded.image;
  CXR_CHECK(image.width >= 1 && image.height >= 1 &&
            image.pixels.size() == size_t(image.width) * image.height)
      << image.width << " x " << image.height;
  CXR_CHECK(decoded.facts.width == image.width &&
            decoded.facts.height == image.height);
  // Of colours, the gray made of them counts.
  const int bits = decoded.facts.photometric == "GRAY" ? decoded.facts.bits : 8;
  CXR_CHECK(0 <= decoded.facts.smallest &&
            decoded.facts.smallest <= decoded.facts.largest &&
            decoded.facts.largest < 1 << bits);
}

void CheckEncoding(const GrayImage& image) {
  constexpr size_t kSmall = 4096;  // pixels; larger ones only take time
  if (image.pixels.size() > kSmall) {
    return;
  }
  const absl::StatusOr<std::string> bytes = EncodePngGray(image);
  CXR_CHECK(bytes.ok()) << bytes.status();
  const absl::StatusOr<GrayImage> back = DecodePngGray(*bytes, "encoded");
  CXR_CHECK(back.ok()) << back.status();
  CXR_CHECK(*back == image);
}

void CheckDecoding(const std::string& bytes, SixteenBitRule rule) {
  const absl::StatusOr<DecodedImage> decoded = DecodePng(bytes, "name", rule);
  if (decoded.ok()) {
    CheckImage(*decoded);
    CheckEncoding(decoded->image);
    return;
  }
  CXR_CHECK(decoded.status().code() == absl::StatusCode::kDataLoss ||
            (rule == SixteenBitRule::kRefuse &&
             decoded.status().code() == absl::StatusCode::kUnimplemented))
      << decoded.status();
  CXR_CHECK(absl::StartsWith(decoded.status().message(), "name: "));
}

}  // namespace
}  // namespace cxr

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(data, data + size);
  const std::string repaired = cxr::Repaired(bytes);
  cxr::CheckDecoding(bytes, cxr::SixteenBitRule::kRefuse);
  for (const cxr::SixteenBitRule rule :
       {cxr::SixteenBitRule::kRefuse, cxr::SixteenBitRule::kShift8,
        cxr::SixteenBitRule::kMinMax, cxr::SixteenBitRule::kPillowClip}) {
    cxr::CheckDecoding(repaired, rule);
  }
  return 0;
}
