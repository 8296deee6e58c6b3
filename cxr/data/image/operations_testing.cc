// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/operations_testing.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/check.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/png.h"

namespace cxr {
namespace {

std::vector<double> ParseArguments(const std::string& cell) {
  std::vector<double> arguments;
  for (const absl::string_view text :
       absl::StrSplit(cell, ' ', absl::SkipEmpty())) {
    arguments.push_back(0.0);
    CXR_CHECK(absl::SimpleAtod(text, &arguments.back())) << cell;
  }
  return arguments;
}

}  // namespace

GrayImage ReadTestImage(absl::string_view name) {
  const std::string path =
      TestData(absl::StrCat("cxr/data/image/testdata/", name));
  const absl::StatusOr<std::string> bytes = ReadFile(path);
  CXR_CHECK(bytes.ok()) << bytes.status();
  absl::StatusOr<GrayImage> image = DecodePngGray(*bytes, path);
  CXR_CHECK(image.ok()) << image.status();
  return *std::move(image);
}

std::vector<RecordedOperation> ReadRecordedOperations(
    absl::string_view operation) {
  const absl::StatusOr<CsvTable> table =
      CsvTable::Load(TestData("cxr/data/image/testdata/operations/cases.csv"));
  CXR_CHECK(table.ok()) << table.status();
  std::vector<RecordedOperation> cases;
  for (const CsvTable::Row& row : table->rows()) {
    if (row.cells[0] == operation) {
      cases.push_back(
          {.name = absl::StrCat(row.cells[2], " ", row.cells[3]),
           .input = ReadTestImage(absl::StrCat("operations/", row.cells[1])),
           .output = ReadTestImage(absl::StrCat("operations/", row.cells[2])),
           .arguments = ParseArguments(row.cells[3])});
    }
  }
  CXR_CHECK(!cases.empty()) << operation;
  return cases;
}

GrayImage MakeNoise(int width, int height, uint32_t seed) {
  GrayImage image{width, height, {}};
  uint32_t state = seed;
  for (size_t i = 0; i < size_t(width) * height; ++i) {
    state = state * 1664525u + 1013904223u;
    image.pixels.push_back(static_cast<uint8_t>(state >> 24));
  }
  return image;
}

}  // namespace cxr
