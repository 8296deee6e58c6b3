// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_STORE_H_
#define CXR_HARNESS_STORE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/base/file_lock.h"
#include "cxr/harness/stage_function.h"
#include "cxr/spec/journal.pb.h"
#include "cxr/spec/run_record.pb.h"

// Records and artifacts of stages, on disk, for many processes at once.
//
//   STORE/stages/STAGE/ID/       a stage
//     N/                         its attempt N, counted from 1
//       record.textproto, ...    what it gave, or failure.textproto
//       log                      what its process wrote on its outputs
//       checkpoints/             states to go on from (checkpoints.h)
//     lease                      who works on it (lease.h)
//     complete                   "N DIGEST": the attempt that counts and the
//                                SHA-256 of its record
//   STORE/index                  store_index.h
//   STORE/runs/                  journal.h
//   STORE/lock                   held for moments, never while a stage runs
//
// Attempts are only added. An attempt fills a folder of its own, which nobody
// reads until `complete` names it; that happens by one rename after all of it
// is on the disk. So a reader sees all of a stage or none, whenever a process
// is killed or the disk is full. A process whose lease was taken over, because
// it seemed dead, cannot complete anything any more.

namespace cxr {

// The right to work on a stage: the number of its attempt, which is higher than
// that of every earlier one.
struct Lease {
  std::string stage = {};
  std::string id = {};
  int token = 0;
  // The record it is to replace: its attempt; 0 if there is none.
  int replaces = 0;
};

class Store {
 public:
  // Creates the folder if need be. PermissionDenied or ResourceExhausted if
  // that is not possible.
  static absl::StatusOr<Store> Open(absl::string_view path);

  // A store that is only looked at; it need not exist.
  static Store OpenToRead(absl::string_view path);

  // The record of a finished stage. NotFound if there is none; DataLoss, with
  // the reason, if what is there is damaged, as far as sizes show it: contents
  // are checked when they are read. Other errors if it cannot be read.
  absl::StatusOr<spec::RunRecord> Find(absl::string_view stage,
                                       absl::string_view id) const;

  // Whether a record says it is there, sound or not.
  bool Has(absl::string_view stage, absl::string_view id) const;

  // The contents of an artifact of `record`; DataLoss if they are not what the
  // record says, NotFound if it names none such.
  absl::StatusOr<std::string> ReadArtifact(const spec::RunRecord& record,
                                           absl::string_view name) const;

  // How a stage is to be taken.
  struct AcquireOptions {
    // The attempt whose record is to be replaced: damaged, or made by other
    // code. 0 if there should be none.
    int replaces = 0;
    // A lease that was seen and whose owner is gone; none if null. If the stage
    // has exactly this lease still, it is taken over.
    const spec::LeaseRecord* gone = nullptr;
  };

  // Takes the right to work on a stage and makes the folder of its attempt.
  // AlreadyExists if a sound record is there that is not to be replaced;
  // Unavailable if somebody else works on it and is not known to be dead.
  absl::StatusOr<Lease> Acquire(absl::string_view stage, absl::string_view id,
                                const AcquireOptions& options) const;

  // Tells others that the owner lives, and how far it is. Aborted if the lease
  // was taken over.
  absl::Status Renew(const Lease& lease, double progress) const;

  // Writes an artifact of the attempt before its record is there, and tells
  // what the record is to say of it. AlreadyExists if the attempt has one of
  // that name.
  absl::StatusOr<spec::Artifact> WriteArtifact(
      const Lease& lease, const ArtifactBytes& artifact) const;

  // Completes the stage; returns its record with artifacts, beside those it
  // names already, and attempt filled in, and ends the lease. If another
  // process completed it meanwhile, its record is returned instead. Aborted if
  // the lease was taken over. After another error the lease stands.
  absl::StatusOr<spec::RunRecord> Commit(
      const Lease& lease, spec::RunRecord record,
      const std::vector<ArtifactBytes>& artifacts) const;

  // The same with the artifacts of another record, which stays as it is.
  absl::StatusOr<spec::RunRecord> CommitCopy(const Lease& lease,
                                             spec::RunRecord record,
                                             const spec::RunRecord& from) const;

  // Writes down why an attempt gave nothing, and ends the lease.
  absl::Status Abandon(const Lease& lease,
                       const spec::FailureRecord& failure) const;

  // Why an attempt failed; NotFound if it did not say.
  absl::StatusOr<spec::FailureRecord> FailureOf(const Lease& lease) const;

  // The lease of a stage, NotFound if nobody works on it.
  absl::StatusOr<spec::LeaseRecord> FindLease(absl::string_view stage,
                                              absl::string_view id) const;

  // The attempt that completed a stage. NotFound if none did, DataLoss if that
  // cannot be told.
  absl::StatusOr<int> CompletedAttempt(absl::string_view stage,
                                       absl::string_view id) const;

  // Keeps other processes from taking and completing stages. For moments.
  absl::StatusOr<FileLock> Lock() const;

  // Numbers of the attempts of a stage, ascending.
  std::vector<int> Attempts(absl::string_view stage,
                            absl::string_view id) const;

  // Folder of a stage, of an attempt of it.
  std::string StageFolder(absl::string_view stage, absl::string_view id) const;
  std::string AttemptFolder(absl::string_view stage, absl::string_view id,
                            int attempt) const;
  std::string AttemptFolder(const Lease& lease) const {
    return AttemptFolder(lease.stage, lease.id, lease.token);
  }

  const std::string& path() const { return path_; }

 private:
  explicit Store(std::string path) : path_(std::move(path)) {}

  // Under the lock: OK if the lease is still the stage's.
  absl::Status CheckLease(const Lease& lease) const;
  absl::Status EndLease(const Lease& lease) const;
  // OK if a sound record is there that is not to be replaced.
  absl::Status CheckFree(absl::string_view stage, absl::string_view id,
                         int replaces) const;
  absl::StatusOr<spec::RunRecord> Publish(const Lease& lease,
                                          spec::RunRecord record) const;
  // Find, and every artifact read.
  absl::StatusOr<spec::RunRecord> FindSound(absl::string_view stage,
                                            absl::string_view id) const;

  std::string path_;
};

}  // namespace cxr

#endif  // CXR_HARNESS_STORE_H_
