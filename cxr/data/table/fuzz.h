// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_FUZZ_H_
#define CXR_DATA_TABLE_FUZZ_H_

#include <string>

#include "absl/strings/string_view.h"

// What the fuzzers of this package do with every input that they make up. The
// program ends if a promise is broken.

namespace cxr {

// CsvReader gives what CsvTable gives, or both reject the text, but for what
// their headers say differently; and each row lies where CsvReader says.
void CheckCsv(const std::string& text);

// A list survives being written as Python does and read again.
void CheckListLiteral(absl::string_view text);

// A mask survives being encoded and drawn again. The first two bytes choose its
// size, the others are the runs.
void CheckRle(absl::string_view bytes);

// A polygon fills its corners, and nothing beyond them if all are inside. The
// first two bytes choose the mask's size, each two more a corner.
void CheckPolygon(absl::string_view bytes);

}  // namespace cxr

#endif  // CXR_DATA_TABLE_FUZZ_H_
