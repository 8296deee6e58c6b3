// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/textproto.h"

namespace cxr {
namespace {

constexpr absl::string_view kRecordFile = "record.textproto";
constexpr absl::string_view kMarkerFile = "complete";

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
  return Store(std::string(path));
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
  return JoinPath(path_, absl::StrCat(kind, "/", id, ".", getpid(), ".",
                                      absl::ToUnixNanos(absl::Now()), ".",
                                      counter.fetch_add(1)));
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
  if (!ParseTextproto(text, record).issues.empty() || record.id() != id) {
    return Damaged(folder, "the record cannot be read by this version");
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

absl::Status Store::Commit(spec::RunRecord record,
                           const std::vector<ArtifactBytes>& artifacts) const {
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

absl::Status Store::Publish(const std::string& filled,
                            const spec::RunRecord& record) const {
  const std::string folder = FolderOf(record.stage(), record.id());
  CXR_RETURN_IF_ERROR(CreateDirectories(JoinPath(path_, record.stage())));
  const absl::Status renamed = Rename(filled, folder);
  if (!absl::IsAlreadyExists(renamed)) {
    return renamed;
  }
  if (Find(record.stage(), record.id()).ok()) {
    return absl::OkStatus();  // Another process was first.
  }
  CXR_RETURN_IF_ERROR(CreateDirectories(JoinPath(path_, "damaged")));
  CXR_RETURN_IF_ERROR(Rename(folder, FreshPath("damaged", record.id())));
  return Rename(filled, folder);
}

}  // namespace cxr
