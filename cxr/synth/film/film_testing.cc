// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/film_testing.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/synth/patient/devices.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {

FilmRequest PlainRequest(int size) {
  FilmRequest request;
  request.patient = MakePatient({}, RandomKey(7), 3);
  // As an average person, for boxes and borders that are where one expects.
  request.patient.shape = {};
  request.study.key = request.patient.key.Child("study", 0);
  request.width = size;
  request.height = size;
  request.style.side_marker = false;
  request.style.collimation = 0.0;
  return request;
}

FilmRequest With(const Added& added, FilmRequest request) {
  request.study.severity[added.finding] = added.severity;
  request.study.side[added.finding] = added.side;
  if (added.finding == Finding::kSupportDevices) {
    request.study.devices = DrawDevices({}, request.study.key);
  }
  return request;
}

Anatomy PlainAnatomy() {
  const FilmRequest request = PlainRequest(64);
  return MakeAnatomy(request.patient, request.study, request.view);
}

Frame PlainFrame(int size) { return {.width = size, .height = size}; }

std::vector<Place> PlacesOf(Finding finding, absl::Span<const Place> places) {
  std::vector<Place> found;
  std::copy_if(
      places.begin(), places.end(), std::back_inserter(found),
      [finding](const Place& place) { return place.finding == finding; });
  return found;
}

double MeanOf(const Plane& plane) {
  return std::accumulate(plane.values.begin(), plane.values.end(), 0.0) /
         static_cast<double>(plane.values.size());
}

double LargestOf(const Plane& plane) {
  return *std::max_element(plane.values.begin(), plane.values.end());
}

double ValueAt(const Plane& plane, const Frame& frame, Point units) {
  const Point pixel = ToPixels(frame, units);
  const int x = static_cast<int>(std::floor(pixel.x));
  const int y = static_cast<int>(std::floor(pixel.y));
  CXR_CHECK(x >= 0 && x < plane.width && y >= 0 && y < plane.height);
  return plane.Row(y)[x];
}

double Correlation(absl::Span<const float> a, absl::Span<const float> b) {
  CXR_CHECK(a.size() == b.size() && !a.empty());
  const double n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
  const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0.0;
  double aa = 0.0;
  double bb = 0.0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return ab / std::sqrt(aa * bb);
}

}  // namespace cxr::synth
