// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_TABLE_TESTING_H_
#define CXR_DATA_TABLE_TABLE_TESTING_H_

#include <cstdint>
#include <string>

// Tables made up for tests and benchmarks, equal on every machine.

namespace cxr {

// A table as MIMIC-CXR's metadata: 12 columns, about 158 bytes a row.
std::string MetadataTable(int rows);

// Writes a table as CheXmask's at original resolution until it holds `bytes`:
// rows of about 10 kB, landmarks in quotes over many lines, masks as run
// lengths. Returns the number of rows. Needs next to no memory.
int64_t WriteMaskTable(const std::string& path, int64_t bytes);

// The most memory that this process has had at once since the last
// ForgetPeakMemory() (VmHWM), bytes.
int64_t PeakMemory();
void ForgetPeakMemory();

}  // namespace cxr

#endif  // CXR_DATA_TABLE_TABLE_TESTING_H_
