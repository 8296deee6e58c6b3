// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/npy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// numpy 1.26.4: io = BytesIO(); np.save(io, np.array([[1, -2, 0.5]], '<f4'))
std::string NumpysOwnBytes() {
  std::string bytes("\x93NUMPY\x01\x00v\x00", 10);
  bytes += "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }";
  bytes += std::string(127 - bytes.size(), ' ') + "\n";
  bytes += std::string("\x00\x00\x80\x3f\x00\x00\x00\xc0\x00\x00\x00\x3f", 12);
  return bytes;
}

TEST(NpyTest, WritesNumpysBytes) {
  EXPECT_EQ(ToNpy({.rows = 1, .columns = 3, .values = {1, -2, 0.5}}),
            NumpysOwnBytes());
}

TEST(NpyTest, ReadsBackWhatItWrites) {
  ASSERT_OK_AND_ASSIGN(const FloatMatrix matrix,
                       FloatMatrixFromNpy(NumpysOwnBytes(), "x.npy"));
  EXPECT_EQ(matrix.rows, 1);
  EXPECT_EQ(matrix.columns, 3);
  EXPECT_THAT(matrix.values, ElementsAre(1, -2, 0.5));
  ASSERT_OK_AND_ASSIGN(const FloatMatrix empty,
                       FloatMatrixFromNpy(ToNpy(FloatMatrix()), "x.npy"));
  EXPECT_EQ(empty.rows, 0);
}

TEST(NpyTest, EveryTruncationIsDataLoss) {
  const std::string bytes = NumpysOwnBytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(FloatMatrixFromNpy(bytes.substr(0, size), "x.npy"),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("x.npy: ")))
        << size;
  }
}

TEST(NpyTest, OtherArraysAreRefused) {
  std::string doubles = NumpysOwnBytes();
  doubles.replace(doubles.find("<f4"), 3, "<f8");
  EXPECT_THAT(FloatMatrixFromNpy(doubles, "x.npy"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("float32")));
  std::string flat = NumpysOwnBytes();
  flat.replace(flat.find("(1, 3)"), 6, "(3,)  ");
  EXPECT_THAT(FloatMatrixFromNpy(flat, "x.npy"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("dimensions")));
}

}  // namespace
}  // namespace cxr
