// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/mask_table.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/score/numbered_groups.h"
#include "cxr/score/score_csv.h"
#include "cxr/score/take_rows.h"

namespace cxr {
namespace {

using Places = absl::flat_hash_map<std::string, int64_t>;

std::string WithoutExtension(const std::string& path) {
  return path.substr(0, path.rfind('.'));
}

// The place of each mask by its id.
absl::StatusOr<Places> PlacesOf(const std::vector<std::string>& masks,
                                absl::string_view folder) {
  Places places;
  for (size_t i = 0; i < masks.size(); ++i) {
    const auto [known, is_new] = places.emplace(WithoutExtension(masks[i]), i);
    if (is_new) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        JoinPath(folder, masks[i]), ": found ", masks[known->second],
        ", too, expected names that differ in more than the extension, as a "
        "table tells images apart by the rest"));
  }
  return places;
}

// The row of each mask.
absl::StatusOr<Rows> MatchMasks(const IdRows& table,
                                const std::vector<std::string>& masks,
                                absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const Places places, PlacesOf(masks, folder));
  Rows rows(masks.size(), -1);
  for (size_t row = 0; row < table.ids.size(); ++row) {
    const auto found = places.find(table.ids[row]);
    if (found == places.end()) {
      return absl::DataLossError(
          absl::StrCat(table.file, ":", table.lines[row], ": id: found '",
                       table.ids[row], "', expected the name of a file in ",
                       folder, ", without its extension"));
    }
    rows[found->second] = static_cast<int64_t>(row);
  }
  for (size_t i = 0; i < masks.size(); ++i) {
    if (rows[i] >= 0) continue;
    return absl::DataLossError(absl::StrCat(
        JoinPath(folder, masks[i]), ": found no row of it in ", table.file,
        ", where ", masks.size() - table.ids.size(), " of ", masks.size(),
        " files have none, expected id '", WithoutExtension(masks[i]), "'"));
  }
  return rows;
}

absl::Status CheckPatients(const TruthTable& table, absl::string_view column) {
  for (size_t i = 0; i < table.rows.ids.size(); ++i) {
    if (!table.texts[0][i].empty()) continue;
    return absl::DataLossError(
        absl::StrCat(table.rows.file, ":", table.rows.lines[i], ": ", column,
                     ": found '', expected the name of a patient"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MaskTable> ReadMaskTable(const MaskTableFile& table,
                                        absl::string_view folder,
                                        const std::vector<std::string>& masks) {
  const bool has_patients = !table.patient_column.empty();
  std::vector<std::string> columns = table.groups;
  if (has_patients) columns.insert(columns.begin(), table.patient_column);
  CXR_ASSIGN_OR_RETURN(TruthTable read, ReadTexts(table.path, columns));
  if (has_patients) {
    CXR_RETURN_IF_ERROR(CheckPatients(read, table.patient_column));
  }
  CXR_ASSIGN_OR_RETURN(const Rows rows, MatchMasks(read.rows, masks, folder));
  std::vector<std::vector<std::string>> texts = TakeAll(read.texts, rows);
  MaskTable result{.file = table.path, .unused = std::move(read.unused)};
  const size_t first_group = has_patients ? 1 : 0;
  if (has_patients) result.patients = std::move(texts[0]);
  for (size_t k = 0; k < table.groups.size(); ++k) {
    result.groups.push_back(
        {.name = table.groups[k], .cells = std::move(texts[first_group + k])});
    CXR_RETURN_IF_ERROR(NumberGroups(result.groups[k], result.file).status());
  }
  return result;
}

}  // namespace cxr
