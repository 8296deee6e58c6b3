// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// testdata/peer_rle.py does the same with numpy and OpenCV.

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/data/image.h"
#include "cxr/data/table/rle.h"

namespace cxr {
namespace {

// A lung of an image of 2,500 x 3,000 pixels, from 50 landmarks.
constexpr int kWidth = 2500;
constexpr int kHeight = 3000;

std::vector<PolygonPoint> Contour() {
  std::vector<PolygonPoint> points;
  for (int i = 0; i < 50; ++i) {
    const double angle = 2.0 * M_PI * i / 50;
    const double radius = 1.0 + 0.1 * std::sin(3.0 * angle);
    points.push_back(
        {.x = static_cast<int>(800.0 + 350.0 * radius * std::cos(angle)),
         .y = static_cast<int>(1400.0 + 800.0 * radius * std::sin(angle))});
  }
  return points;
}

GrayImage Blank() {
  return {.width = kWidth,
          .height = kHeight,
          .pixels = std::vector<uint8_t>(size_t{kWidth} * kHeight)};
}

GrayImage Lung() {
  GrayImage mask = Blank();
  FillPolygon(Contour(), 1, &mask);
  return mask;
}

void BM_DrawRle(benchmark::State& state) {
  const std::string runs = EncodeRle(Lung(), 1);
  GrayImage mask = Blank();
  for (auto unused : state) {
    CXR_CHECK(DrawRle(runs, 1, &mask).ok());
    benchmark::DoNotOptimize(mask.pixels.data());
  }
  CXR_CHECK(mask == Lung());
  state.SetItemsProcessed(state.iterations());  // masks
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(runs.size()));
}
BENCHMARK(BM_DrawRle)->Unit(benchmark::kMicrosecond);

void BM_EncodeRle(benchmark::State& state) {
  const GrayImage mask = Lung();
  for (auto unused : state) {
    benchmark::DoNotOptimize(EncodeRle(mask, 1));
  }
  state.SetItemsProcessed(state.iterations());  // masks
}
BENCHMARK(BM_EncodeRle)->Unit(benchmark::kMicrosecond);

void BM_FillPolygon(benchmark::State& state) {
  const std::vector<PolygonPoint> points = Contour();
  GrayImage mask = Blank();
  for (auto unused : state) {
    FillPolygon(points, 1, &mask);
    benchmark::DoNotOptimize(mask.pixels.data());
  }
  state.SetItemsProcessed(state.iterations());  // polygons
}
BENCHMARK(BM_FillPolygon)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cxr
