// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_VINDR_BOXES_H_
#define CXR_DATA_SOURCE_VINDR_BOXES_H_

#include <array>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/table/csv_reader.h"

// The tables in which VinDr-CXR lists what was drawn around findings.
//
//   CXR_ASSIGN_OR_RETURN(VindrBoxes boxes, VindrBoxes::Open(path));
//   while (true) {
//     CXR_ASSIGN_OR_RETURN(const bool more, boxes.Next());
//     if (!more) break;
//     Use(boxes.image(), boxes.label(), boxes.box());
//   }

namespace cxr {

class VindrBoxes {
 public:
  // DataLoss naming the file and the column if one but rad_id is missing.
  static absl::StatusOr<VindrBoxes> Open(absl::string_view path);

  // Goes to the next row; false after the last. DataLoss naming file and line:
  // edges that are no numbers or in the wrong order, or only some of them.
  absl::StatusOr<bool> Next();

  // Of this row. The label is that of kVindrLabels where the table means one of
  // them, else as the table writes it.
  absl::string_view image() const { return table_.cells()[image_]; }
  absl::string_view label() const;
  // Who drew; empty in a table that does not say.
  absl::string_view reader() const;
  // With label, reader and place, its example 0; nothing in a row without edges
  // ("No finding" has none).
  const std::optional<FindingBox>& box() const { return box_; }

  // The table itself, for error texts.
  const CsvReader& table() const { return table_; }
  int image_column() const { return image_; }
  int label_column() const { return label_; }

 private:
  explicit VindrBoxes(CsvReader table) : table_(std::move(table)) {}

  CsvReader table_;
  int image_ = 0;
  int label_ = 0;
  std::optional<int> reader_ = {};
  std::array<int, 4> edges_ = {};  // left, top, right, bottom
  std::optional<FindingBox> box_ = {};
};

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_VINDR_BOXES_H_
