// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/position_embedding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ATen/ops/ones.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "c10/util/Exception.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"

namespace cxr {
namespace {

constexpr int kWidth = 3;

at::Tensor Values(const std::string& cell) {
  std::vector<float> values;
  for (const absl::string_view word : absl::StrSplit(cell, ' ')) {
    EXPECT_TRUE(absl::SimpleAtof(word, &values.emplace_back())) << word;
  }
  return at::tensor(values).view({1, -1, kWidth});
}

// testdata/make_position_embedding_golden.py; columns: variant, grid, rows,
// columns, values.
TEST(PositionEmbeddingTest, EqualsTorchsInterpolateInPython) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(
          TestData("cxr/model/testdata/position_embedding_golden.csv")));
  ASSERT_EQ(table.rows().size(), 10u);
  for (const CsvTable::Row& row : table.rows()) {
    const int grid = std::stoi(row.cells[1]);
    at::Tensor embedding = at::zeros({1, 1 + grid * grid, kWidth});
    FillByFormula(embedding, absl::StrCat("grid", grid), 1, 0);
    const auto variant = row.cells[0] == "kAntialiased"
                             ? PositionInterpolation::kAntialiased
                             : PositionInterpolation::kOffsetAsReleased;
    const at::Tensor resized = ResizePositionEmbedding(
        embedding, std::stoi(row.cells[2]), std::stoi(row.cells[3]), variant);
    EXPECT_LE(MaxAbsDifference(resized, Values(row.cells[4])), 1e-6)
        << row.cells[0] << " line " << row.line;
  }
}

TEST(PositionEmbeddingTest, SameGridIsReturnedUnchanged) {
  at::Tensor embedding = at::zeros({1, 1 + 16, kWidth});
  FillByFormula(embedding, "same", 1, 0);
  for (const auto variant : {PositionInterpolation::kAntialiased,
                             PositionInterpolation::kOffsetAsReleased}) {
    const at::Tensor same = ResizePositionEmbedding(embedding, 4, 4, variant);
    EXPECT_EQ(same.data_ptr(), embedding.data_ptr());
  }
}

TEST(PositionEmbeddingTest, ConstantGridStaysConstantAndClassTokenIsKept) {
  at::Tensor embedding = at::ones({1, 1 + 25, kWidth});
  embedding.select(1, 0).fill_(-2);
  for (const auto variant : {PositionInterpolation::kAntialiased,
                             PositionInterpolation::kOffsetAsReleased}) {
    const at::Tensor resized =
        ResizePositionEmbedding(embedding, 3, 8, variant);
    at::Tensor expected = at::ones({1, 1 + 24, kWidth});
    expected.select(1, 0).fill_(-2);
    EXPECT_LE(MaxAbsDifference(resized, expected), 1e-6);
  }
}

// The offset's purpose: no size may lose a row to rounding.
TEST(PositionEmbeddingTest, ReleasedOffsetReachesEverySize) {
  const at::Tensor embedding = at::zeros({1, 1 + 37 * 37, kWidth});
  for (int64_t n = 1; n <= 80; ++n) {
    EXPECT_EQ(ResizePositionEmbedding(embedding, n, 81 - n,
                                      PositionInterpolation::kOffsetAsReleased)
                  .size(1),
              1 + n * (81 - n));
  }
}

TEST(PositionEmbeddingTest, RefusesShapesItCannotRead) {
  const auto resize = [](const at::Tensor& embedding, int64_t rows) {
    return ResizePositionEmbedding(embedding, rows, 2,
                                   PositionInterpolation::kAntialiased);
  };
  EXPECT_THROW(resize(at::zeros({1, 1 + 15, 3}), 2), c10::Error);
  EXPECT_THROW(resize(at::zeros({1 + 16, 3}), 2), c10::Error);
  EXPECT_THROW(resize(at::zeros({2, 1 + 16, 3}), 2), c10::Error);
  EXPECT_THROW(resize(at::zeros({1, 1 + 16, 3}), 0), c10::Error);
}

}  // namespace
}  // namespace cxr
