// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_FIND_TABLE_H_
#define CXR_DATA_SOURCE_FIND_TABLE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

// Where in the folder of a source its tables lie.
//
//   CXR_ASSIGN_OR_RETURN(const std::string file,
//                        FindTable(folder, "train.csv"));
//   CXR_ASSIGN_OR_RETURN(CsvReader table,
//                        CsvReader::Open(JoinPath(folder, file)));

namespace cxr {

// The first of `names` (relative to `folder`) that is there, each also with
// ".gz" at its end. NotFound naming the folder and all that was looked for.
absl::StatusOr<std::string> FindFile(absl::string_view folder,
                                     absl::Span<const std::string> names);
// The same; nothing if there is none.
std::optional<std::string> FindOptionalFile(
    absl::string_view folder, absl::Span<const std::string> names);

// Where the one table called `pattern` lies, relative to `folder`: in it or, if
// it is not there, in one of the folders in it, as an archive with a root of
// its own unpacks; the name may have ".gz" at its end. A "*" in the pattern
// stands for any text. NotFound if there is none, DataLoss if there are
// several.
absl::StatusOr<std::string> FindTable(absl::string_view folder,
                                      absl::string_view pattern);

// The part of `file` before its name, without the slash.
std::string FolderOf(absl::string_view file);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_FIND_TABLE_H_
