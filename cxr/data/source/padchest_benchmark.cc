// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/padchest.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

// Writes a table of so many images, of 36 columns and 194 different labels,
// about as large as the real one for 160,861.
void WriteSource(int64_t images, absl::string_view name,
                 absl::string_view folder) {
  std::string table =
      ",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,PatientBirth,"
      "PatientSex_DICOM,ViewPosition_DICOM,Projection,MethodProjection,"
      "Pediatric,Modality_DICOM,Manufacturer_DICOM,"
      "PhotometricInterpretation_DICOM,PixelRepresentation_DICOM,"
      "PixelAspectRatio_DICOM,SpatialResolution_DICOM,BitsStored_DICOM,"
      "WindowCenter_DICOM,WindowWidth_DICOM,Rows_DICOM,Columns_DICOM,"
      "XRayTubeCurrent_DICOM,Exposure_DICOM,ExposureInuAs_DICOM,ExposureTime,"
      "RelativeXRayExposure_DICOM,ReportID,Report,MethodLabel,Labels,"
      "Localizations,LabelsLocalizationsBySentence,labelCUIS,"
      "LocalizationsCUIS\n";
  for (int64_t i = 0; i < images; ++i) {
    absl::StrAppendFormat(
        &table,
        "%d,%039d_%06d.png,%d,%d,%039d,%039d,%d.0,%s,POSTEROANTERIOR,%s,"
        "Manual review of DICOM fields,No,CR,ImagingDynamicsCompanyLtd,"
        "MONOCHROME2,0,,0.143,12,2048.0,4096.0,2540,2540,320,6,6400,20,"
        "-1.42,%d,cardiomegali . sin imagen condens ni derram . aument densid "
        "bas derech . cambi pulmon cronic sever . sin hallazg patolog .,"
        "RNN_model,\"['finding number %d', ' finding number %d  ', 'normal']\","
        "\"['loc right', 'loc basal', 'loc cardiac']\",\"[['finding number %d',"
        " 'loc right', 'loc basal'], ['normal', 'loc cardiac']]\",\"['C0018800'"
        " 'C0034067']\",\"['C0444532' 'C1282378']\"\n",
        i, i, i % 1000, i % 54, 20070101 + i % 10 * 10000, i / 2, i / 3,
        1920 + i % 80, i % 2 == 0 ? "M" : "F", i % 3 == 0 ? "L" : "PA", i,
        i % 193, i % 7, i % 193);
  }
  WriteTree(folder, {{std::string(name), table}});
}

void ReadAll(benchmark::State& state, absl::string_view name) {
  const TempDir folder;
  WriteSource(state.range(0), name, folder.path());
  for (auto unused : state) {
    const auto index = ReadPadchest(folder.path());
    CXR_CHECK(index.ok()) << index.status().ToString();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));  // images
}

void BM_ReadPadchest(benchmark::State& state) {
  ReadAll(state, "PADCHEST_.csv");
}
BENCHMARK(BM_ReadPadchest)
    ->Arg(1000)
    ->Arg(160861)
    ->Unit(benchmark::kMillisecond);

void BM_ReadPadchestGzip(benchmark::State& state) {
  ReadAll(state, "PADCHEST_.csv.gz");
}
BENCHMARK(BM_ReadPadchestGzip)
    ->Arg(1000)
    ->Arg(160861)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cxr
