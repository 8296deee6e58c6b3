// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/pickle_testing.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/model/weights/tensor_file.h"
#include "cxr/model/weights/zip_testing.h"

// Opening a file of weights: its header is read, its numbers are not.

namespace cxr {
namespace {

constexpr int32_t kWidth = 512;

std::string Name(int64_t index) {
  return absl::StrCat("backbone.blocks.", index, ".weight");
}

void Read(benchmark::State& state, absl::string_view bytes) {
  const TempDir dir;
  const std::string path = dir.File("weights");
  CXR_CHECK(WriteNewFile(path, bytes).ok());
  for (auto _ : state) {
    const auto file = ReadTensorFile(path);
    CXR_CHECK(file.ok()) << file.status();
    benchmark::DoNotOptimize(file->tensors().data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void BM_ReadSafetensors(benchmark::State& state) {
  const std::string numbers(size_t{4} * kWidth * kWidth, '\0');
  std::vector<StoredTensor> tensors;
  for (int64_t i = 0; i < state.range(0); ++i) {
    tensors.push_back(
        {.name = Name(i), .shape = {kWidth, kWidth}, .bytes = numbers});
  }
  Read(state, ToSafetensors(tensors, {}));
}
BENCHMARK(BM_ReadSafetensors)->Arg(1)->Arg(32)->Arg(320);

void BM_ReadTorchZip(benchmark::State& state) {
  const auto pair = [](int32_t a, int32_t b) {
    return absl::StrCat("(", PickledInteger(a), PickledInteger(b), "t");
  };
  std::vector<std::pair<std::string, std::string>> entries = {{}};
  std::string opcodes = "}(";
  for (int64_t i = 0; i < state.range(0); ++i) {
    const std::string key = absl::StrCat(i);
    entries.emplace_back(absl::StrCat("zip/data/", key),
                         std::string(size_t{4} * kWidth * kWidth, '\0'));
    const std::string storage =
        PickledStorage("FloatStorage", key, kWidth * kWidth);
    absl::StrAppend(
        &opcodes, PickledText(Name(i)),
        PickledTensor(storage, 0, pair(kWidth, kWidth), pair(kWidth, 1)));
  }
  entries.front() = {"zip/data.pkl", Pickled(opcodes + "u")};
  Read(state, MakeZip(entries));
}
BENCHMARK(BM_ReadTorchZip)->Arg(1)->Arg(32)->Arg(320);

}  // namespace
}  // namespace cxr
