// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_FILE_H_
#define CXR_BASE_FILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Whole files, written so that a reader never meets half of one.
//
// Errors carry the path first. Codes: NotFound (no such file), PermissionDenied
// (no access, read-only disk), ResourceExhausted (disk full, quota, file size
// limit), InvalidArgument (a folder where a file is expected or the reverse),
// Internal (anything else the system said).

namespace cxr {

// The Status of `errno_value` after an operation on `path`.
absl::Status ErrnoStatus(int errno_value, absl::string_view operation,
                         absl::string_view path);

absl::StatusOr<std::string> ReadFile(absl::string_view path);

// Writes `bytes` to `path` and flushes them to the disk. The file must not
// exist (AlreadyExists). For use inside a folder nobody reads yet.
absl::Status WriteNewFile(absl::string_view path, absl::string_view bytes);

// Replaces `path`: a temporary neighbour is written, flushed and renamed, so
// that `path` holds either the old bytes or the new ones at any moment.
absl::Status WriteFileAtomically(absl::string_view path,
                                 absl::string_view bytes);

// Creates `path` and its parents; OK if it is there already.
absl::Status CreateDirectories(absl::string_view path);

// Renames a file or folder within one disk and flushes the parent of `to`.
// AlreadyExists if `to` is a folder with contents.
absl::Status Rename(absl::string_view from, absl::string_view to);

// Flushes a folder's entries to the disk.
absl::Status SyncDirectory(absl::string_view path);

// Deletes a file or a folder with all it holds; OK if it is not there.
absl::Status RemoveAll(absl::string_view path);

bool Exists(absl::string_view path);

// Paths of what is no folder below `path`, sorted, relative to it. Links to
// files are followed, because Bazel hands a program its data as links; links to
// folders are not. A link to nothing is listed: reading it is an error.
absl::StatusOr<std::vector<std::string>> ListFiles(absl::string_view path);

// The path of the file behind all links; `path` itself as far as it does not
// exist.
std::string Canonical(absl::string_view path);

// `a/b`; `b` alone if it is absolute or `a` is empty.
std::string JoinPath(absl::string_view a, absl::string_view b);

// The part after the last slash, and that without its last ".ext".
std::string Basename(absl::string_view path);
std::string Stem(absl::string_view path);

}  // namespace cxr

#endif  // CXR_BASE_FILE_H_
