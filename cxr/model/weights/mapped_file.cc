// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"

namespace cxr {

absl::StatusOr<MappedFile> MapFile(absl::string_view path_view) {
  const std::string path(path_view);
  // A pipe would otherwise be waited for.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    return ErrnoStatus(errno, "cannot open", path);
  }
  const absl::Cleanup closer = [fd] { close(fd); };
  struct stat info;
  if (fstat(fd, &info) != 0) {
    return ErrnoStatus(errno, "cannot read", path);
  }
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": found a folder or device, expected a file"));
  }
  const auto size = static_cast<size_t>(info.st_size);
  if (size == 0) {  // of which mmap makes an error
    return MappedFile();
  }
  void* const begin = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (begin == MAP_FAILED) {
    return ErrnoStatus(errno, "cannot map", path);
  }
  return MappedFile{
      .bytes = absl::string_view(static_cast<const char*>(begin), size),
      .memory = std::shared_ptr<const void>(
          begin, [size](void* memory) { munmap(memory, size); })};
}

}  // namespace cxr
