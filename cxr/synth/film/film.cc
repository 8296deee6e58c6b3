// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/film.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/synth/film/develop.h"
#include "cxr/synth/film/draw_frontal.h"
#include "cxr/synth/film/draw_lateral.h"
#include "cxr/synth/film/layout.h"
#include "cxr/synth/film/overlay.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

// Prototype: turned by 1.8 degrees at random; 0.7 of that leaves the
// deviation that remains of real films after positioning.
constexpr double kTurnRadians = 0.7 * 1.8 * 3.14159265358979323846 / 180.0;
constexpr double kPaZoom = 1.03;
constexpr double kApZoom = 0.96;
constexpr int kSmallest = 16;  // pixels

void CheckRequest(const FilmRequest& request) {
  CXR_CHECK(request.width >= kSmallest && request.height >= kSmallest)
      << "a film of " << request.width << " x " << request.height
      << " pixels, expected at least " << kSmallest;
  CXR_CHECK(request.view == View::kPa || request.view == View::kAp ||
            request.view == View::kApSupine || request.view == View::kLateral)
      << "a view that is not drawn";
}

// The rectangle around points in pixels, inside of the film.
FilmBox BoxAround(const Frame& frame, const Place& place) {
  double left = frame.width;
  double top = frame.height;
  double right = 0.0;
  double bottom = 0.0;
  for (const Point& pixel : ToPixels(frame, place.points)) {
    left = std::min(left, pixel.x);
    right = std::max(right, pixel.x);
    top = std::min(top, pixel.y);
    bottom = std::max(bottom, pixel.y);
  }
  left = std::max(left, 0.0);
  top = std::max(top, 0.0);
  return {.finding = place.finding,
          .left = left,
          .top = top,
          .width = std::min(right, 1.0 * frame.width) - left,
          .height = std::min(bottom, 1.0 * frame.height) - top};
}

}  // namespace

Frame FrameOf(const FilmRequest& request) {
  RandomStream stream(request.study.key.Child("frame", request.number));
  // A portable film is farther off and less well aligned.
  const bool ap = request.view == View::kAp || request.view == View::kApSupine;
  const double turn =
      stream.Normal(0.0, ap ? 1.6 * kTurnRadians : kTurnRadians);
  const double zoom =
      request.style.zoom * (ap ? kApZoom : kPaZoom) *
      stream.Normal(1.0, (ap ? 1.5 : 1.0) * request.style.zoom_deviation);
  return {.width = request.width,
          .height = request.height,
          .rotation_radians = turn,
          .zoom = std::max(0.5 * request.style.zoom, zoom)};
}

std::vector<FilmBox> BoxesOf(const FilmRequest& request) {
  CheckRequest(request);
  std::vector<FilmBox> boxes;
  if (request.view == View::kLateral) return boxes;
  const Frame frame = FrameOf(request);
  for (const Place& place : PlacesOf(request)) {
    const FilmBox box = BoxAround(frame, place);
    // Less than a pixel is left of what lies beyond the border.
    if (box.width >= 1.0 && box.height >= 1.0) boxes.push_back(box);
  }
  return boxes;
}

Plane DrawFilm(const FilmRequest& request) {
  CheckRequest(request);
  const Frame frame = FrameOf(request);
  Plane film =
      Develop(request, frame,
              request.view == View::kLateral ? DrawLateral(request, frame)
                                             : DrawFrontal(request, frame));
  AddOverlay(request, &film);
  return film;
}

GrayImage ToGray(const Plane& film) {
  GrayImage image{film.width, film.height, {}};
  image.pixels.reserve(film.values.size());
  for (const float value : film.values) {
    image.pixels.push_back(static_cast<uint8_t>(std::rint(255.0 * value)));
  }
  return image;
}

std::vector<uint16_t> ToSamples(const Plane& film, int bits) {
  CXR_CHECK(bits >= 9 && bits <= 16)
      << "samples of " << bits << " bits, expected 9 to 16";
  const double top = (1 << bits) - 1;
  std::vector<uint16_t> samples;
  samples.reserve(film.values.size());
  for (const float value : film.values) {
    samples.push_back(static_cast<uint16_t>(std::rint(top * value)));
  }
  return samples;
}

}  // namespace cxr::synth
