// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Gray JPEG of quality 95 to pixels: our reader, and libjpeg driven by as few
// calls as it takes. testdata/peer_jpeg.py runs this beside Pillow and OpenCV.

#include "cxr/data/codec/jpeg.h"

// jpeglib.h takes types of <cstdio>, which jpeg.h brings by <string>.
#include <jpeglib.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/image.h"

namespace cxr {
namespace {

// Smooth shapes under noise of eight levels, which take about two bits a pixel
// of a file, as radiographs do. peer_jpeg.py draws the same.
std::string MakeFile(int width, int height) {
  GrayImage image{.width = width, .height = height};
  image.pixels.reserve(size_t(width) * height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const uint32_t hash = (static_cast<uint32_t>(x) * 73856093u ^
                             static_cast<uint32_t>(y) * 19349663u) *
                            2654435761u;
      const int shape = 400 * x / width * (width - x) / width + 60 * y / height;
      image.pixels.push_back(
          static_cast<uint8_t>(60 + shape + static_cast<int>(hash >> 29)));
    }
  }
  const absl::StatusOr<std::string> bytes = EncodeJpegGray(image, 95);
  CXR_CHECK(bytes.ok()) << bytes.status();
  return *bytes;
}

void BM_DecodeJpeg(benchmark::State& state) {
  const std::string bytes = MakeFile(static_cast<int>(state.range(0)),
                                     static_cast<int>(state.range(1)));
  for (auto unused : state) {
    const absl::StatusOr<DecodedImage> decoded = DecodeJpeg(bytes, "memory");
    CXR_CHECK(decoded.ok());
    benchmark::DoNotOptimize(decoded->image.pixels.data());
  }
  state.SetItemsProcessed(state.iterations());  // images
}
BENCHMARK(BM_DecodeJpeg)
    ->Args({3000, 2500})
    ->Args({1024, 1024})
    ->Args({320, 320});

// libjpeg's own speed: no checks, memory that is there already, and the calls
// that it cannot do without.
void BM_Libjpeg(benchmark::State& state) {
  const std::string bytes = MakeFile(static_cast<int>(state.range(0)),
                                     static_cast<int>(state.range(1)));
  std::vector<uint8_t> pixels(
      static_cast<size_t>(state.range(0) * state.range(1)));
  for (auto unused : state) {
    jpeg_error_mgr errors;
    jpeg_decompress_struct decoder;
    decoder.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&decoder);
    jpeg_mem_src(&decoder, reinterpret_cast<const uint8_t*>(bytes.data()),
                 bytes.size());
    jpeg_read_header(&decoder, TRUE);
    jpeg_start_decompress(&decoder);
    while (decoder.output_scanline < decoder.output_height) {
      JSAMPROW row = pixels.data() +
                     size_t{decoder.output_scanline} * decoder.output_width;
      jpeg_read_scanlines(&decoder, &row, 1);
    }
    jpeg_finish_decompress(&decoder);
    jpeg_destroy_decompress(&decoder);
    benchmark::DoNotOptimize(pixels.data());
  }
  state.SetItemsProcessed(state.iterations());  // images
}
BENCHMARK(BM_Libjpeg)->Args({3000, 2500})->Args({1024, 1024})->Args({320, 320});

}  // namespace
}  // namespace cxr
