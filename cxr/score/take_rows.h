// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_TAKE_ROWS_H_
#define CXR_SCORE_TAKE_ROWS_H_

#include <cstdint>
#include <vector>

// Rows of tables that are kept column by column.

namespace cxr {

using Rows = std::vector<int64_t>;

// result[i] is column[rows[i]].
template <typename T>
std::vector<T> Take(const std::vector<T>& column, const Rows& rows) {
  std::vector<T> taken;
  for (const int64_t row : rows) taken.push_back(column[row]);
  return taken;
}

template <typename T>
std::vector<std::vector<T>> TakeAll(const std::vector<std::vector<T>>& columns,
                                    const Rows& rows) {
  std::vector<std::vector<T>> taken;
  for (const std::vector<T>& column : columns) {
    taken.push_back(Take(column, rows));
  }
  return taken;
}

}  // namespace cxr

#endif  // CXR_SCORE_TAKE_ROWS_H_
