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

// The same with the bytes of `pieces` one after another: what lies in memory in
// many places is not copied into one.
absl::Status WritePiecesAtomically(
    absl::string_view path, const std::vector<absl::string_view>& pieces);

// As WriteFileAtomically without flushing: cheap, and lost or empty after a
// power cut. For what only running processes tell each other.
absl::Status ReplaceFile(absl::string_view path, absl::string_view bytes);

// Adds `bytes` to the end of `path`, which is created if need be, and flushes
// them. A line of less than 4096 bytes lands whole or, if the disk is full or
// the power fails, cut off at its end; lines of several processes do not mix.
absl::Status AppendToFile(absl::string_view path, absl::string_view bytes);

// Makes `to`, which must not exist, another name of the file `from`; a copy
// where the file system has no such names. For files that nobody changes.
absl::Status LinkOrCopy(absl::string_view from, absl::string_view to);

// Creates `path` and its parents; OK if it is there already.
absl::Status CreateDirectories(absl::string_view path);

// Creates `path`, whose parent is there. AlreadyExists if it is there: of
// several processes one creates it.
absl::Status CreateDirectory(absl::string_view path);

// Renames a file or folder within one disk and flushes the parent of `to`.
// AlreadyExists if `to` is a folder with contents.
absl::Status Rename(absl::string_view from, absl::string_view to);

// Flushes a folder's entries to the disk.
absl::Status SyncDirectory(absl::string_view path);

// Deletes a file or a folder with all it holds; OK if it is not there.
absl::Status RemoveAll(absl::string_view path);

bool Exists(absl::string_view path);

// Names of all that lies in the folder `path`, sorted; "." and ".." left out.
absl::StatusOr<std::vector<std::string>> ListFolder(absl::string_view path);

// Of all that lies in the folder `path` what is named by a whole number above
// 0, ascending; nothing if the folder cannot be listed.
std::vector<int> NumbersIn(absl::string_view path);

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
