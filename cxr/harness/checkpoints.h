// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_CHECKPOINTS_H_
#define CXR_HARNESS_CHECKPOINTS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/stage_function.h"
#include "cxr/harness/store.h"
#include "cxr/spec/journal.pb.h"

// States of a stage that is not finished, from which a later attempt goes on.
// They lie in the attempt's folder, in checkpoints/N/ with N counting up; each
// appears by one rename.

namespace cxr {

struct Checkpoint {
  int attempt = 0;
  std::string folder = {};
  spec::CheckpointRecord manifest = {};
};

// The contents of one.
struct CheckpointContents {
  // Filled in: progress, the digest of the code, and the artifacts that the
  // attempt has written.
  spec::CheckpointRecord manifest = {};
  std::vector<ArtifactBytes> files = {};
  // So many of the newest stay, this one included; at least 1.
  int kept = 2;
};

// Adds one to the attempt of `lease` and deletes the oldest. The codes of
// base/file.
absl::Status SaveCheckpoint(const Store& store, const Lease& lease,
                            CheckpointContents contents);

// Deletes those of an attempt that has given its record.
absl::Status DeleteCheckpoints(const Store& store, const Lease& lease);

// The newest whole one of all attempts of a stage, artifacts included: later
// attempts before earlier ones. NotFound if there is none. Damaged ones are
// passed over.
absl::StatusOr<Checkpoint> FindCheckpoint(const Store& store,
                                          absl::string_view stage,
                                          absl::string_view id);

// The same by the manifests alone, without reading the files.
absl::StatusOr<Checkpoint> PeekCheckpoint(const Store& store,
                                          absl::string_view stage,
                                          absl::string_view id);

// Makes its artifacts those of the attempt of `lease` too.
absl::Status TakeArtifacts(const Store& store, const Checkpoint& checkpoint,
                           const Lease& lease);

// A file of it. DataLoss if it is not what was written.
absl::StatusOr<std::string> ReadCheckpointFile(const Checkpoint& checkpoint,
                                               absl::string_view name);

}  // namespace cxr

#endif  // CXR_HARNESS_CHECKPOINTS_H_
