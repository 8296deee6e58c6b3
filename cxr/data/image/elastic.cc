// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/elastic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "cxr/base/check.h"
#include "cxr/data/image/bilinear.h"
#include "cxr/data/image/image_view.h"

namespace cxr {
namespace {

constexpr int kKernelPixels = 17;
constexpr int kHalf = kKernelPixels / 2;

using Kernel = std::array<float, kKernelPixels>;

Kernel MakeKernel(double sigma) {
  std::array<double, kKernelPixels> weights;
  double sum = 0.0;
  for (int i = -kHalf; i <= kHalf; ++i) {
    weights[kHalf + i] = std::exp(-0.5 * i * i / (sigma * sigma));
    sum += weights[kHalf + i];
  }
  Kernel kernel;
  for (int i = 0; i < kKernelPixels; ++i) {
    kernel[i] = static_cast<float>(weights[i] / sum);
  }
  return kernel;
}

// Eight neighbours, which the compiler keeps in registers.
constexpr int kLanes = 8;
using Lanes = float __attribute__((vector_size(kLanes * sizeof(float))));

[[gnu::always_inline]] inline void Load(const float* from, Lanes* lanes) {
  std::memcpy(lanes, from, sizeof(*lanes));
}

// sum += weight * value, rounded once.
[[gnu::always_inline]] inline void MultiplyAdd(float weight, const Lanes& value,
                                               Lanes* sum) {
  for (int i = 0; i < kLanes; ++i) {
    (*sum)[i] = std::fma(weight, value[i], (*sum)[i]);
  }
}

// OpenCV's two sums in its order, every product rounded together with its sum:
// along a row from the left, and over rows from the middle. Rows have room for
// whole lanes.
[[gnu::always_inline]] inline void SumAlong(const float* padded,
                                            const Kernel& kernel, int stride,
                                            float* sums) {
  for (int x = 0; x < stride; x += kLanes) {
    Lanes in;
    Load(padded + x, &in);
    Lanes sum = kernel[0] * in;
    for (int k = 1; k < kKernelPixels; ++k) {
      Load(padded + x + k, &in);
      MultiplyAdd(kernel[k], in, &sum);
    }
    std::memcpy(sums + x, &sum, sizeof(sum));
  }
}

[[gnu::always_inline]] inline void SumRows(const float* middle,
                                           const Kernel& kernel, int stride,
                                           float* sums) {
  for (int x = 0; x < stride; x += kLanes) {
    Lanes above;
    Lanes below;
    Load(middle + x, &above);
    Lanes sum = kernel[kHalf] * above;
    for (int k = 1; k <= kHalf; ++k) {
      Load(middle + x - k * stride, &above);
      Load(middle + x + k * stride, &below);
      MultiplyAdd(kernel[kHalf + k], above + below, &sum);
    }
    std::memcpy(sums + x, &sum, sizeof(sum));
  }
}

using Pass = void (*)(const float* in, const Kernel& kernel, int stride,
                      float* sums);

struct Passes {
  Pass along;
  Pass rows;
};

[[gnu::target("avx2,fma")]] void SumAlongAvx2(const float* padded,
                                              const Kernel& kernel, int stride,
                                              float* sums) {
  SumAlong(padded, kernel, stride, sums);
}

[[gnu::target("avx2,fma")]] void SumRowsAvx2(const float* middle,
                                             const Kernel& kernel, int stride,
                                             float* sums) {
  SumRows(middle, kernel, stride, sums);
}

Passes PassesOf(Simd simd) {
  switch (simd) {
    case Simd::kScalar:
      return {SumAlong, SumRows};
    case Simd::kAvx2:
      return {SumAlongAvx2, SumRowsAvx2};
  }
  CXR_CHECK(false) << "instructions " << static_cast<int>(simd);
  return {};
}

// Rows are padded by what the kernel reaches over the field's edges.
std::vector<float> Smooth(absl::Span<const float> noise,
                          const ElasticOptions& options, Simd simd) {
  const Passes passes = PassesOf(simd);
  const Kernel kernel = MakeKernel(options.sigma_pixels);
  const int width = options.width;
  const int stride = (width + kLanes - 1) / kLanes * kLanes;
  std::vector<float> along(size_t(stride) * (options.height + 2 * kHalf));
  std::vector<float> padded(stride + 2 * kHalf);
  for (int y = -kHalf; y < options.height + kHalf; ++y) {
    const float* row =
        noise.data() + ptrdiff_t{ReflectIndex(y, options.height)} * width;
    std::copy(row, row + width, padded.begin() + kHalf);
    for (int i = 1; i <= kHalf; ++i) {
      padded[kHalf - i] = row[ReflectIndex(-i, width)];
      padded[kHalf + width - 1 + i] = row[ReflectIndex(width - 1 + i, width)];
    }
    passes.along(padded.data(), kernel, stride,
                 along.data() + ptrdiff_t{y + kHalf} * stride);
  }
  const float alpha = static_cast<float>(options.alpha_pixels);
  std::vector<float> field(noise.size());
  std::vector<float> sums(stride);
  for (int y = 0; y < options.height; ++y) {
    passes.rows(along.data() + ptrdiff_t{y + kHalf} * stride, kernel, stride,
                sums.data());
    float* const to = field.data() + ptrdiff_t{y} * width;
    for (int x = 0; x < width; ++x) {
      to[x] = sums[x] * alpha;
    }
  }
  return field;
}

void CheckSizes(const GrayImage& image, const DisplacementField& field) {
  CXR_CHECK(image.width == field.width && image.height == field.height)
      << "image of " << image.width << " x " << image.height << ", field of "
      << field.width << " x " << field.height;
}

// start + i * step + displacements[i], times `unit`, rounded to even.
[[gnu::target_clones("avx2", "default")]] void RoundPositions(
    const float* displacements, int start, int step, float unit,
    std::vector<int32_t>* positions) {
  constexpr float kToInteger = 12582912.0f;  // 1.5 * 2^23
  const int count = static_cast<int>(positions->size());
  int32_t* const to = positions->data();
  for (int i = 0; i < count; ++i) {
    const float position =
        (static_cast<float>(start + i * step) + displacements[i]) * unit;
    to[i] = static_cast<int32_t>((position + kToInteger) - kToInteger);
  }
}

// Where the pixels of a row are taken from, in units of 1 / `unit` pixels.
class FieldPositions {
 public:
  FieldPositions(const DisplacementField& field, int unit)
      : field_(field),
        unit_(static_cast<float>(unit)),
        xs_(field.width),
        ys_(field.width) {}

