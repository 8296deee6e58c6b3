// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/checkpoints.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/run_record.pb.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr absl::string_view kManifest = "manifest.textproto";

std::string FolderOf(const std::string& attempt_folder) {
  return JoinPath(attempt_folder, "checkpoints");
}

// Numbers in a folder, the highest first.
std::vector<int> NewestFirst(std::vector<int> numbers) {
  std::reverse(numbers.begin(), numbers.end());
  return numbers;
}

// The bytes of a file that were written as `sha256` says, else DataLoss.
absl::StatusOr<std::string> ReadWhole(const std::string& path,
                                      absl::string_view sha256) {
  CXR_ASSIGN_OR_RETURN(std::string bytes, ReadFile(path));
  if (Sha256Hex(bytes) == sha256) return bytes;
  return absl::DataLossError(absl::StrCat(path, ": is not what was written"));
}

// The attempt's folder, in which the checkpoint `folder` is.
std::string AttemptOf(const std::string& folder) {
  return JoinPath(folder, "../..");
}

absl::StatusOr<Checkpoint> Read(const std::string& folder, bool whole) {
  CXR_ASSIGN_OR_RETURN(const std::string text,
                       ReadFile(JoinPath(folder, kManifest)));
  Checkpoint checkpoint{.folder = folder};
  if (!ReadTextproto(text, checkpoint.manifest)) {
    return absl::DataLossError(absl::StrCat(folder, ": has no manifest"));
  }
  if (whole) {
    for (const spec::CheckpointFile& file : checkpoint.manifest.files()) {
      CXR_RETURN_IF_ERROR(ReadCheckpointFile(checkpoint, file.name()).status());
    }
    for (const spec::Artifact& artifact : checkpoint.manifest.artifacts()) {
      CXR_RETURN_IF_ERROR(
          ReadWhole(JoinPath(AttemptOf(folder), artifact.name()),
                    artifact.sha256())
              .status());
    }
  }
  return checkpoint;
}

absl::StatusOr<Checkpoint> Newest(const Store& store, absl::string_view stage,
                                  absl::string_view id, bool whole) {
  for (const int attempt : NewestFirst(store.Attempts(stage, id))) {
    const std::string folder =
        FolderOf(store.AttemptFolder(stage, id, attempt));
    for (const int number : NewestFirst(NumbersIn(folder))) {
      absl::StatusOr<Checkpoint> checkpoint =
          Read(absl::StrCat(folder, "/", number), whole);
      if (checkpoint.ok()) {
        checkpoint->attempt = attempt;
        return checkpoint;
      }
    }
  }
  return absl::NotFoundError(
      absl::StrCat(store.StageFolder(stage, id), ": has no checkpoint"));
}

}  // namespace

absl::Status SaveCheckpoint(const Store& store, const Lease& lease,
                            CheckpointContents contents) {
  CXR_CHECK(contents.kept >= 1) << contents.kept << " checkpoints";
  const std::string folder = FolderOf(store.AttemptFolder(lease));
  CXR_RETURN_IF_ERROR(CreateDirectories(folder));
  CXR_RETURN_IF_ERROR(SyncDirectory(store.AttemptFolder(lease)));
  const std::vector<int> older = NewestFirst(NumbersIn(folder));
  const std::string target =
      absl::StrCat(folder, "/", older.empty() ? 1 : older.front() + 1);
  const std::string filled = absl::StrCat(target, ".tmp");
  // What an earlier try left, if the disk was full then.
  CXR_RETURN_IF_ERROR(RemoveAll(filled));
  CXR_RETURN_IF_ERROR(CreateDirectory(filled));
  for (const ArtifactBytes& file : contents.files) {
    CXR_RETURN_IF_ERROR(WriteNewFile(JoinPath(filled, file.name), file.bytes));
    spec::CheckpointFile& entry = *contents.manifest.add_files();
    entry.set_name(file.name);
    entry.set_sha256(Sha256Hex(file.bytes));
  }
  CXR_RETURN_IF_ERROR(WriteNewFile(JoinPath(filled, kManifest),
                                   ToTextproto(contents.manifest)));
  CXR_RETURN_IF_ERROR(SyncDirectory(filled));
  CXR_RETURN_IF_ERROR(Rename(filled, target));
  for (size_t i = static_cast<size_t>(contents.kept) - 1; i < older.size();
       ++i) {
    CXR_RETURN_IF_ERROR(RemoveAll(absl::StrCat(folder, "/", older[i])));
  }
  return absl::OkStatus();
}

absl::Status DeleteCheckpoints(const Store& store, const Lease& lease) {
  return RemoveAll(FolderOf(store.AttemptFolder(lease)));
}

absl::StatusOr<Checkpoint> FindCheckpoint(const Store& store,
                                          absl::string_view stage,
                                          absl::string_view id) {
  return Newest(store, stage, id, /*whole=*/true);
}

absl::StatusOr<Checkpoint> PeekCheckpoint(const Store& store,
                                          absl::string_view stage,
                                          absl::string_view id) {
  return Newest(store, stage, id, /*whole=*/false);
}

absl::Status TakeArtifacts(const Store& store, const Checkpoint& checkpoint,
                           const Lease& lease) {
  for (const spec::Artifact& artifact : checkpoint.manifest.artifacts()) {
    CXR_RETURN_IF_ERROR(
        LinkOrCopy(JoinPath(AttemptOf(checkpoint.folder), artifact.name()),
                   JoinPath(store.AttemptFolder(lease), artifact.name())));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadCheckpointFile(const Checkpoint& checkpoint,
                                               absl::string_view name) {
  for (const spec::CheckpointFile& file : checkpoint.manifest.files()) {
    if (file.name() == name) {
      return ReadWhole(JoinPath(checkpoint.folder, name), file.sha256());
    }
  }
  return absl::DataLossError(
      absl::StrCat(checkpoint.folder, ": has no file ", name));
}

}  // namespace cxr
