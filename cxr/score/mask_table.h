// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_MASK_TABLE_H_
#define CXR_SCORE_MASK_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/score/labelled_scores.h"

// A table that says whose the images of a folder of masks are:
//
//   id,patient,sex
//   site1/img1,p1,F        of site1/img1.png

namespace cxr {

// Which table is read, and which of its columns.
struct MaskTableFile {
  std::string path = {};
  std::string patient_column = {};       // "": none
  std::vector<std::string> groups = {};  // columns
};

// Of n images; without a table nothing is known of them.
struct MaskTable {
  std::string file = {};
  std::vector<std::string> patients = {};  // n; empty if not known
  std::vector<GroupColumn> groups = {};
  std::vector<std::string> unused = {};  // columns that were not read
};

// The rows of the table in the order of `masks`, paths inside `folder`: the
// column "id" has the path of each without its extension, and no other.
//
// InvalidArgument if two masks differ in the extension only, and as
// NumberGroups says of a column. DataLoss naming file, line and column for the
// rest: errors of ReadTexts, a row without a mask, an empty name of a patient;
// naming the mask, for one without a row.
absl::StatusOr<MaskTable> ReadMaskTable(const MaskTableFile& table,
                                        absl::string_view folder,
                                        const std::vector<std::string>& masks);

}  // namespace cxr

#endif  // CXR_SCORE_MASK_TABLE_H_
