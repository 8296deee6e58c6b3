// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/imports.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr absl::string_view kExtension = ".textproto";

std::string TableFolder(const Store& store, absl::string_view table) {
  return JoinPath(JoinPath(store.path(), "imports"), table);
}

// Names of systems and columns may hold anything, so none of them is a name of
// a file.
std::string PathOf(const Store& store, const spec::ImportedCell& cell) {
  const std::string place = absl::StrJoin(
      {cell.rung(), cell.protocol(), cell.row(), cell.column()}, "\n");
  return JoinPath(TableFolder(store, cell.table()),
                  absl::StrCat(Sha256Hex(place), kExtension));
}

absl::StatusOr<spec::ImportedCell> ReadCell(const Store& store,
                                            const std::string& path) {
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  spec::ImportedCell cell;
  if (!ReadTextproto(text, cell) || PathOf(store, cell) != path) {
    return absl::DataLossError(absl::StrCat(
        path,
        ": found something else than an imported cell of this place; "
        "delete it and import again"));
  }
  return cell;
}

}  // namespace

absl::StatusOr<std::vector<spec::ImportedCell>> ReadImports(
    const Store& store, absl::string_view table, absl::string_view rung,
    absl::string_view protocol) {
  std::vector<spec::ImportedCell> cells;
  const std::string folder = TableFolder(store, table);
  if (!Exists(folder)) return cells;
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                       ListFolder(folder));
  for (const std::string& name : names) {
    // What a killed process left behind is no cell.
    if (!absl::EndsWith(name, kExtension)) continue;
    CXR_ASSIGN_OR_RETURN(spec::ImportedCell cell,
                         ReadCell(store, JoinPath(folder, name)));
    if (cell.rung() == rung && cell.protocol() == protocol) {
      cells.push_back(std::move(cell));
    }
  }
  std::sort(cells.begin(), cells.end(),
            [](const spec::ImportedCell& a, const spec::ImportedCell& b) {
              return std::tie(a.row(), a.column()) <
                     std::tie(b.row(), b.column());
            });
  return cells;
}

absl::Status WriteImport(const Store& store, const spec::ImportedCell& cell,
                         ImportMode mode) {
  CXR_RETURN_IF_ERROR(CreateDirectories(TableFolder(store, cell.table())));
  const std::string path = PathOf(store, cell);
  if (mode == ImportMode::kNew && Exists(path)) {
    return absl::AlreadyExistsError(
        absl::StrCat(cell.row(), ", ", cell.column(),
                     ": was imported before; --overwrite replaces it"));
  }
  return WriteFileAtomically(path, ToTextproto(cell));
}

absl::Status RemoveImport(const Store& store, const spec::ImportedCell& cell) {
  return RemoveAll(PathOf(store, cell));
}

}  // namespace cxr
