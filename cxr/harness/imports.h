// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_IMPORTS_H_
#define CXR_HARNESS_IMPORTS_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/store.h"
#include "cxr/spec/imported_cell.pb.h"

// What other systems scored in cells of tables, beside the stages of a store:
// STORE/imports/TABLE/DIGEST.textproto, a file a cell, the digest being that of
// where it stands. Nothing here is garbage.

namespace cxr {

// The cells of a table at a rung by a protocol, by name of the system, then of
// the column. DataLoss naming the file if one is damaged; the codes of
// base/file.
absl::StatusOr<std::vector<spec::ImportedCell>> ReadImports(
    const Store& store, absl::string_view table, absl::string_view rung,
    absl::string_view protocol);

enum class ImportMode { kNew, kOverwrite };

// Keeps a cell. AlreadyExists under kNew if the store has one of that place;
// the codes of base/file.
absl::Status WriteImport(const Store& store, const spec::ImportedCell& cell,
                         ImportMode mode);

// Deletes a cell that ReadImports gave.
absl::Status RemoveImport(const Store& store, const spec::ImportedCell& cell);

}  // namespace cxr

#endif  // CXR_HARNESS_IMPORTS_H_
