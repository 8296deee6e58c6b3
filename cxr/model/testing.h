// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_TESTING_H_
#define CXR_MODEL_TESTING_H_

#include <cstdint>

#include "ATen/core/Tensor.h"
#include "absl/strings/string_view.h"
#include "torch/nn/module.h"

// Weights and images by a formula that C++ and Python share, so that golden
// files hold expected outputs only. testdata/formula.py is the same in Python.

namespace cxr {

// Element `index` (row-major) of the tensor called `name`:
//
//   h = FNV-1a 32 of the name, plus 0x9E3779B9 * index
//   h ^= h >> 16; h *= 0x85EBCA6B; h ^= h >> 13; h *= 0xC2B2AE35; h ^= h >> 16
//   v = (h >> 8) / 2^23 - 1
//
// all modulo 2^32: MurmurHash3's finaliser. v lies in [-1, 1) and is exact in
// float32.
float FormulaValue(absl::string_view name, uint32_t index);

// offset + scale * FormulaValue for each element of contiguous float32
// `tensor`, computed in double and rounded once.
void FillByFormula(at::Tensor tensor, absl::string_view name, double scale,
                   double offset);

// Every parameter by its name with `scale`; offset 1 for the factors (norm
// weights and LayerScale's gamma), 0 for the rest. Linear maps keep the size of
// what they map with a scale of about sqrt(3 / width).
void FillModuleByFormula(torch::nn::Module& module, double scale = 0.25);

// The largest absolute difference; infinite if the shapes differ.
double MaxAbsDifference(const at::Tensor& a, const at::Tensor& b);

}  // namespace cxr

#endif  // CXR_MODEL_TESTING_H_
