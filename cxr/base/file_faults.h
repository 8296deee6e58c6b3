// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_FILE_FAULTS_H_
#define CXR_BASE_FILE_FAULTS_H_

#include "absl/strings/string_view.h"

// Faults of the disk, made on purpose: tests put a hook in front of every step
// by which base/file changes the disk. No program sets one.
//
//   int FullDisk(FileStep step, absl::string_view path) {
//     return step == FileStep::kWrite ? ENOSPC : 0;
//   }
//   SetFileFaultHook(FullDisk);

namespace cxr {

enum class FileStep {
  kCreate,  // open(2) of a file to be written
  kWrite,
  kFlush,
  kRename,
  kMakeFolder,
  kLink,
  kDelete,
};

// What a hook returns to have half of the bytes written, and the process
// killed by SIGKILL then; at steps other than kWrite it is killed at once.
inline constexpr int kTornWrite = -1;

// Called before a step. The errno with which the step fails without being
// tried, kTornWrite, or 0 to go on. Called from any thread.
using FileFaultHook = int (*)(FileStep step, absl::string_view path);

// Null, the default, for none.
void SetFileFaultHook(FileFaultHook hook);

namespace base_internal {

// Asks the hook; does not return if it tears the write.
int TakeFault(FileStep step, absl::string_view path, int fd = -1,
              absl::string_view bytes = "");

}  // namespace base_internal
}  // namespace cxr

#endif  // CXR_BASE_FILE_FAULTS_H_
