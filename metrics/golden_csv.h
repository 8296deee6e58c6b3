// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef METRICS_GOLDEN_CSV_H_
#define METRICS_GOLDEN_CSV_H_

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "metrics/require.h"

namespace cxr::metrics {

// The fields of each line of a golden file. Lines with # are comments. The path
// is relative to the root of the repository, where tests run.
inline std::vector<std::vector<std::string>> ReadGoldenCsv(
    const std::string& path) {
  std::ifstream file(path);
  Require(file.is_open(), path.c_str());
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    rows.push_back(absl::StrSplit(line, ','));
  }
  return rows;
}

// A number as Python's repr prints it, "nan" included.
inline double GoldenNumber(absl::string_view text) {
  double number = 0.0;
  Require(absl::SimpleAtod(text, &number), "golden file: not a number");
  return number;
}

// Numbers separated by spaces.
template <typename Number>
std::vector<Number> GoldenNumbers(absl::string_view text) {
  std::vector<Number> numbers;
  for (absl::string_view field : absl::StrSplit(text, ' ')) {
    numbers.push_back(static_cast<Number>(GoldenNumber(field)));
  }
  return numbers;
}

}  // namespace cxr::metrics

#endif  // METRICS_GOLDEN_CSV_H_
