// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/fuzz.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/check.h"
#include "cxr/base/csv.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/image.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/data/table/list_literal.h"
#include "cxr/data/table/rle.h"

namespace cxr {
namespace {

using Cells = std::vector<std::string>;

struct Row {
  int64_t line = 0;
  Cells cells;

  bool operator==(const Row&) const = default;
};

// A table of one row, `row`, under as many columns as it needs.
void CheckAlone(absl::string_view row, const Cells& expected) {
  std::string text;
  for (size_t i = 0; i < expected.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ",", i);
  }
  absl::StrAppend(&text, "\n", row, "\r\n");
  absl::StatusOr<CsvReader> table = CsvReader::FromText(text, "row");
  CXR_CHECK(table.ok()) << table.status();
  const absl::StatusOr<bool> found = table->Next();
  CXR_CHECK(found.ok() && *found) << text;
  CXR_CHECK(Cells(table->cells().begin(), table->cells().end()) == expected)
      << text;
  CXR_CHECK(!*table->Next()) << text;
}

// All rows, the header first.
absl::StatusOr<std::vector<Row>> RowsOf(const std::string& text) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::FromText(text, "t"));
  std::vector<Row> rows = {{.cells = table.header()}};
  int64_t end = 0;
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return rows;
    }
    CXR_CHECK(end <= table.offset()) << text;
    end = table.offset() + table.length();
    CXR_CHECK(end <= static_cast<int64_t>(text.size())) << text;
    rows.push_back({.line = table.line(),
                    .cells = {table.cells().begin(), table.cells().end()}});
    CheckAlone(text.substr(table.offset(), table.length()), rows.back().cells);
  }
}

std::vector<Row> RowsOf(const CsvTable& table) {
  std::vector<Row> rows = {{.cells = table.header()}};
  for (const CsvTable::Row& row : table.rows()) {
    rows.push_back({.line = row.line, .cells = row.cells});
  }
  return rows;
}

// Of a line that is "" and nothing else CsvTable thinks that it is empty.
bool IsQuotedNothing(const Row& row) { return row.cells == Cells{""}; }

std::string Printed(const Cells& items) {
  const auto quoted = [](std::string* out, const std::string& item) {
    absl::StrAppend(out, "'",
                    absl::StrReplaceAll(item, {{"\\", "\\\\"}, {"'", "\\'"}}),
                    "'");
  };
  return absl::StrCat("[", absl::StrJoin(items, ", ", quoted), "]");
}

std::string Printed(const std::vector<Cells>& lists) {
  const auto printed = [](std::string* out, const Cells& items) {
    absl::StrAppend(out, Printed(items));
  };
  return absl::StrCat("[", absl::StrJoin(lists, ", ", printed), "]");
}

template <typename List>
void CheckList(const absl::StatusOr<List>& list,
               absl::StatusOr<List> (*parse)(absl::string_view)) {
  if (!list.ok()) {
    CXR_CHECK(absl::StartsWith(list.status().message(), "list, character "))
        << list.status();
    return;
  }
  const absl::StatusOr<List> again = parse(Printed(*list));
  CXR_CHECK(again.ok() && *again == *list) << Printed(*list);
}

// A blank mask of the size that the first two bytes choose.
GrayImage MaskFor(absl::string_view bytes) {
  const int width = static_cast<uint8_t>(bytes[0]) % 64;
  const int height = static_cast<uint8_t>(bytes[1]) % 64;
  return {.width = width,
          .height = height,
          .pixels = std::vector<uint8_t>(size_t(width) * height)};
}

bool Holds(const GrayImage& mask, const PolygonPoint& p) {
  return 0 <= p.x && p.x < mask.width && 0 <= p.y && p.y < mask.height;
}

void CheckInside(const GrayImage& mask,
                 const std::vector<PolygonPoint>& corners) {
  const auto [left, right] = std::minmax_element(
      corners.begin(), corners.end(),
      [](const auto& a, const auto& b) { return a.x < b.x; });
  const auto [top, bottom] = std::minmax_element(
      corners.begin(), corners.end(),
      [](const auto& a, const auto& b) { return a.y < b.y; });
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      const bool may_be_set =
          left->x <= x && x <= right->x && top->y <= y && y <= bottom->y;
      CXR_CHECK(may_be_set || mask.pixels[y * mask.width + x] == 0)
          << x << ", " << y;
    }
  }
}

}  // namespace

void CheckCsv(const std::string& text) {
  absl::StatusOr<std::vector<Row>> ours = RowsOf(text);
  const absl::StatusOr<CsvTable> theirs = CsvTable::Parse(text, "t");
  if (ours.ok() && theirs.ok() && !IsQuotedNothing((*ours)[0])) {
    ours->erase(std::remove_if(ours->begin(), ours->end(), IsQuotedNothing),
                ours->end());
    CXR_CHECK(*ours == RowsOf(*theirs)) << text;
  } else if (ours.ok() && !theirs.ok()) {
    CXR_CHECK(absl::StrContains(theirs.status().message(), "column ''") ||
              IsQuotedNothing((*ours)[0]))
        << theirs.status() << "\n"
        << text;
  } else if (theirs.ok() && !ours.ok()) {
    CXR_CHECK(absl::StrContains(ours.status().message(), ": found 1 cells") ||
              absl::StrContains(ours.status().message(), ": found '\\r'") ||
              absl::StrContains(text, "\"\""))
        << ours.status() << "\n"
        << text;
  }
}

void CheckListLiteral(absl::string_view text) {
  CheckList<Cells>(ParseListLiteral(text), ParseListLiteral);
  CheckList<std::vector<Cells>>(ParseNestedListLiteral(text),
                                ParseNestedListLiteral);
}

void CheckRle(absl::string_view bytes) {
  if (bytes.size() < 2) {
    return;
  }
  GrayImage mask = MaskFor(bytes);
  const absl::Status drawn = DrawRle(bytes.substr(2), 1, &mask);
  CXR_CHECK(drawn.ok() || absl::StartsWith(drawn.message(), "run ")) << drawn;
  GrayImage again = MaskFor(bytes);
  const std::string runs = EncodeRle(mask, 1);
  CXR_CHECK(DrawRle(runs, 1, &again).ok()) << runs;
  CXR_CHECK(again == mask) << runs;
  CXR_CHECK(EncodeRle(again, 1) == runs) << runs;
}

void CheckPolygon(absl::string_view bytes) {
  if (bytes.size() < 4) {
    return;
  }
  GrayImage mask = MaskFor(bytes);
  std::vector<PolygonPoint> corners;
  for (size_t i = 2; i + 1 < bytes.size(); i += 2) {
    corners.push_back({.x = static_cast<int8_t>(bytes[i]),
                       .y = static_cast<int8_t>(bytes[i + 1])});
  }
  FillPolygon(corners, 1, &mask);
  bool all_inside = true;
  for (const PolygonPoint& p : corners) {
    const bool inside = Holds(mask, p);
    all_inside = all_inside && inside;
    CXR_CHECK(!inside || mask.pixels[p.y * mask.width + p.x] == 1)
        << p.x << ", " << p.y;
  }
  if (all_inside) {
    CheckInside(mask, corners);
  }
}

}  // namespace cxr
