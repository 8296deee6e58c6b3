// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/develop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "cxr/synth/film/canvas.h"
#include "cxr/synth/random/exact_math.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/raster/noise.h"

namespace cxr::synth {
namespace {

// Prototype: scatter, half as much again without a grid's full effect (AP);
// the detector's blur; noise 0.010 where 0.12 of the photons arrive, of
// exp(-1.9 attenuation), on a film of 256 pixels.
constexpr double kScatter = 0.10;
constexpr double kScatterReach = 0.08;
constexpr double kBlur = 0.0011;
constexpr double kApBlur = 0.0017;
constexpr double kNoise = 0.010;
constexpr double kPhotons = 0.12;
constexpr double kContrast = 1.9;
constexpr double kNoiseHeight = 256.0;

constexpr float kBodyFrom = 0.05f;  // attenuation

// A function sampled at equal distances from 0 on, straight in between.
class Curve {
 public:
  template <typename Function>
  Curve(double top, Function function) : scale_(float(kSteps / top)) {
    for (int i = 0; i <= kSteps + 1; ++i) {
      values_[i] = static_cast<float>(function(top * i / kSteps));
    }
  }
  float At(float x) const {
    const float place =
        std::clamp(x * scale_, 0.0f, static_cast<float>(kSteps));
    const int i = static_cast<int>(place);
    const float t = place - static_cast<float>(i);
    return values_[i] + t * (values_[i + 1] - values_[i]);
  }

 private:
  static constexpr int kSteps = 1024;
  float scale_;
  std::array<float, kSteps + 2> values_;
};

void AddScatter(const Frame& frame, double share, Plane* film) {
  Plane scatter = *film;
  BlurUnits(frame, kScatterReach, &scatter);
  AddPlane(scatter, static_cast<float>(share), film);
}

void AddQuantumNoise(const FilmRequest& request, Plane* film) {
  const double scale = request.style.noise * kNoise * std::sqrt(kPhotons) *
                       std::sqrt(request.height / kNoiseHeight);
  const Curve deviation(2.0, [scale](double attenuation) {
    return scale * Exp(0.5 * kContrast * attenuation);
  });
  const RandomKey key = request.study.key.Child("quantum", request.number);
  std::vector<float> noise(film->width);
  for (int y = 0; y < film->height; ++y) {
    PixelNoise(key, y, film->width, noise.data());
    float* row = film->Row(y);
    for (int x = 0; x < film->width; ++x) {
      row[x] += deviation.At(row[x]) * noise[x];
    }
  }
}

struct Window {
  float low = 0.0f;
  float high = 1.0f;
};

// Attenuations that shares of the body's pixels lie below.
Window WindowOf(const Exposure& exposure, double low_share, double high_share) {
  constexpr int kBins = 4096;
  constexpr float kLowest = -0.5f;
  constexpr float kBinsPerUnit = 1024.0f;
  std::vector<int> bins(kBins);
  int total = 0;
  for (size_t i = 0; i < exposure.body.values.size(); ++i) {
    if (exposure.body.values[i] <= kBodyFrom) continue;
    const float place =
        (exposure.attenuation.values[i] - kLowest) * kBinsPerUnit;
    ++bins[static_cast<int>(std::clamp(place, 0.0f, kBins - 1.0f))];
    ++total;
  }
  const auto find = [&](double share) {
    int64_t sum = 0;
    for (int i = 0; i < kBins; ++i) {
      sum += bins[i];
      if (static_cast<double>(sum) >= share * total) {
        return kLowest + static_cast<float>(i) / kBinsPerUnit;
      }
    }
    return kLowest + kBins / kBinsPerUnit;
  };
  const Window window{find(low_share), find(high_share)};
  return {window.low, std::max(window.high, window.low + 0.01f)};
}

}  // namespace

Plane Develop(const FilmRequest& request, const Frame& frame,
              Exposure exposure) {
  const bool ap = request.view != View::kPa;
  Plane& film = exposure.attenuation;
  AddScatter(frame, ap ? 1.5 * kScatter : kScatter, &film);
  BlurUnits(frame, ap ? kApBlur : kBlur, &film);
  RandomStream stream(request.study.key.Child("exposure", request.number));
  const double low = stream.Between(0.002, 0.02);
  const double high = stream.Between(0.980, 0.9990);
  const double gamma =
      stream.Between(request.style.gamma_low, request.style.gamma_high);
  const Window window = WindowOf(exposure, low, high);
  AddQuantumNoise(request, &film);
  const Curve display(1.0, [gamma](double x) { return Pow(x, gamma); });
  const float scale = 1.0f / (window.high - window.low);
  for (size_t i = 0; i < film.values.size(); ++i) {
    const float body = std::min(1.0f, exposure.body.values[i] / kBodyFrom);
    film.values[i] =
        std::min(1.0f, display.At((film.values[i] - window.low) * scale) *
                           (0.3f + 0.7f * body));
  }
  return std::move(film);
}

}  // namespace cxr::synth
