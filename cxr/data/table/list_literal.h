// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_LIST_LITERAL_H_
#define CXR_DATA_TABLE_LIST_LITERAL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Lists as Python prints them, which PadChest keeps in its cells.

namespace cxr {

// "['a', \"b'c\", 'loc  cardiac ']" to a, b'c, "loc cardiac": items in single
// or double quotes, backslash escapes of \\ \' \" \n \t \r, trimmed, inner
// runs of white space made one space. InvalidArgument saying at which character
// it is no such list.
absl::StatusOr<std::vector<std::string>> ParseListLiteral(
    absl::string_view text);

// "[['a', 'loc right'], ['b']]": a list of such lists.
absl::StatusOr<std::vector<std::vector<std::string>>> ParseNestedListLiteral(
    absl::string_view text);

}  // namespace cxr

#endif  // CXR_DATA_TABLE_LIST_LITERAL_H_
