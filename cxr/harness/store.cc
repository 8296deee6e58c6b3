// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/file_lock.h"
#include "cxr/base/status_macros.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr absl::string_view kRecordFile = "record.textproto";
constexpr absl::string_view kMarkerFile = "complete";
// Between the parts of a temporary name; in no host's name.
constexpr absl::string_view kSeparator = "@";

std::string HostName() {
  char name[256] = "";
  gethostname(name, sizeof(name) - 1);
  return name;
}

absl::Status Damaged(absl::string_view folder, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(folder, ": ", what));
}

// A file that its folder's marker promises: its absence is damage.
absl::StatusOr<std::string> ReadPromised(absl::string_view folder,
                                         absl::string_view name) {
  absl::StatusOr<std::string> bytes = ReadFile(JoinPath(folder, name));
  if (absl::IsNotFound(bytes.status())) {
    return Damaged(folder, absl::StrCat(name, " is missing"));
  }
  return bytes;
}

absl::Status CheckSizes(absl::string_view folder,
                        const spec::RunRecord& record) {
  for (const spec::Artifact& artifact : record.artifacts()) {
    struct stat info;
    const std::string path = JoinPath(folder, artifact.name());
    if (stat(path.c_str(), &info) != 0) {
      return Damaged(folder, absl::StrCat(artifact.name(), " is missing"));
    }
    if (info.st_size != artifact.bytes()) {
      return Damaged(folder,
                     absl::StrCat(artifact.name(), " has ", info.st_size,
                                  " bytes, expected ", artifact.bytes()));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Store> Store::Open(absl::string_view path) {
  CXR_RETURN_IF_ERROR(CreateDirectories(path));
  Store store{std::string(path)};
  store.RemoveLeftovers();
  return store;
}

Store Store::OpenToRead(absl::string_view path) {
  return Store(std::string(path));
}

std::string Store::FolderOf(absl::string_view stage,
                            absl::string_view id) const {
  return JoinPath(path_, absl::StrCat(stage, "/", id));
}

std::string Store::FreshPath(absl::string_view kind,
                             absl::string_view id) const {
  static std::atomic<int64_t> counter = 0;
  return JoinPath(
      path_, absl::StrCat(kind, "/", id, kSeparator, HostName(), kSeparator,
                          getpid(), kSeparator, absl::ToUnixNanos(absl::Now()),
                          kSeparator, counter.fetch_add(1)));
}

void Store::RemoveLeftovers() const {
  const std::string folder = JoinPath(path_, "tmp");
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(
           folder, std::filesystem::directory_options::skip_permission_denied,
           ignored)) {
    const std::string name = entry.path().filename().string();
    const std::vector<std::string> parts = absl::StrSplit(name, kSeparator);
    int pid = 0;
    // Another machine's processes cannot be asked.
    if (parts.size() == 5 && parts[1] == HostName() &&
        absl::SimpleAtoi(parts[2], &pid) && pid > 0 && kill(pid, 0) != 0 &&
        errno == ESRCH) {
      RemoveAll(entry.path().string()).IgnoreError();
    }
  }
}

absl::StatusOr<spec::RunRecord> Store::Find(absl::string_view stage,
                                            absl::string_view id) const {
  const std::string folder = FolderOf(stage, id);
  if (!Exists(folder)) {
    return absl::NotFoundError(absl::StrCat(folder, ": no such record"));
  }
  CXR_ASSIGN_OR_RETURN(const std::string marker,
                       ReadPromised(folder, kMarkerFile));
  CXR_ASSIGN_OR_RETURN(const std::string text,
                       ReadPromised(folder, kRecordFile));
  if (absl::StripSuffix(marker, "\n") != Sha256Hex(text)) {
    return Damaged(folder, "the record is not the one that was completed");
  }
  spec::RunRecord record;
  if (!ReadTextproto(text, record) || record.id() != id) {
    return Damaged(folder, "the record is not that of this stage");
  }
  CXR_RETURN_IF_ERROR(CheckSizes(folder, record));
  return record;
}

absl::StatusOr<std::string> Store::ReadArtifact(const spec::RunRecord& record,
                                                absl::string_view name) const {
  const std::string folder = FolderOf(record.stage(), record.id());
  for (const spec::Artifact& artifact : record.artifacts()) {
    if (artifact.name() == name) {
      CXR_ASSIGN_OR_RETURN(std::string bytes, ReadPromised(folder, name));
      if (Sha256Hex(bytes) != artifact.sha256()) {
        return Damaged(folder, absl::StrCat(name, " is not what was written"));
      }
      return bytes;
    }
  }
  return Damaged(folder, absl::StrCat("has no artifact ", name));
}

absl::StatusOr<spec::RunRecord> Store::Commit(
    spec::RunRecord record, const std::vector<ArtifactBytes>& artifacts) const {
  const std::string filled = FreshPath("tmp", record.id());
  const absl::Cleanup cleaner = [&filled] {
    RemoveAll(filled).IgnoreError();  // What is left only takes room.
  };
  CXR_RETURN_IF_ERROR(CreateDirectories(filled));
  for (const ArtifactBytes& artifact : artifacts) {
    CXR_RETURN_IF_ERROR(
        WriteNewFile(JoinPath(filled, artifact.name), artifact.bytes));
    spec::Artifact& entry = *record.add_artifacts();
    entry.set_name(artifact.name);
    entry.set_bytes(static_cast<int64_t>(artifact.bytes.size()));
    entry.set_sha256(Sha256Hex(artifact.bytes));
  }
  const std::string text = ToTextproto(record);
  CXR_RETURN_IF_ERROR(WriteNewFile(JoinPath(filled, kRecordFile), text));
  CXR_RETURN_IF_ERROR(WriteNewFile(JoinPath(filled, kMarkerFile),
                                   absl::StrCat(Sha256Hex(text), "\n")));
  CXR_RETURN_IF_ERROR(SyncDirectory(filled));
  return Publish(filled, record);
}

absl::StatusOr<spec::RunRecord> Store::FindSound(absl::string_view stage,
                                                 absl::string_view id) const {
  CXR_ASSIGN_OR_RETURN(spec::RunRecord record, Find(stage, id));
  for (const spec::Artifact& artifact : record.artifacts()) {
    CXR_RETURN_IF_ERROR(ReadArtifact(record, artifact.name()).status());
  }
  return record;
}

absl::StatusOr<spec::RunRecord> Store::Publish(
    const std::string& filled, const spec::RunRecord& record) const {
  const std::string folder = FolderOf(record.stage(), record.id());
  CXR_RETURN_IF_ERROR(CreateDirectories(JoinPath(path_, record.stage())));
  // One process at a time looks at what is there and replaces it, or two that
  // repair the same stage would move each other's work away.
  CXR_ASSIGN_OR_RETURN(const FileLock lock,
                       FileLock::Acquire(JoinPath(path_, "lock")));
  absl::StatusOr<spec::RunRecord> there =
      FindSound(record.stage(), record.id());
  if (there.ok()) {
    return there;  // Another process was first.
  }
  if (!absl::IsNotFound(there.status())) {
    CXR_RETURN_IF_ERROR(CreateDirectories(JoinPath(path_, "damaged")));
    CXR_RETURN_IF_ERROR(Rename(folder, FreshPath("damaged", record.id())));
  }
  CXR_RETURN_IF_ERROR(Rename(filled, folder));
  return record;
}

}  // namespace cxr
