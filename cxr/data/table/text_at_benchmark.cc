// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/rng.h"
#include "cxr/base/testing.h"
#include "cxr/data/table/gzip.h"
#include "cxr/data/table/table_testing.h"
#include "cxr/data/table/text_at.h"

namespace cxr {
namespace {

// A part of 10 kB anywhere in about 10 MB of text, plain (0) or gzip (1).
void BM_Read(benchmark::State& state) {
  constexpr int64_t kPart = 10000;
  const TempDir dir;
  const std::string text = MetadataTable(60000);
  CXR_CHECK(WriteNewFile(dir.File("t"), state.range(0) != 0 ? Gzip(text) : text)
                .ok());
  const absl::StatusOr<TextAt> file = TextAt::Open(dir.File("t"));
  CXR_CHECK(file.ok()) << file.status();
  const CounterRng rng(1, "offsets");
  uint64_t drawn = 0;
  for (auto unused : state) {
    benchmark::DoNotOptimize(
        file->Read(rng.Below(drawn++, text.size() - kPart), kPart));
  }
  state.SetItemsProcessed(state.iterations());  // parts
}
BENCHMARK(BM_Read)->ArgName("gzip")->Arg(0)->Arg(1)->Unit(
    benchmark::kMicrosecond);

void BM_OpenGzip(benchmark::State& state) {
  const TempDir dir;
  const std::string text = MetadataTable(60000);
  CXR_CHECK(WriteNewFile(dir.File("t"), Gzip(text)).ok());
  for (auto unused : state) {
    CXR_CHECK(TextAt::Open(dir.File("t")).ok());
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
}
BENCHMARK(BM_OpenGzip)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cxr
