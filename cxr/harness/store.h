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
#include "cxr/spec/run_record.pb.h"

// Records and artifacts of finished stages, on disk.
//
// A finished stage is the folder STORE/STAGE/ID/ with its artifacts,
// record.textproto and the marker `complete`, which holds the record's digest.
// The folder is filled under STORE/tmp/ and appears in its place by one rename
// after everything in it is on the disk: a reader sees all of it or none.
// Nothing is ever changed after that; a damaged folder is moved to
// STORE/damaged/ when its stage runs again. Several processes may share a
// store: of two that finish the same stage, the first wins. What a killed
// process left in STORE/tmp/ is deleted by the next one on the same machine.

namespace cxr {

// A file of a stage: its name and its contents.
struct ArtifactBytes {
  std::string name = {};
  std::string bytes = {};
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

  // The contents of an artifact of `record`; DataLoss if they are not what the
  // record says.
  absl::StatusOr<std::string> ReadArtifact(const spec::RunRecord& record,
                                           absl::string_view name) const;

  // Adds a finished stage; returns its record with record.artifacts filled in.
  // If the stage is there already and sound, it stays, and its record is
  // returned.
  absl::StatusOr<spec::RunRecord> Commit(
      spec::RunRecord record,
      const std::vector<ArtifactBytes>& artifacts) const;

  const std::string& path() const { return path_; }

 private:
  explicit Store(std::string path) : path_(std::move(path)) {}

  std::string FolderOf(absl::string_view stage, absl::string_view id) const;
  // A path below STORE/`kind`/ that no other process or call uses.
  std::string FreshPath(absl::string_view kind, absl::string_view id) const;
  // Moves the folder `filled` to its place.
  absl::StatusOr<spec::RunRecord> Publish(const std::string& filled,
                                          const spec::RunRecord& record) const;
  // Find, and every artifact read.
  absl::StatusOr<spec::RunRecord> FindSound(absl::string_view stage,
                                            absl::string_view id) const;
  void RemoveLeftovers() const;

  std::string path_;
};

}  // namespace cxr

#endif  // CXR_HARNESS_STORE_H_
