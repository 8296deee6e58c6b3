// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/make_dataset.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/nih64.h"

namespace cxr {
namespace {

// The data sets' own names, as their makers write them.
absl::Status NoReader(absl::string_view name) {
  return absl::UnimplementedError(absl::StrCat(
      "data: ", name,
      " is licensed and not included, and this version has no reader for it"));
}

absl::Status NoReaderFor(spec::Source source) {
  switch (source) {
    case spec::CHEXPERT:
      return NoReader("CheXpert");
    case spec::MIMIC_CXR:
      return NoReader("MIMIC-CXR");
    case spec::PADCHEST:
      return NoReader("PadChest");
    case spec::NIH_CXR8:
      return absl::UnimplementedError(
          "data: NIH-CXR8 is not included (1,000 of its images are: NIH64), "
          "and this version has no reader for all of it");
    case spec::BRAX:
      return NoReader("BRAX");
    case spec::RSNA:
      return NoReader("RSNA");
    case spec::VINDR:
      return NoReader("VinDr-CXR");
    case spec::CHEXMASK:
      return NoReader("CheXmask");
    case spec::IU_XRAY:
      return NoReader("IU-Xray");
    default:
      break;
  }
  CXR_CHECK(false) << "unresolved spec: source " << source;
  return absl::OkStatus();
}

std::string Nih64Folder(const DataRoots& roots) {
  return JoinPath(roots.samples, "nih64");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Dataset>> MakeDataset(const spec::DataSpec& spec,
                                                     const DataRoots& roots) {
  if (spec.source() == spec::NIH64) {
    return LoadNih64(Nih64Folder(roots));
  }
  return NoReaderFor(spec.source());
}

absl::StatusOr<std::string> FingerprintFiles(const spec::DataSpec& spec,
                                             const DataRoots& roots) {
  if (spec.source() != spec::NIH64) {
    return NoReaderFor(spec.source());
  }
  std::string facts;
  for (const std::string& file : Nih64Files()) {
    CXR_ASSIGN_OR_RETURN(const std::string bytes,
                         ReadFile(JoinPath(Nih64Folder(roots), file)));
    absl::StrAppend(&facts, file, " ", Sha256Hex(bytes), "\n");
  }
  return Sha256Hex(facts);
}

}  // namespace cxr