  void MoveToRow(int y) {
    const ptrdiff_t row = ptrdiff_t{y} * field_.width;
    RoundPositions(field_.dx.data() + row, 0, 1, unit_, &xs_);
    RoundPositions(field_.dy.data() + row, y, 0, unit_, &ys_);
  }

  const std::vector<int32_t>& xs() const { return xs_; }
  const std::vector<int32_t>& ys() const { return ys_; }

 private:
  const DisplacementField& field_;
  float unit_;
  std::vector<int32_t> xs_;
  std::vector<int32_t> ys_;
};

}  // namespace

DisplacementField MakeDisplacementField(absl::Span<const float> noise_x,
                                        absl::Span<const float> noise_y,
                                        const ElasticOptions& options,
                                        Simd simd) {
  const size_t size = size_t(options.width) * options.height;
  CXR_CHECK(noise_x.size() == size && noise_y.size() == size)
      << noise_x.size() << " and " << noise_y.size() << " values for "
      << options.width << " x " << options.height;
  return {options.width, options.height, Smooth(noise_x, options, simd),
          Smooth(noise_y, options, simd)};
}

GrayImage RemapLinear(const GrayImage& image, const DisplacementField& field) {
  CheckSizes(image, field);
  return MoveLinear(image, FieldPositions(field, 1 << kBilinearBits),
                    Border::kReflect);
}

GrayImage RemapNearest(const GrayImage& mask, const DisplacementField& field) {
  CheckSizes(mask, field);
  return MoveNearest(mask, FieldPositions(field, 1), Border::kReflect);
}

}  // namespace cxr
