// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/vindr_boxes.h"

#include <cmath>
#include <cstddef>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/source/vindr_labels.h"

namespace cxr {
namespace {

constexpr std::array<absl::string_view, 4> kEdges = {"x_min", "y_min", "x_max",
                                                     "y_max"};

// The edges in this row; nothing if their cells are blank.
absl::StatusOr<std::optional<std::array<float, 4>>> ReadEdges(
    const CsvReader& table, const std::array<int, 4>& columns) {
  std::array<float, 4> edges = {};
  size_t blanks = 0;
  for (size_t i = 0; i < edges.size(); ++i) {
    const absl::string_view cell = table.cells()[columns[i]];
    if (IsBlank(cell)) {
      ++blanks;
    } else if (!absl::SimpleAtof(cell, &edges[i]) || !std::isfinite(edges[i])) {
      return table.Unexpected(columns[i], "pixels");
    }
  }
  if (blanks == edges.size()) {
    return std::optional<std::array<float, 4>>();
  }
  for (size_t i = 0; i < edges.size(); ++i) {
    if (IsBlank(table.cells()[columns[i]])) {
      return table.Unexpected(columns[i], "pixels, as beside it");
    }
    if (i >= 2 && edges[i] < edges[i - 2]) {
      return table.Unexpected(columns[i],
                              absl::StrCat(kEdges[i - 2], " or more, which is ",
                                           table.cells()[columns[i - 2]]));
    }
  }
  return edges;
}

}  // namespace

absl::StatusOr<VindrBoxes> VindrBoxes::Open(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  VindrBoxes boxes(std::move(table));
  const CsvReader& opened = boxes.table_;
  CXR_ASSIGN_OR_RETURN(boxes.image_, opened.Column("image_id"));
  CXR_ASSIGN_OR_RETURN(boxes.label_, opened.Column("class_name"));
  boxes.reader_ = opened.FindColumn("rad_id");
  for (size_t i = 0; i < kEdges.size(); ++i) {
    CXR_ASSIGN_OR_RETURN(boxes.edges_[i], opened.Column(kEdges[i]));
  }
  return boxes;
}

absl::StatusOr<bool> VindrBoxes::Next() {
  CXR_ASSIGN_OR_RETURN(const bool more, table_.Next());
  if (!more) {
    return false;
  }
  CXR_ASSIGN_OR_RETURN(const auto edges, ReadEdges(table_, edges_));
  box_.reset();
  if (edges.has_value()) {
    const auto [left, top, right, bottom] = *edges;
    box_ = FindingBox{.label = std::string(label()),
                      .reader = std::string(reader()),
                      .left = left,
                      .top = top,
                      .width = right - left,
                      .height = bottom - top};
  }
  return true;
}

absl::string_view VindrBoxes::label() const {
  const absl::string_view cell = table_.cells()[label_];
  return FindVindrLabel(cell).value_or(cell);
}

absl::string_view VindrBoxes::reader() const {
  return reader_.has_value() ? table_.cells()[*reader_] : absl::string_view();
}

}  // namespace cxr
