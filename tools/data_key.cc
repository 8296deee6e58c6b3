// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/data_key.h"

#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/file_digest.h"
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
    return ErrnoStatus(errno, "cannot draw", "random bytes");
  }
  return bytes;
}

// The key appears whole, and of several processes the first one's is that of
// all.
absl::Status MakeKey(const std::string& folder, const std::string& path) {
  CXR_RETURN_IF_ERROR(CreateDirectories(folder));
  CXR_ASSIGN_OR_RETURN(const std::string bytes, RandomBytes(kNewKey));
  const std::string unfinished = absl::StrCat(path, ".", getpid());
  CXR_RETURN_IF_ERROR(RemoveAll(unfinished));
  const mode_t before = umask(0077);
  absl::Status made = WriteNewFile(unfinished, bytes);
  umask(before);
  if (made.ok() && link(unfinished.c_str(), path.c_str()) != 0 &&
      errno != EEXIST) {
    made = ErrnoStatus(errno, "cannot create", path);
  }
  RemoveAll(unfinished).IgnoreError();
  return made;
}

}  // namespace

absl::StatusOr<std::string> FingerprintKey(const std::string& file,
                                           absl::string_view folder) {
  if (file.empty() && folder.empty()) {
    return absl::InvalidArgumentError(
        "--key is missing: digests of this source are keyed");
  }
  const std::string path =
      file.empty() ? JoinPath(folder, "fingerprint.key") : UserPath(file);
  if (file.empty() && !Exists(path)) {
    CXR_RETURN_IF_ERROR(MakeKey(std::string(folder), path));
  }
  CXR_ASSIGN_OR_RETURN(std::string key, ReadFile(path));
  if (key.size() < kShortestKey) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": found a key of ", key.size(),
                     " bytes, expected at least ", kShortestKey));
  }
  return key;
}

std::string KeyId(absl::string_view key) {
  constexpr size_t kDigits = 12;
  return HmacSha256Hex(key, "key id").substr(0, kDigits);
}

std::string KeyFolder() {
  const std::string configuration = Environment("XDG_CONFIG_HOME");
  if (!configuration.empty()) {
    return JoinPath(configuration, "cxr");
  }
  const std::string home = Environment("HOME");
  return home.empty() ? "" : JoinPath(home, ".config/cxr");
}

}  // namespace cxr
