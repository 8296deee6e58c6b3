// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_READING_H_
#define CXR_DATA_SOURCE_READING_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/table/csv_reader.h"

// What the cells of tables say, in the words of all sources.
//
//   CXR_ASSIGN_OR_RETURN(const int sex, table.Column("Sex"));
//   ...
//   CXR_ASSIGN_OR_RETURN(example.sex, SexCell(table, sex, &index.remarks));

namespace cxr {

// Ages above are typing errors of the sources: 414 years in NIH, 155 in RSNA.
inline constexpr int kMaxAgeYears = 120;

// The places of columns; DataLoss for one that is not there.
absl::StatusOr<std::vector<int>> FindColumns(
    const CsvReader& table, absl::Span<const std::string> names);

// Whether a cell says that it says nothing: "", "nan", "NaN".
bool IsBlank(absl::string_view cell);

// A label: 1, 0 or -1, also as "1.0"; NaN if blank. DataLoss for all else.
absl::StatusOr<float> LabelCell(const CsvReader& table, int column);

// Adds the labels in `columns` of this row to `labels`.
absl::Status AppendLabels(const CsvReader& table, absl::Span<const int> columns,
                          std::vector<float>* labels);

// Whole years: "62", "62.0", "060Y", "018M" (also W and D), of groups the
// youngest age ("45-49", "45 to 49", "85 or more", "90+"); kUnknownAge if
// blank; nothing if it is not an age. May be above kMaxAgeYears.
std::optional<int> ParseAge(absl::string_view text);
// The age in a cell; one above kMaxAgeYears is unknown, with a remark. DataLoss
// if it is not an age.
absl::StatusOr<int> AgeCell(const CsvReader& table, int column,
                            std::vector<Remark>* remarks);

// M, F, Male, Female in any case; unknown, with a remark, if the cell is blank,
// U, O, Unknown or Other. DataLoss for all else.
absl::StatusOr<Sex> SexCell(const CsvReader& table, int column,
                            std::vector<Remark>* remarks);

// PA, AP; AP_horizontal and AP Supine; L, LL, RL and Lateral; Frontal, in any
// case. Blank and UNK are kUnknown, any other word kOther (oblique, decubitus,
// ...).
View ParseView(absl::string_view text);
// The same of a cell, with a remark for what becomes kUnknown or kOther.
View ViewCell(const CsvReader& table, int column, std::vector<Remark>* remarks);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_READING_H_
