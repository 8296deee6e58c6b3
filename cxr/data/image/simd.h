// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_SIMD_H_
#define CXR_DATA_IMAGE_SIMD_H_

// Which instructions a kernel may use. Programs are built for any x86-64
// processor, so that this is a question of run time. All answers give the same
// pixels.

namespace cxr {

enum class Simd {
  kScalar,
  kAvx2,  // and FMA, which came with it
};

inline Simd BestSimd() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
             ? Simd::kAvx2
             : Simd::kScalar;
}

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_SIMD_H_
