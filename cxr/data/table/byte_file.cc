// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/byte_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"

namespace cxr {

ByteFile::ByteFile(std::string path, int descriptor, int64_t size)
    : path_(std::move(path)), descriptor_(descriptor), size_(size) {}

ByteFile::ByteFile(ByteFile&& other)
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_) {}

ByteFile& ByteFile::operator=(ByteFile&& other) {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

ByteFile::~ByteFile() {
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
}

absl::StatusOr<ByteFile> ByteFile::Open(absl::string_view path) {
  std::string name(path);
  const int descriptor = open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return ErrnoStatus(errno, "cannot open", path);
  }
  ByteFile file(std::move(name), descriptor, 0);
  struct stat info;
  if (fstat(descriptor, &info) != 0) {
    return ErrnoStatus(errno, "cannot read", path);
  }
  if (S_ISDIR(info.st_mode)) {
    return ErrnoStatus(EISDIR, "cannot read", path);
  }
  file.size_ = info.st_size;
  return file;
}

absl::StatusOr<size_t> ByteFile::ReadAt(int64_t offset, char* to,
                                        size_t size) const {
  size_t done = 0;
  while (done < size) {
    const ssize_t got = pread(descriptor_, to + done, size - done,
                              offset + static_cast<int64_t>(done));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return ErrnoStatus(errno, "cannot read", path_);
    }
    if (got == 0) {
      break;
    }
    done += static_cast<size_t>(got);
  }
  return done;
}

absl::StatusOr<bool> ByteFile::IsGzip() const {
  char first[2] = {};
  CXR_ASSIGN_OR_RETURN(const size_t got, ReadAt(0, first, sizeof(first)));
  return got == sizeof(first) && first[0] == '\x1F' && first[1] == '\x8B';
}

}  // namespace cxr
