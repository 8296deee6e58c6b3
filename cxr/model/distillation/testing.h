// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_DISTILLATION_TESTING_H_
#define CXR_MODEL_DISTILLATION_TESTING_H_

#include <map>
#include <string>
#include <vector>

#include "ATen/core/Tensor.h"
#include "ATen/ops/zeros.h"
#include "cxr/model/golden_testing.h"
#include "cxr/model/testing.h"

// What the tests of this package share.

namespace cxr {

// FillByFormula as a new tensor of `type`, offset 0.
inline at::Tensor Formula(const std::string& name, at::IntArrayRef shape,
                          at::ScalarType type = at::kFloat,
                          double scale = 0.5) {
  at::Tensor values = at::zeros(shape);
  FillByFormula(values, name, scale, 0);
  return values.to(type);
}

// testdata/distillation_golden.csv: (n) float64 by name.
inline std::map<std::string, at::Tensor> LoadGolden() {
  return LoadNamedNumbers(
      "cxr/model/distillation/testdata/distillation_golden.csv");
}

// The largest difference in units of the largest expected value.
inline double RelativeDifference(const at::Tensor& actual,
                                 const at::Tensor& expected) {
  const at::Tensor wide = expected.to(at::kDouble).flatten();
  return MaxAbsDifference(actual.detach().to(at::kDouble).flatten(), wide) /
         wide.abs().max().item<double>();
}

}  // namespace cxr

#endif  // CXR_MODEL_DISTILLATION_TESTING_H_
