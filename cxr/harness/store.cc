// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/store.h"

#include <sys/stat.h>

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/process_name.h"
#include "cxr/harness/store_index.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr absl::string_view kRecordFile = "record.textproto";
constexpr absl::string_view kFailureFile = "failure.textproto";
constexpr absl::string_view kMarkerFile = "complete";
constexpr absl::string_view kLeaseFile = "lease";

// The lock is held for a few small writes. Who holds it longer hangs.
constexpr absl::Duration kLockPatience = absl::Minutes(2);

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

// What `complete` holds.
struct Marker {
  int attempt = 0;
  std::string digest = {};
};

std::string ToText(const Marker& marker) {
  return absl::StrCat(marker.attempt, " ", marker.digest, "\n");
}

// NotFound if there is none, DataLoss if it is none.
absl::StatusOr<Marker> ReadMarker(const std::string& folder) {
  CXR_ASSIGN_OR_RETURN(const std::string text,
                       ReadFile(JoinPath(folder, kMarkerFile)));
  const std::vector<std::string> words =
      absl::StrSplit(text, absl::ByAnyChar(" \n"));
  Marker marker;
  if (words.size() != 3 || !absl::SimpleAtoi(words[0], &marker.attempt)) {
    return Damaged(folder, "complete names no attempt");
  }
  marker.digest = words[1];
  return marker;
}

// Who reads a lease runs now: it need not outlast a power cut.
absl::Status WriteLease(const std::string& folder,
                        const spec::LeaseRecord& lease) {
  return ReplaceFile(JoinPath(folder, kLeaseFile), ToTextproto(lease));
}

}  // namespace

absl::StatusOr<Store> Store::Open(absl::string_view path) {
  CXR_RETURN_IF_ERROR(CreateDirectories(JoinPath(path, "stages")));
  return Store(std::string(path));
}

Store Store::OpenToRead(absl::string_view path) {
  return Store(std::string(path));
}

std::string Store::StageFolder(absl::string_view stage,
                               absl::string_view id) const {
  return JoinPath(path_, absl::StrCat("stages/", stage, "/", id));
}

std::string Store::AttemptFolder(absl::string_view stage, absl::string_view id,
                                 int attempt) const {
  return absl::StrCat(StageFolder(stage, id), "/", attempt);
}

absl::StatusOr<FileLock> Store::Lock() const {
  return FileLock::Acquire(JoinPath(path_, "lock"), kLockPatience);
}

absl::StatusOr<int> Store::CompletedAttempt(absl::string_view stage,
                                            absl::string_view id) const {
  CXR_ASSIGN_OR_RETURN(const Marker marker, ReadMarker(StageFolder(stage, id)));
  return marker.attempt;
}

bool Store::Has(absl::string_view stage, absl::string_view id) const {
  return Exists(JoinPath(StageFolder(stage, id), kMarkerFile));
}

