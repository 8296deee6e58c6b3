// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/data_key.h"

#include <sys/random.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "tools/places.h"

namespace cxr {
namespace {

constexpr size_t kShortestKey = 16;
constexpr size_t kNewKey = 32;

absl::StatusOr<std::string> RandomBytes(size_t count) {
  std::string bytes(count, '\0');
  const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
  if (got != static_cast<ssize_t>(count)) {
    return ErrnoStatus(errno, "draw", "random bytes");
  }
  return bytes;
}

// Of several processes the first one's key is that of all.
absl::Status MakeKey(const std::string& folder, const std::string& path) {
  CXR_RETURN_IF_ERROR(CreateDirectories(folder));
  CXR_ASSIGN_OR_RETURN(const std::string bytes, RandomBytes(kNewKey));
  const mode_t before = umask(0077);
  const absl::Status written = WriteNewFile(path, bytes);
  umask(before);
  return absl::IsAlreadyExists(written) ? absl::OkStatus() : written;
}

}  // namespace

absl::StatusOr<std::string> FingerprintKey(const std::string& file,
                                           absl::string_view cache) {
  if (file.empty() && cache.empty()) {
    return absl::InvalidArgumentError(
        "--key is missing: digests of this source are keyed");
  }
  const std::string path =
      file.empty() ? JoinPath(cache, "fingerprint.key") : UserPath(file);
  if (file.empty() && !Exists(path)) {
    CXR_RETURN_IF_ERROR(MakeKey(std::string(cache), path));
  }
  CXR_ASSIGN_OR_RETURN(std::string key, ReadFile(path));
  if (key.size() < kShortestKey) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": found a key of ", key.size(),
                     " bytes, expected at least ", kShortestKey));
  }
  return key;
}

}  // namespace cxr
