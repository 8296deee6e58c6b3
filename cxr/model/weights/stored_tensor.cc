// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/stored_tensor.h"

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/check.h"

namespace cxr {

int64_t SizeOf(ScalarKind kind) {
  switch (kind) {
    case ScalarKind::kFloat64:
    case ScalarKind::kInt64:
      return 8;
    case ScalarKind::kFloat32:
    case ScalarKind::kInt32:
      return 4;
    case ScalarKind::kFloat16:
    case ScalarKind::kBfloat16:
    case ScalarKind::kInt16:
      return 2;
    case ScalarKind::kInt8:
    case ScalarKind::kUint8:
    case ScalarKind::kBool:
      return 1;
  }
  CXR_CHECK(false) << "a ScalarKind without a name";
  return 0;
}

absl::string_view ToString(ScalarKind kind) {
  switch (kind) {
    case ScalarKind::kFloat64:
      return "float64";
    case ScalarKind::kFloat32:
      return "float32";
    case ScalarKind::kFloat16:
      return "float16";
    case ScalarKind::kBfloat16:
      return "bfloat16";
    case ScalarKind::kInt64:
      return "int64";
    case ScalarKind::kInt32:
      return "int32";
    case ScalarKind::kInt16:
      return "int16";
    case ScalarKind::kInt8:
      return "int8";
    case ScalarKind::kUint8:
      return "uint8";
    case ScalarKind::kBool:
      return "bool";
  }
  CXR_CHECK(false) << "a ScalarKind without a name";
  return "";
}

std::string ToString(const StoredTensor& tensor) {
  return absl::StrCat(ToString(tensor.kind), " (",
                      absl::StrJoin(tensor.shape, ", "), ")");
}

absl::StatusOr<int64_t> CountOf(const std::vector<int64_t>& shape,
                                ScalarKind kind) {
  int64_t count = 1;
  int64_t bytes = SizeOf(kind);
  for (const int64_t size : shape) {
    if (size < 0) {
      return absl::DataLossError(
          absl::StrCat("found a size of ", size, ", expected 0 or more"));
    }
    if (__builtin_mul_overflow(bytes, size, &bytes)) {
      return absl::DataLossError(
          absl::StrCat("found more numbers than can be counted: (",
                       absl::StrJoin(shape, ", "), ")"));
    }
    count *= size;
  }
  return count;
}

std::string QuotedText(absl::string_view text) {
  constexpr size_t kLongest = 80;
  return absl::StrCat("\"", absl::CHexEscape(text.substr(0, kLongest)),
                      text.size() > kLongest ? "...\"" : "\"");
}

}  // namespace cxr
