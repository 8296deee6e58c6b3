// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/overlay.h"

#include <algorithm>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/frame.h"
#include "cxr/synth/raster/stroke.h"

namespace cxr::synth {
namespace {

constexpr double kLetterWidth = 0.6;  // of its height
constexpr double kLetterStep = 0.85;

// Lines of a letter in a box of width 1 and height 1.
using Lines = std::vector<std::vector<Point>>;

Lines LinesOf(char letter) {
  const std::vector<Point> bowl = {{0, 0},    {0.8, 0},   {1, 0.15},
                                   {1, 0.35}, {0.8, 0.5}, {0, 0.5}};
  switch (letter) {
    case 'A':
      return {{{0, 1}, {0.5, 0}, {1, 1}}, {{0.2, 0.65}, {0.8, 0.65}}};
    case 'B':
      return {{{0, 0}, {0, 1}},
              bowl,
              {{0, 0.5}, {0.8, 0.5}, {1, 0.65}, {1, 0.85}, {0.8, 1}, {0, 1}}};
    case 'E':
      return {{{1, 0}, {0, 0}, {0, 1}, {1, 1}}, {{0, 0.5}, {0.8, 0.5}}};
    case 'L':
      return {{{0, 0}, {0, 1}, {1, 1}}};
    case 'O':
      return {{{0.25, 0},
               {0.75, 0},
               {1, 0.2},
               {1, 0.8},
               {0.75, 1},
               {0.25, 1},
               {0, 0.8},
               {0, 0.2},
               {0.25, 0}}};
    case 'P':
      return {{{0, 0}, {0, 1}}, bowl};
    case 'R':
      return {{{0, 0}, {0, 1}}, bowl, {{0.5, 0.5}, {1, 1}}};
    case 'T':
      return {{{0, 0}, {1, 0}}, {{0.5, 0}, {0.5, 1}}};
    default:
      break;
  }
  CXR_CHECK(false) << "no lines for the letter '" << letter << "'";
  return {};
}

// Black outside of a rectangle that may stand a little askew.
void AddCollimation(RandomStream* stream, Plane* film) {
  const double left = stream->Between(0.0, 0.05) * film->width;
  const double right = stream->Between(0.95, 1.0) * film->width;
  const double top = stream->Between(0.0, 0.03) * film->height;
  const double bottom = stream->Between(0.95, 1.0) * film->height;
  const double slope = stream->Normal(0.0, 0.015);
  for (int y = 0; y < film->height; ++y) {
    const double shift = slope * (y - 0.5 * film->height);
    float* row = film->Row(y);
    for (int x = 0; x < film->width; ++x) {
      const double inside =
          std::min(std::min(x + 0.5 - left - shift, right + shift - x - 0.5),
                   std::min(y + 0.5 - top, bottom - y - 0.5));
      row[x] *= static_cast<float>(std::clamp(inside + 0.5, 0.0, 1.0));
    }
  }
}

void AddMarkers(const FilmRequest& request, RandomStream* stream, Plane* film) {
  const double height = film->height;
  const double width = film->width;
  const bool left_side = stream->Chance(0.7);
  const double x = stream->Between(0.03, 0.09);
  const double y = stream->Between(0.04, 0.22);
  const double size = stream->Between(0.022, 0.036) * height;
  const bool named = stream->Chance(0.35);
  const bool portable = stream->Chance(0.5);
  const double above = stream->Between(0.02, 0.12);
  const bool frontal = request.view != View::kLateral;
  // The patient's left is on the right.
  const bool on_right = left_side || !frontal;
  AddText(left_side ? "L" : "R",
          {.left = on_right ? (1.0 - x) * width - size : x * width,
           .top = y * height,
           .height = size},
          film);
  if (!named || !frontal || request.view == View::kPa) return;
  const absl::string_view text = portable ? "PORTABLE" : "AP";
  const double small = 0.6 * size;
  AddText(text,
          {.left = on_right ? 0.03 * width
                            : 0.97 * width - kLetterStep * small * text.size(),
           .top = above * height,
           .height = small},
          film);
}

}  // namespace

void AddText(absl::string_view text, const TextPlace& place, Plane* film) {
  Plane ink = MakePlane(film->width, film->height);
  double left = place.left;
  for (const char letter : text) {
    for (const std::vector<Point>& line : LinesOf(letter)) {
      std::vector<Point> pixels;
      for (const Point& point : line) {
        pixels.push_back({left + kLetterWidth * place.height * point.x,
                          place.top + place.height * point.y});
      }
      AddLine(pixels,
              {.width = std::max(1.0, 0.14 * place.height), .softness = 1.0},
              &ink);
    }
    left += kLetterStep * place.height;
  }
  for (size_t i = 0; i < ink.values.size(); ++i) {
    film->values[i] = std::max(film->values[i], std::min(1.0f, ink.values[i]));
  }
}

void AddOverlay(const FilmRequest& request, Plane* film) {
  RandomStream stream(request.study.key.Child("overlay", request.number));
  if (stream.Chance(request.style.collimation)) {
    AddCollimation(&stream, film);
  }
  if (!request.style.side_marker) return;
  RandomStream letters(request.study.key.Child("marker", request.number));
  AddMarkers(request, &letters, film);
}

}  // namespace cxr::synth
