// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/nih_cxr8.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

// Writes a source of so many images, four a patient, every fourth patient on
// the list of test images, as large as the real one for 112,120.
void WriteSource(int64_t images, absl::string_view folder) {
  constexpr const char* kFindings[] = {"No Finding", "Infiltration",
                                       "No Finding", "Cardiomegaly|Effusion"};
  std::string table =
      "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,"
      "Patient Gender,View Position,OriginalImage[Width,Height],"
      "OriginalImagePixelSpacing[x,y]\n";
  std::string training;
  std::string test;
  for (int64_t i = 0; i < images; ++i) {
    const int64_t patient = i / 4;
    const std::string name = absl::StrFormat("%08d_%03d.png", patient, i % 4);
    absl::StrAppend(&table, name, ",", kFindings[i % 3], ",", i % 4, ",",
                    patient, ",", 20 + patient % 60, ",",
                    patient % 2 == 0 ? "M" : "F", ",", i % 5 < 3 ? "PA" : "AP",
                    ",2682,2749,0.143,0.143\n");
    absl::StrAppend(patient % 4 == 0 ? &test : &training, name, "\n");
  }
  WriteTree(folder, {{"Data_Entry_2017_v2020.csv", table},
                     {"train_val_list.txt", training},
                     {"test_list.txt", test}});
}

void BM_ReadNihCxr8(benchmark::State& state) {
  const TempDir folder;
  WriteSource(state.range(0), folder.path());
  for (auto unused : state) {
    const auto index = ReadNihCxr8(folder.path());
    CXR_CHECK(index.ok()) << index.status().ToString();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));  // images
}
BENCHMARK(BM_ReadNihCxr8)
    ->Arg(1000)
    ->Arg(112120)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cxr
