// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/jpeg_fuzz.h"

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "cxr/base/check.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/image.h"

namespace cxr {
namespace {

void CheckImage(const DecodedImage& decoded) {
  const GrayImage& image = decoded.image;
  CXR_CHECK(image.width >= 1 && image.height >= 1 &&
            image.pixels.size() == size_t(image.width) * image.height)
      << image.width << " x " << image.height;
  CXR_CHECK(decoded.facts.width == image.width &&
            decoded.facts.height == image.height);
  CXR_CHECK(0 <= decoded.facts.smallest &&
            decoded.facts.smallest <= decoded.facts.largest &&
            decoded.facts.largest <= 255);
}

void CheckEncoding(const GrayImage& image) {
  constexpr size_t kSmall = 4096;  // pixels; larger ones only take time
  if (image.pixels.size() > kSmall) {
    return;
  }
  const absl::StatusOr<std::string> bytes = EncodeJpegGray(image, 75);
  CXR_CHECK(bytes.ok()) << bytes.status();
  const absl::StatusOr<DecodedImage> back = DecodeJpeg(*bytes, "encoded");
  CXR_CHECK(back.ok()) << back.status();
  CXR_CHECK(back->image.width == image.width &&
            back->image.height == image.height && back->facts.warning.empty());
}

}  // namespace
}  // namespace cxr

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(data, data + size);
  const absl::StatusOr<cxr::DecodedImage> decoded =
      cxr::DecodeJpeg(bytes, "name");
  if (decoded.ok()) {
    cxr::CheckImage(*decoded);
    cxr::CheckEncoding(decoded->image);
  } else {
    CXR_CHECK(decoded.status().code() == absl::StatusCode::kDataLoss ||
              decoded.status().code() == absl::StatusCode::kUnimplemented);
    CXR_CHECK(absl::StartsWith(decoded.status().message(), "name: "));
  }
  return 0;
}
