// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// DICOM files decoded here and through workers; the difference is what the
// workers' safety costs.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/data/codec/dicom_pixels.h"
#include "cxr/data/codec/dicom_testing.h"
#include "cxr/data/codec/voi.h"

namespace cxr {
namespace {

constexpr char kWorker[] = "cxr/data/codec/dicom_worker";

enum Kind { kPlain, kJpeg, kJpeg2000 };

// The radiograph of 1841 x 1955 pixels as it came, in JPEG 2000; its values as
// an uncompressed file; or one of 1024 x 1024 in JPEG, as RSNA's are.
std::string MakeFile(int kind) {
  const absl::StatusOr<std::string> bytes =
      ReadFile(absl::StrCat("cxr/data/codec/testdata/dicom/",
                            kind == kJpeg ? "orig_cr_jpegbaseline_m2.dcm"
                                          : "orig_rg1_chest_j2k_m1_15bit.dcm"));
  CXR_CHECK(bytes.ok()) << bytes.status();
  if (kind != kPlain) {
    return *bytes;
  }
  const absl::StatusOr<DicomPixels> pixels = ReadDicomPixels(*bytes);
  CXR_CHECK(pixels.ok()) << pixels.status();
  const StoredImage& image = pixels->image;
  return DicomFileOf(
      GrayElements({.width = image.width, .height = image.height},
                   {image.words.begin(), image.words.end()}));
}

void BM_DecodeHere(benchmark::State& state) {
  const std::string bytes = MakeFile(static_cast<int>(state.range(0)));
  for (auto unused : state) {
    const absl::StatusOr<DicomPixels> pixels = ReadDicomPixels(bytes);
    CXR_CHECK(pixels.ok()) << pixels.status();
    benchmark::DoNotOptimize(ApplyVoi(pixels->image, pixels->tags));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_DecodeHere)->DenseRange(kPlain, kJpeg2000)->UseRealTime();

// As many threads as workers, which they share.
void BM_DecodeThroughWorkers(benchmark::State& state) {
  static const std::unique_ptr<DicomDecoder> decoder =
      *DicomDecoder::Create({.worker = kWorker, .processes = 2});
  const std::string bytes = MakeFile(static_cast<int>(state.range(0)));
  for (auto unused : state) {
    const absl::StatusOr<DecodedImage> decoded = decoder->Decode(bytes, "file");
    CXR_CHECK(decoded.ok()) << decoded.status();
    benchmark::DoNotOptimize(decoded->image.pixels.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_DecodeThroughWorkers)
    ->DenseRange(kPlain, kJpeg2000)
    ->ThreadRange(1, 2)
    ->UseRealTime();

void BM_ReadTags(benchmark::State& state) {
  static const std::unique_ptr<DicomDecoder> decoder =
      *DicomDecoder::Create({.worker = kWorker});
  const std::string bytes = MakeFile(kJpeg).substr(0, 4096);
  for (auto unused : state) {
    CXR_CHECK(decoder->ReadTags(bytes, "file").ok());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ReadTags)->UseRealTime();

}  // namespace
}  // namespace cxr
