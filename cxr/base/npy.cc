// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/npy.h"

#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

constexpr absl::string_view kMagic("\x93NUMPY\x01\x00", 8);
// Magic, version and two bytes for the length of the header's text.
constexpr size_t kPrefixBytes = 10;
// Data begin at a multiple of this.
constexpr size_t kAlignment = 64;
constexpr absl::string_view kShape = "'shape': (";

absl::Status Broken(absl::string_view name, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(name, ": ", what));
}

absl::StatusOr<FloatMatrix> ShapeOf(absl::string_view header,
                                    absl::string_view name) {
  if (!absl::StrContains(header, "'descr': '<f4'") ||
      !absl::StrContains(header, "'fortran_order': False")) {
    return Broken(name, "not a float32 array in C order");
  }
  const size_t begin = header.find(kShape);
  const size_t end = header.find(')', begin);
  if (begin == absl::string_view::npos || end == absl::string_view::npos) {
    return Broken(name, "its header has no shape");
  }
  const size_t at = begin + kShape.size();
  const std::vector<absl::string_view> sizes =
      absl::StrSplit(header.substr(at, end - at), ',');
  FloatMatrix matrix;
  if (sizes.size() != 2 || !absl::SimpleAtoi(sizes[0], &matrix.rows) ||
      !absl::SimpleAtoi(sizes[1], &matrix.columns) || matrix.rows < 0 ||
      matrix.columns < 0) {
    return Broken(name, "not an array of two dimensions");
  }
  return matrix;
}

}  // namespace

std::string ToNpy(const FloatMatrix& matrix) {
  CXR_CHECK(std::ssize(matrix.values) == matrix.rows * matrix.columns)
      << matrix.rows << " x " << matrix.columns;
  std::string header =
      absl::StrCat("{'descr': '<f4', 'fortran_order': False, ", kShape,
                   matrix.rows, ", ", matrix.columns, "), }");
  const size_t unpadded = kPrefixBytes + header.size() + 1;
  header.append((kAlignment - unpadded % kAlignment) % kAlignment, ' ');
  header.push_back('\n');
  std::string bytes(kMagic);
  bytes.push_back(static_cast<char>(header.size() % 256));
  bytes.push_back(static_cast<char>(header.size() / 256));
  absl::StrAppend(&bytes, header);
  const size_t offset = bytes.size();
  bytes.resize(offset + matrix.values.size() * sizeof(float));
  if (!matrix.values.empty()) {
    std::memcpy(bytes.data() + offset, matrix.values.data(),
                matrix.values.size() * sizeof(float));
  }
  return bytes;
}

absl::StatusOr<FloatMatrix> FloatMatrixFromNpy(absl::string_view bytes,
                                               absl::string_view name) {
  if (bytes.size() < kPrefixBytes || !absl::StartsWith(bytes, kMagic)) {
    return Broken(name, "not a .npy file of version 1.0");
  }
  const size_t header_size = static_cast<unsigned char>(bytes[8]) +
                             256u * static_cast<unsigned char>(bytes[9]);
  absl::StatusOr<FloatMatrix> matrix =
      ShapeOf(bytes.substr(kPrefixBytes, header_size), name);
  if (!matrix.ok()) {
    return matrix;
  }
  const size_t offset = kPrefixBytes + header_size;
  const size_t found = bytes.size() < offset ? 0 : bytes.size() - offset;
  // In floating point, so that absurd shapes cannot overflow.
  if (static_cast<double>(found) != 4.0 * static_cast<double>(matrix->rows) *
                                        static_cast<double>(matrix->columns)) {
    return Broken(
        name, absl::StrCat("found ", found, " bytes of data for ", matrix->rows,
                           " x ", matrix->columns, " float32 numbers"));
  }
  matrix->values.resize(found / sizeof(float));
  if (found > 0) {
    std::memcpy(matrix->values.data(), bytes.data() + offset, found);
  }
  return matrix;
}

}  // namespace cxr
