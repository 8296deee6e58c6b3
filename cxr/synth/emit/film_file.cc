// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/film_file.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/image.h"

namespace cxr::synth {

PlannedFile JpegFilm(std::string path, const FilmRequest& film, int quality) {
  return {.path = std::move(path), .make = [film, quality] {
            return EncodeJpegGray(ToGray(DrawFilm(film)), quality);
          }};
}

PlannedFile PngFilm(std::string path, const FilmRequest& film) {
  return {.path = std::move(path),
          .make = [film] { return EncodePngGray(ToGray(DrawFilm(film))); }};
}

PlannedFile RgbaPngFilm(std::string path, const FilmRequest& film) {
  return {.path = std::move(path), .make = [film] {
            const GrayImage image = ToGray(DrawFilm(film));
            std::vector<uint8_t> samples;
            samples.reserve(image.pixels.size() * 4);
            for (const uint8_t gray : image.pixels) {
              samples.insert(samples.end(), {gray, gray, gray, 255});
            }
            return EncodePngRgba(samples, image.width, image.height);
          }};
}

PlannedFile Png16Film(std::string path, const FilmRequest& film) {
  return {
      .path = std::move(path), .make = [film] {
        constexpr uint32_t kMost12 = 4095;
        constexpr uint32_t kMost16 = 65535;
        std::vector<uint16_t> samples = ToSamples(DrawFilm(film), /*bits=*/12);
        for (uint16_t& sample : samples) {
          sample =
              static_cast<uint16_t>((sample * kMost16 + kMost12 / 2) / kMost12);
        }
        return EncodePngGray16(samples, film.width, film.height);
      }};
}

PlannedFile Truncated(PlannedFile file) {
  return {
      .path = std::move(file.path),
      .make = [make = std::move(file.make)]() -> absl::StatusOr<std::string> {
        CXR_ASSIGN_OR_RETURN(std::string bytes, make());
        bytes.resize(bytes.size() / 2);
        return bytes;
      }};
}

}  // namespace cxr::synth
