// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/torch_tensors.h"

#include <cstring>
#include <string>

#include "ATen/ops/empty.h"
#include "c10/util/Exception.h"

namespace cxr {
namespace {

struct Pair {
  ScalarKind kind;
  at::ScalarType type;
};

constexpr Pair kPairs[] = {
    {ScalarKind::kFloat64, at::kDouble}, {ScalarKind::kFloat32, at::kFloat},
    {ScalarKind::kFloat16, at::kHalf},   {ScalarKind::kBfloat16, at::kBFloat16},
    {ScalarKind::kInt64, at::kLong},     {ScalarKind::kInt32, at::kInt},
    {ScalarKind::kInt16, at::kShort},    {ScalarKind::kInt8, at::kChar},
    {ScalarKind::kUint8, at::kByte},     {ScalarKind::kBool, at::kBool},
};

at::ScalarType TypeOf(ScalarKind kind) {
  for (const Pair& pair : kPairs) {
    if (pair.kind == kind) return pair.type;
  }
  TORCH_CHECK(false, "ScalarKind: unknown value");
}

ScalarKind KindOf(absl::string_view name, at::ScalarType type) {
  for (const Pair& pair : kPairs) {
    if (pair.type == type) return pair.kind;
  }
  TORCH_CHECK(false, std::string(name), ": files do not hold ", type);
}

}  // namespace

at::Tensor ToTorch(const StoredTensor& stored) {
  const at::Tensor tensor = at::empty(stored.shape, TypeOf(stored.kind));
  TORCH_CHECK(tensor.nbytes() == stored.bytes.size(), stored.name, ": ",
              ToString(stored), " in ", stored.bytes.size(), " bytes");
  // Null pointers of empty tensors are not memcpy's.
  if (!stored.bytes.empty()) {
    std::memcpy(tensor.mutable_data_ptr(), stored.bytes.data(),
                stored.bytes.size());
  }
  return tensor;
}

StoredTensor ToStored(absl::string_view name, const at::Tensor& tensor) {
  TORCH_CHECK(tensor.is_cpu() && tensor.is_contiguous(), std::string(name),
              ": expected a contiguous tensor on the CPU");
  return {.name = std::string(name),
          .kind = KindOf(name, tensor.scalar_type()),
          .shape = tensor.sizes().vec(),
          .bytes = {static_cast<const char*>(tensor.const_data_ptr()),
                    tensor.nbytes()}};
}

}  // namespace cxr
