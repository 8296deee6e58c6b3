// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file_faults.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

using ::cxr::base_internal::TakeFault;

namespace fs = std::filesystem;

absl::StatusCode CodeOfErrno(int value) {
  switch (value) {
    case ENOENT:
      return absl::StatusCode::kNotFound;
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::StatusCode::kPermissionDenied;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return absl::StatusCode::kResourceExhausted;
    case EEXIST:
    case ENOTEMPTY:
      return absl::StatusCode::kAlreadyExists;
    case EISDIR:
    case ENOTDIR:
      return absl::StatusCode::kInvalidArgument;
    default:
      return absl::StatusCode::kInternal;
  }
}

enum class Flush { kNo, kYes };

absl::Status WriteBytes(int fd, absl::string_view bytes,
                        const std::string& path) {
  while (!bytes.empty()) {
    if (const int fault = TakeFault(FileStep::kWrite, path, fd, bytes)) {
      return ErrnoStatus(fault, "cannot write", path);
    }
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return ErrnoStatus(errno, "cannot write", path);
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status WriteAll(int fd, const std::vector<absl::string_view>& pieces,
                      const std::string& path, Flush flush = Flush::kYes) {
  for (const absl::string_view piece : pieces) {
    CXR_RETURN_IF_ERROR(WriteBytes(fd, piece, path));
  }
  if (flush == Flush::kNo) {
    return absl::OkStatus();
  }
  // Without the flush a full disk may only show after the rename.
  if (const int fault = TakeFault(FileStep::kFlush, path)) {
    return ErrnoStatus(fault, "cannot flush", path);
  }
  if (fsync(fd) != 0 && errno != EINVAL && errno != EROFS) {
    return ErrnoStatus(errno, "cannot flush", path);
  }
  return absl::OkStatus();
}

absl::StatusOr<int> OpenToWrite(const std::string& path, int flags) {
  if (const int fault = TakeFault(FileStep::kCreate, path)) {
    return ErrnoStatus(fault, "cannot create", path);
  }
  const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0644);
  return fd >= 0 ? absl::StatusOr<int>(fd)
                 : ErrnoStatus(errno, "cannot create", path);
}

absl::Status WriteWithFlags(const std::string& path,
                            const std::vector<absl::string_view>& pieces,
                            int flags, Flush flush = Flush::kYes) {
  CXR_ASSIGN_OR_RETURN(const int fd, OpenToWrite(path, flags));
  const absl::Status written = WriteAll(fd, pieces, path, flush);
  const bool closed = close(fd) == 0;
  CXR_RETURN_IF_ERROR(written);
  return closed ? absl::OkStatus() : ErrnoStatus(errno, "cannot close", path);
}

absl::Status RenameOnly(const std::string& from, const std::string& to) {
  const std::string operation = absl::StrCat("cannot rename ", from, " to it");
  if (const int fault = TakeFault(FileStep::kRename, to)) {
    return ErrnoStatus(fault, operation, to);
  }
  return rename(from.c_str(), to.c_str()) == 0
             ? absl::OkStatus()
             : ErrnoStatus(errno, operation, to);
}

// Writes a neighbour of `path` and gives it its name.
absl::Status Replace(absl::string_view path,
                     const std::vector<absl::string_view>& pieces,
                     Flush flush) {
  const std::string temporary = absl::StrCat(path, ".tmp.", getpid());
  absl::Status done =
      WriteWithFlags(temporary, pieces, O_CREAT | O_TRUNC, flush);
  if (done.ok()) {
    done = RenameOnly(temporary, std::string(path));
  }
  if (!done.ok()) {
    unlink(temporary.c_str());
  }
  return done;
}

std::string Parent(const std::string& path) {
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

}  // namespace

absl::Status ErrnoStatus(int errno_value, absl::string_view operation,
                         absl::string_view path) {
  return absl::Status(
      CodeOfErrno(errno_value),
      absl::StrCat(path, ": ", operation, ": ", std::strerror(errno_value)));
}

absl::StatusOr<std::string> ReadFile(absl::string_view path_view) {
  const std::string path(path_view);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return ErrnoStatus(errno, "cannot open", path);
  }
  const absl::Cleanup closer = [fd] { close(fd); };
  std::string bytes;
  struct stat info;
  if (fstat(fd, &info) == 0 && info.st_size > 0) {
    bytes.reserve(static_cast<size_t>(info.st_size));
  }
  char buffer[1 << 16];
  while (true) {
    const ssize_t count = read(fd, buffer, sizeof(buffer));
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return ErrnoStatus(errno, "cannot read", path);
    }
    if (count == 0) {
      return bytes;
    }
    bytes.append(buffer, static_cast<size_t>(count));
  }
}

absl::Status WriteNewFile(absl::string_view path, absl::string_view bytes) {
  return WriteWithFlags(std::string(path), {bytes}, O_CREAT | O_EXCL);
}

absl::Status WriteFileAtomically(absl::string_view path,
                                 absl::string_view bytes) {
  return WritePiecesAtomically(path, {bytes});
}

absl::Status WritePiecesAtomically(
    absl::string_view path, const std::vector<absl::string_view>& pieces) {
  CXR_RETURN_IF_ERROR(Replace(path, pieces, Flush::kYes));
  return SyncDirectory(Parent(std::string(path)));
}

