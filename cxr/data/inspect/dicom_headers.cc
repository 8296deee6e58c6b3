// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/dicom_headers.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

absl::StatusOr<std::string> HeaderLine(const std::string& path,
                                       const DicomDecoder& decoder) {
  CXR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  CXR_ASSIGN_OR_RETURN(const DicomTags tags, decoder.ReadTags(bytes, path));
  return absl::StrCat(
      CsvCell(tags.patient_id), ",", CsvCell(tags.view_position), ",",
      CsvCell(tags.patient_sex), ",", CsvCell(tags.patient_age), "\n");
}

}  // namespace

absl::StatusOr<DicomHeaders> ReadDicomHeaders(absl::string_view folder,
                                              const DicomDecoder& decoder,
                                              int threads) {
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  std::vector<std::string> paths;
  for (const std::string& file : files) {
    if (absl::EndsWith(file, ".dcm") || absl::EndsWith(file, ".dicom")) {
      paths.push_back(JoinPath(folder, file));
    }
  }
  if (paths.empty()) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": no file *.dcm or *.dicom"));
  }
  std::vector<absl::StatusOr<std::string>> lines(paths.size(), "");
  CXR_RETURN_IF_ERROR(ParallelFor(std::ssize(paths), threads, [&](int64_t i) {
    lines[i] = HeaderLine(paths[i], decoder);
    return absl::OkStatus();
  }));
  DicomHeaders headers{.table =
                           "PatientID,ViewPosition,PatientSex,PatientAge\n"};
  for (const absl::StatusOr<std::string>& line : lines) {
    if (line.ok()) {
      absl::StrAppend(&headers.table, *line);
    } else {
      headers.failures.emplace_back(line.status().message());
    }
  }
  if (headers.failures.size() == paths.size()) {
    return absl::FailedPreconditionError(headers.failures[0]);
  }
  return headers;
}

}  // namespace cxr
