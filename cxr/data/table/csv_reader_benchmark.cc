// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// testdata/peer_csv.py runs this and polars over the same files.

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/data/table/gzip.h"
#include "cxr/data/table/table_testing.h"

namespace cxr {
namespace {

// A cell's text is `size` bytes from `begin` on of the table's text.
struct Cell {
  uint32_t begin;
  uint32_t size;
};

// All the cells by column, and the text that they are in: the reader's own if
// it keeps it, a copy otherwise.
class Columns {
 public:
  explicit Columns(const std::string& path)
      : reader_(*CsvReader::Open(path)), columns_(reader_.header().size()) {
    while (true) {
      const absl::StatusOr<bool> more = reader_.Next();
      CXR_CHECK(more.ok()) << more.status();
      if (!*more) {
        return;
      }
      AddRow();
    }
  }

  int64_t rows() const { return rows_; }

 private:
  // Columns grow by so many rows, so that no cell is copied to make room.
  static constexpr int64_t kRows = 1 << 14;

  void AddRow() {
    const absl::Span<const absl::string_view> cells = reader_.cells();
    const char* const text = cells.front().data();
    const int64_t row = rows_++ % kRows;
    if (rows_ == 1) {
      first_ = text;
    }
    const size_t begin =
        reader_.keeps_text()
            ? text - first_
            : Copy({text, static_cast<size_t>(cells.back().end() - text)});
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (row == 0) {
        columns_[i].push_back(std::make_unique_for_overwrite<Cell[]>(kRows));
      }
      columns_[i].back()[row] = {
          .begin = static_cast<uint32_t>(begin + (cells[i].data() - text)),
          .size = static_cast<uint32_t>(cells[i].size())};
    }
  }

  // Offset of the copy if blocks lay side by side.
  size_t Copy(absl::string_view text) {
    CXR_CHECK(text.size() <= kBlockBytes);
    if (blocks_.empty() || text.size() > kBlockBytes - used_) {
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlockBytes));
      used_ = 0;
    }
    std::memcpy(blocks_.back().get() + used_, text.data(), text.size());
    const size_t begin = (blocks_.size() - 1) * kBlockBytes + used_;
    used_ += text.size();
    return begin;
  }

  static constexpr size_t kBlockBytes = size_t{1} << 20;

  CsvReader reader_;
  std::vector<std::vector<std::unique_ptr<Cell[]>>> columns_;
  int64_t rows_ = 0;
  const char* first_ = nullptr;                  // if the reader keeps its text
  std::vector<std::unique_ptr<char[]>> blocks_;  // if not
  size_t used_ = 0;                              // of the last
};

int64_t CountRows(const std::string& path) {
  absl::StatusOr<CsvReader> table = CsvReader::Open(path);
  CXR_CHECK(table.ok()) << table.status();
  int64_t rows = 0;
  while (true) {
    const absl::StatusOr<bool> more = table->Next();
    CXR_CHECK(more.ok()) << more.status();
    if (!*more) {
      return rows;
    }
    ++rows;
  }
}

// Where a peer finds the tables too, if it says where.
std::string PathFor(const TempDir& dir, absl::string_view name) {
  const char* const folder = std::getenv("CXR_TABLES");
  return folder == nullptr ? dir.File(name) : JoinPath(folder, name);
}

// A table as MIMIC-CXR's metadata of so many rows, to columns in memory.
void BM_MetadataToColumns(benchmark::State& state) {
  const TempDir dir;
  const std::string text = MetadataTable(static_cast<int>(state.range(0)));
  const bool packed = state.range(1) != 0;
  const std::string path =
      PathFor(dir, packed ? "metadata.csv.gz" : "metadata.csv");
  CXR_CHECK(ReplaceFile(path, packed ? Gzip(text) : text).ok());
  for (auto unused : state) {
    const Columns columns(path);
    CXR_CHECK(columns.rows() == state.range(0));
    benchmark::DoNotOptimize(&columns);
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
  state.SetItemsProcessed(state.iterations() * state.range(0));  // rows
}
BENCHMARK(BM_MetadataToColumns)
    ->ArgNames({"rows", "gzip"})
    ->Args({5000, 1})
    ->Args({377110, 0})
    ->Args({377110, 1})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// The same without keeping the cells.
void BM_MetadataRows(benchmark::State& state) {
  const TempDir dir;
  const std::string text = MetadataTable(static_cast<int>(state.range(0)));
  const std::string path = dir.File("metadata.csv");
  CXR_CHECK(ReplaceFile(path, text).ok());
  for (auto unused : state) {
    CXR_CHECK(CountRows(path) == state.range(0));
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
}
BENCHMARK(BM_MetadataRows)
    ->Arg(5000)
    ->Arg(377110)
    ->Unit(benchmark::kMillisecond);

// A table as CheXmask's of so many megabytes, passed through once.
void BM_MaskRows(benchmark::State& state) {
  const TempDir dir;
  const std::string path = PathFor(dir, "masks.csv");
  const int64_t bytes = state.range(0) * 1000000;
  const int64_t rows = WriteMaskTable(path, bytes);
  ForgetPeakMemory();
  for (auto unused : state) {
    CXR_CHECK(CountRows(path) == rows);
  }
  state.SetBytesProcessed(state.iterations() * bytes);
  state.counters["peak_MB"] = static_cast<double>(PeakMemory()) * 1e-6;
  CXR_CHECK(RemoveAll(path).ok());
}
BENCHMARK(BM_MaskRows)
    ->ArgName("MB")
    ->Arg(16)
    ->Arg(2500)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cxr
