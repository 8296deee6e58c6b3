// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_GOLDEN_TESTING_H_
#define CXR_MODEL_GOLDEN_TESTING_H_

#include <map>
#include <string>
#include <vector>

#include "ATen/core/Tensor.h"
#include "ATen/ops/tensor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "gtest/gtest.h"

namespace cxr {

// A golden file of two columns: names, and numbers separated by spaces. Each
// name's numbers are (n) float64.
inline std::map<std::string, at::Tensor> LoadNamedNumbers(
    absl::string_view path) {
  const absl::StatusOr<CsvTable> table = CsvTable::Load(TestData(path));
  EXPECT_OK(table);
  std::map<std::string, at::Tensor> golden;
  for (const CsvTable::Row& row : table->rows()) {
    std::vector<double> values;
    for (const absl::string_view word : absl::StrSplit(row.cells[1], ' ')) {
      EXPECT_TRUE(absl::SimpleAtod(word, &values.emplace_back())) << word;
    }
    golden[row.cells[0]] = at::tensor(values, at::kDouble);
  }
  return golden;
}

}  // namespace cxr

#endif  // CXR_MODEL_GOLDEN_TESTING_H_