absl::StatusOr<spec::RunRecord> Store::Find(absl::string_view stage,
                                            absl::string_view id) const {
  CXR_ASSIGN_OR_RETURN(const Marker marker, ReadMarker(StageFolder(stage, id)));
  const std::string folder = AttemptFolder(stage, id, marker.attempt);
  CXR_ASSIGN_OR_RETURN(const std::string text,
                       ReadPromised(folder, kRecordFile));
  if (marker.digest != Sha256Hex(text)) {
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
  const std::string folder =
      AttemptFolder(record.stage(), record.id(), record.attempt());
  for (const spec::Artifact& artifact : record.artifacts()) {
    if (artifact.name() == name) {
      CXR_ASSIGN_OR_RETURN(std::string bytes, ReadPromised(folder, name));
      if (Sha256Hex(bytes) != artifact.sha256()) {
        return Damaged(folder, absl::StrCat(name, " is not what was written"));
      }
      return bytes;
    }
  }
  // Nothing is damaged: who wrote the record never promised it.
  return absl::NotFoundError(absl::StrCat(folder, ": has no artifact ", name));
}

std::vector<int> Store::Attempts(absl::string_view stage,
                                 absl::string_view id) const {
  return NumbersIn(StageFolder(stage, id));
}

absl::StatusOr<spec::LeaseRecord> Store::FindLease(absl::string_view stage,
                                                   absl::string_view id) const {
  const std::string path = JoinPath(StageFolder(stage, id), kLeaseFile);
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  spec::LeaseRecord lease;
  // What cannot be read has no owner whom it could wait for.
  if (!ReadTextproto(text, lease) || lease.token() == 0) {
    return absl::NotFoundError(absl::StrCat(path, ": is no lease"));
  }
  return lease;
}

absl::Status Store::CheckFree(absl::string_view stage, absl::string_view id,
                              int replaces) const {
  const absl::StatusOr<Marker> marker = ReadMarker(StageFolder(stage, id));
  if (!marker.ok() || marker->attempt == replaces) {
    return absl::IsNotFound(marker.status()) ||
                   absl::IsDataLoss(marker.status()) || marker.ok()
               ? absl::OkStatus()
               : marker.status();
  }
  const absl::Status sound = FindSound(stage, id).status();
  return sound.ok() ? absl::AlreadyExistsError(
                          absl::StrCat(StageFolder(stage, id), ": is complete"))
                    : absl::OkStatus();
}

absl::StatusOr<Lease> Store::Acquire(absl::string_view stage,
                                     absl::string_view id,
                                     const AcquireOptions& options) const {
  const std::string folder = StageFolder(stage, id);
  CXR_RETURN_IF_ERROR(CreateDirectories(folder));
  CXR_ASSIGN_OR_RETURN(const FileLock lock, Lock());
  CXR_RETURN_IF_ERROR(CheckFree(stage, id, options.replaces));
  const absl::StatusOr<spec::LeaseRecord> held = FindLease(stage, id);
  if (!held.ok() && !absl::IsNotFound(held.status())) {
    return held.status();
  }
  const bool seen_gone = held.ok() && options.gone != nullptr &&
                         options.gone->token() == held->token() &&
                         options.gone->beat() == held->beat();
  if (held.ok() && !seen_gone && LifeOf(held->owner()) != Life::kDead) {
    return absl::UnavailableError(
        absl::StrCat(folder, ": ", ToString(held->owner()), " works on it"));
  }
  const std::vector<int> attempts = Attempts(stage, id);
  Lease lease{.stage = std::string(stage),
              .id = std::string(id),
              .token = std::max(attempts.empty() ? 0 : attempts.back(),
                                held.ok() ? held->token() : 0) +
                       1,
              .replaces = options.replaces};
  CXR_RETURN_IF_ERROR(CreateDirectory(AttemptFolder(lease)));
  spec::LeaseRecord record;
  record.set_token(lease.token);
  *record.mutable_owner() = ThisProcess();
  record.set_beat(0);
  record.set_progress(0);
  record.set_begun_unix_seconds(absl::ToUnixSeconds(absl::Now()));
  CXR_RETURN_IF_ERROR(WriteLease(folder, record));
  return lease;
}

absl::Status Store::CheckLease(const Lease& lease) const {
  const absl::StatusOr<spec::LeaseRecord> held =
      FindLease(lease.stage, lease.id);
  if (!held.ok() && !absl::IsNotFound(held.status())) {
    return held.status();
  }
  return held.ok() && held->token() == lease.token
             ? absl::OkStatus()
             : absl::AbortedError(
                   absl::StrCat(AttemptFolder(lease),
                                ": was taken over by another process"));
}

absl::Status Store::Renew(const Lease& lease, double progress) const {
  CXR_ASSIGN_OR_RETURN(const FileLock lock, Lock());
  CXR_RETURN_IF_ERROR(CheckLease(lease));
  CXR_ASSIGN_OR_RETURN(spec::LeaseRecord record,
                       FindLease(lease.stage, lease.id));
  record.set_beat(record.beat() + 1);
  record.set_progress(progress);
  return WriteLease(StageFolder(lease.stage, lease.id), record);
}

absl::Status Store::EndLease(const Lease& lease) const {
  return RemoveAll(JoinPath(StageFolder(lease.stage, lease.id), kLeaseFile));
}

absl::StatusOr<spec::Artifact> Store::WriteArtifact(
    const Lease& lease, const ArtifactBytes& artifact) const {
  CXR_RETURN_IF_ERROR(WriteNewFile(
      JoinPath(AttemptFolder(lease), artifact.name), artifact.bytes));
  spec::Artifact entry;
  entry.set_name(artifact.name);
  entry.set_bytes(static_cast<int64_t>(artifact.bytes.size()));
  entry.set_sha256(Sha256Hex(artifact.bytes));
  return entry;
}

absl::StatusOr<spec::RunRecord> Store::Commit(
    const Lease& lease, spec::RunRecord record,
    const std::vector<ArtifactBytes>& artifacts) const {
  for (const ArtifactBytes& artifact : artifacts) {
    CXR_ASSIGN_OR_RETURN(*record.add_artifacts(),
                         WriteArtifact(lease, artifact));
  }
  return Publish(lease, std::move(record));
}

absl::StatusOr<spec::RunRecord> Store::CommitCopy(
    const Lease& lease, spec::RunRecord record,
    const spec::RunRecord& from) const {
  const std::string old_folder =
      AttemptFolder(from.stage(), from.id(), from.attempt());
  for (const spec::Artifact& artifact : from.artifacts()) {
    CXR_RETURN_IF_ERROR(
        LinkOrCopy(JoinPath(old_folder, artifact.name()),
                   JoinPath(AttemptFolder(lease), artifact.name())));
    *record.add_artifacts() = artifact;
  }
  return Publish(lease, std::move(record));
}

absl::StatusOr<spec::RunRecord> Store::Publish(const Lease& lease,
                                               spec::RunRecord record) const {
  record.set_attempt(lease.token);
  const std::string text = ToTextproto(record);
  const std::string folder = AttemptFolder(lease);
  CXR_RETURN_IF_ERROR(WriteNewFile(JoinPath(folder, kRecordFile), text));
  CXR_RETURN_IF_ERROR(SyncDirectory(folder));
  CXR_RETURN_IF_ERROR(
      SyncDirectory(JoinPath(path_, absl::StrCat("stages/", lease.stage))));
  CXR_ASSIGN_OR_RETURN(const FileLock lock, Lock());
  CXR_RETURN_IF_ERROR(CheckLease(lease));
  const absl::Status free = CheckFree(lease.stage, lease.id, lease.replaces);
  if (absl::IsAlreadyExists(free)) {
    CXR_RETURN_IF_ERROR(EndLease(lease));
    return FindSound(lease.stage, lease.id);
  }
  CXR_RETURN_IF_ERROR(free);
  CXR_RETURN_IF_ERROR(WriteFileAtomically(
      JoinPath(StageFolder(lease.stage, lease.id), kMarkerFile),
      ToText({.attempt = lease.token, .digest = Sha256Hex(text)})));
  // The stage is complete. A line that does not fit, or a lease that stays,
  // does no harm to it.
  AppendToIndex(path_, IndexLine(record)).IgnoreError();
  EndLease(lease).IgnoreError();
  return record;
}

absl::StatusOr<spec::RunRecord> Store::FindSound(absl::string_view stage,
                                                 absl::string_view id) const {
  CXR_ASSIGN_OR_RETURN(spec::RunRecord record, Find(stage, id));
  for (const spec::Artifact& artifact : record.artifacts()) {
    CXR_RETURN_IF_ERROR(ReadArtifact(record, artifact.name()).status());
  }
  return record;
}

absl::Status Store::Abandon(const Lease& lease,
                            const spec::FailureRecord& failure) const {
  // Who has lost the lease may still say what became of the attempt.
  CXR_RETURN_IF_ERROR(WriteFileAtomically(
      JoinPath(AttemptFolder(lease), kFailureFile), ToTextproto(failure)));
  CXR_ASSIGN_OR_RETURN(const FileLock lock, Lock());
  const absl::Status held = CheckLease(lease);
  return absl::IsAborted(held) ? absl::OkStatus() : EndLease(lease);
}

absl::StatusOr<spec::FailureRecord> Store::FailureOf(const Lease& lease) const {
  const std::string path = JoinPath(AttemptFolder(lease), kFailureFile);
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  spec::FailureRecord failure;
  return ReadTextproto(text, failure)
             ? absl::StatusOr<spec::FailureRecord>(std::move(failure))
             : absl::DataLossError(absl::StrCat(path, ": is no failure"));
}

}  // namespace cxr