absl::Status ReplaceFile(absl::string_view path, absl::string_view bytes) {
  return Replace(path, {bytes}, Flush::kNo);
}

absl::Status AppendToFile(absl::string_view path_view,
                          absl::string_view bytes) {
  const std::string path(path_view);
  CXR_ASSIGN_OR_RETURN(const int fd, OpenToWrite(path, O_CREAT | O_APPEND));
  const absl::Cleanup closer = [fd] { close(fd); };
  return WriteAll(fd, {bytes}, path);
}

absl::Status LinkOrCopy(absl::string_view from_view, absl::string_view to) {
  const std::string from(from_view);
  const std::string target(to);
  if (const int fault = TakeFault(FileStep::kLink, target)) {
    return ErrnoStatus(fault, "cannot link", to);
  }
  if (link(from.c_str(), target.c_str()) == 0) {
    return absl::OkStatus();
  }
  // Not every file system has links, and none between two of them.
  if (errno != EXDEV && errno != EPERM && errno != EOPNOTSUPP &&
      errno != EMLINK) {
    return ErrnoStatus(errno, absl::StrCat("cannot link ", from, " to it"), to);
  }
  CXR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(from));
  return WriteNewFile(to, bytes);
}

absl::Status CreateDirectories(absl::string_view path) {
  std::error_code error;
  if (const int fault = TakeFault(FileStep::kMakeFolder, path)) {
    return ErrnoStatus(fault, "cannot create folder", path);
  }
  fs::create_directories(std::string(path), error);
  return error ? ErrnoStatus(error.value(), "cannot create folder", path)
               : absl::OkStatus();
}

absl::Status CreateDirectory(absl::string_view path) {
  if (const int fault = TakeFault(FileStep::kMakeFolder, path)) {
    return ErrnoStatus(fault, "cannot create folder", path);
  }
  return mkdir(std::string(path).c_str(), 0755) == 0
             ? absl::OkStatus()
             : ErrnoStatus(errno, "cannot create folder", path);
}

absl::Status Rename(absl::string_view from, absl::string_view to) {
  const std::string target(to);
  CXR_RETURN_IF_ERROR(RenameOnly(std::string(from), target));
  return SyncDirectory(Parent(target));
}

absl::Status SyncDirectory(absl::string_view path) {
  const int fd =
      open(std::string(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    return ErrnoStatus(errno, "cannot open folder", path);
  }
  const absl::Cleanup closer = [fd] { close(fd); };
  // Some file systems have no flush of folders and say EINVAL.
  if (fsync(fd) != 0 && errno != EINVAL) {
    return ErrnoStatus(errno, "cannot flush folder", path);
  }
  return absl::OkStatus();
}

absl::Status RemoveAll(absl::string_view path) {
  std::error_code error;
  if (const int fault = TakeFault(FileStep::kDelete, path)) {
    return ErrnoStatus(fault, "cannot delete", path);
  }
  fs::remove_all(std::string(path), error);
  return error ? ErrnoStatus(error.value(), "cannot delete", path)
               : absl::OkStatus();
}

bool Exists(absl::string_view path) {
  std::error_code error;
  return fs::exists(std::string(path), error);
}

absl::StatusOr<std::vector<std::string>> ListFolder(absl::string_view path) {
  std::error_code error;
  fs::directory_iterator it{std::string(path), error};
  std::vector<std::string> names;
  for (; !error && it != fs::directory_iterator(); it.increment(error)) {
    names.push_back(it->path().filename().string());
  }
  if (error) {
    return ErrnoStatus(error.value(), "cannot list", path);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<int> NumbersIn(absl::string_view path) {
  std::vector<int> numbers;
  const absl::StatusOr<std::vector<std::string>> names = ListFolder(path);
  if (names.ok()) {
    for (const std::string& name : *names) {
      int number = 0;
      if (absl::SimpleAtoi(name, &number) && number > 0) {
        numbers.push_back(number);
      }
    }
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

absl::StatusOr<std::vector<std::string>> ListFiles(absl::string_view path) {
  const fs::path root{std::string(path)};
  std::error_code error;
  fs::recursive_directory_iterator it(root, error);
  std::vector<std::string> files;
  for (; !error && it != fs::recursive_directory_iterator();
       it.increment(error)) {
    std::error_code ignored;
    // Links that lead nowhere count, so that reading them says so; pipes and
    // devices, which may never end, do not.
    if (it->is_regular_file(ignored) ||
        (it->is_symlink(ignored) && !it->is_directory(ignored) &&
         !it->is_other(ignored))) {
      files.push_back(it->path().lexically_relative(root).string());
    }
  }
  if (error) {
    return ErrnoStatus(error.value(), "cannot list", path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string Canonical(absl::string_view path) {
  std::error_code ignored;
  return fs::weakly_canonical(fs::path(std::string(path)), ignored).string();
}

std::string JoinPath(absl::string_view a, absl::string_view b) {
  return (fs::path(std::string(a)) / std::string(b)).string();
}

std::string Basename(absl::string_view path) {
  return fs::path(std::string(path)).filename().string();
}

std::string Stem(absl::string_view path) {
  return fs::path(std::string(path)).stem().string();
}

}  // namespace cxr
