// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// How much memory CsvReader takes, in a program of its own: nothing else moves
// the mark.

#include <gtest/gtest.h>

#include <string>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/data/table/table_testing.h"

namespace cxr {
namespace {

constexpr int64_t kMegabyte = 1000000;

TEST(CsvMemoryTest, StaysSmallOverALargeTable) {
  const TempDir dir;
  const std::string path = dir.File("masks.csv");
  const int64_t expected = WriteMaskTable(path, 64 * kMegabyte);
  ForgetPeakMemory();
  const int64_t before = PeakMemory();
  ASSERT_OK_AND_ASSIGN(CsvReader table, CsvReader::Open(path));
  ASSERT_OK_AND_ASSIGN(const int landmarks, table.Column("Landmarks"));
  int64_t rows = 0;
  while (true) {
    ASSERT_OK_AND_ASSIGN(const bool more, table.Next());
    if (!more) {
      break;
    }
    ++rows;
    ASSERT_EQ(table.cells()[landmarks].size(), 120u * 12 + 119 * 2 + 2);
  }
  EXPECT_EQ(rows, expected);
  EXPECT_GT(rows, 5000);
  EXPECT_LT(PeakMemory() - before, 4 * kMegabyte);
}

}  // namespace
}  // namespace cxr
