// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_STORED_TENSOR_H_
#define CXR_MODEL_WEIGHTS_STORED_TENSOR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// One named tensor as a file holds it.

namespace cxr {

enum class ScalarKind {
  kFloat64,
  kFloat32,
  kFloat16,
  kBfloat16,
  kInt64,
  kInt32,
  kInt16,
  kInt8,
  kUint8,
  kBool,
};

// Bytes of one number.
int64_t SizeOf(ScalarKind kind);

// "float32", as messages say it.
absl::string_view ToString(ScalarKind kind);

struct StoredTensor {
  // Dictionaries inside dictionaries are joined by dots:
  // "teacher.backbone.cls_token". Empty if the file is one bare tensor.
  std::string name = {};
  ScalarKind kind = ScalarKind::kFloat32;
  std::vector<int64_t> shape = {};  // empty for one number
  // Row-major and contiguous, little-endian, at any address: a file need not
  // align its numbers. Lives as long as the file.
  absl::string_view bytes = {};
};

// "float32 (384, 3, 14, 14)".
std::string ToString(const StoredTensor& tensor);

// The product of `shape`; DataLoss if one is negative or if there are more
// bytes of `kind` than 64 bits count.
absl::StatusOr<int64_t> CountOf(const std::vector<int64_t>& shape,
                                ScalarKind kind);

// `text` of a file, quoted, without odd characters and not too long, as
// messages show it.
std::string QuotedText(absl::string_view text);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_STORED_TENSOR_H_
