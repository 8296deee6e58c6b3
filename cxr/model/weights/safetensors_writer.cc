// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/safetensors_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/model/weights/stored_tensor.h"

namespace cxr {

class SafetensorsWriter::Draft {
 public:
  explicit Draft(absl::string_view path)
      : path_(path), temporary_(absl::StrCat(path, ".tmp.", getpid())) {}

  ~Draft() {
    if (fd_ >= 0) close(fd_);
    if (!finished_) unlink(temporary_.c_str());
  }

  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  absl::Status Open(int64_t bytes) {
    // Before hours of work, not when they are to get their name.
    struct stat known = {};
    if (stat(path_.c_str(), &known) == 0 && S_ISDIR(known.st_mode)) {
      return absl::InvalidArgumentError(
          absl::StrCat(path_, ": found a folder, expected a file to write"));
    }
    fd_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
               0644);
    if (fd_ < 0) return ErrnoStatus(errno, "cannot create", temporary_);
    return ftruncate(fd_, bytes) == 0
               ? absl::OkStatus()
               : ErrnoStatus(errno, "cannot size", temporary_);
  }

  absl::Status Write(int64_t offset, absl::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = pwrite(fd_, bytes.data(), bytes.size(), offset);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return ErrnoStatus(errno, "cannot write", temporary_);
      bytes.remove_prefix(static_cast<size_t>(written));
      offset += written;
    }
    return absl::OkStatus();
  }

  absl::Status Finish() {
    if (fsync(fd_) != 0) return ErrnoStatus(errno, "cannot flush", temporary_);
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) {
      return ErrnoStatus(errno, "cannot rename", temporary_);
    }
    finished_ = true;
    return absl::OkStatus();
  }

 private:
  const std::string path_;
  const std::string temporary_;
  int fd_ = -1;
  bool finished_ = false;
};

SafetensorsWriter::SafetensorsWriter(
    std::shared_ptr<Draft> draft,
    std::map<std::string, Place, std::less<>> places)
    : draft_(std::move(draft)), places_(std::move(places)) {}

absl::StatusOr<SafetensorsWriter> SafetensorsWriter::Create(
    absl::string_view path, std::vector<Tensor> tensors,
    const std::map<std::string, std::string>& metadata) {
  std::vector<StoredTensor> ordered;
  for (Tensor& tensor : tensors) {
    ordered.push_back({.name = std::move(tensor.name),
                       .kind = tensor.kind,
                       .shape = std::move(tensor.shape)});
  }
  std::sort(ordered.begin(), ordered.end(),
            [](const StoredTensor& a, const StoredTensor& b) {
              return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
            });
  const std::string header = SafetensorsHeader(ordered, metadata);
  std::map<std::string, Place, std::less<>> places;
  auto end = static_cast<int64_t>(header.size());
  for (const StoredTensor& tensor : ordered) {
    CXR_ASSIGN_OR_RETURN(const int64_t count,
                         CountOf(tensor.shape, tensor.kind));
    const Place place = {.begin = end, .bytes = count * SizeOf(tensor.kind)};
    CXR_CHECK(places.emplace(tensor.name, place).second)
        << "two tensors are called " << tensor.name;
    end += place.bytes;
  }
  auto draft = std::make_shared<Draft>(path);
  CXR_RETURN_IF_ERROR(draft->Open(end));
  CXR_RETURN_IF_ERROR(draft->Write(0, header));
  return SafetensorsWriter(std::move(draft), std::move(places));
}

absl::Status SafetensorsWriter::Write(absl::string_view name, int64_t offset,
                                      absl::string_view bytes) const {
  const auto place = places_.find(name);
  CXR_CHECK(place != places_.end()) << "no tensor is called " << name;
  CXR_CHECK(offset >= 0 && std::ssize(bytes) <= place->second.bytes - offset)
      << name << ": " << bytes.size() << " bytes at " << offset << " of "
      << place->second.bytes;
  return draft_->Write(place->second.begin + offset, bytes);
}

absl::Status SafetensorsWriter::Finish() { return draft_->Finish(); }

}  // namespace cxr
