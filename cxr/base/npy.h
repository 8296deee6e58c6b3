// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_NPY_H_
#define CXR_BASE_NPY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Matrices as .npy files (NumPy's format, version 1.0), which most tools that
// know arrays can open.

namespace cxr {

// Float32 numbers, row-major; rows * columns of them.
struct FloatMatrix {
  int64_t rows = 0;
  int64_t columns = 0;
  std::vector<float> values = {};
};

std::string ToNpy(const FloatMatrix& matrix);

// DataLoss naming `name` if `bytes` is not a two-dimensional float32 array in C
// order, or not as long as its header says.
absl::StatusOr<FloatMatrix> FloatMatrixFromNpy(absl::string_view bytes,
                                               absl::string_view name);

}  // namespace cxr

#endif  // CXR_BASE_NPY_H_
