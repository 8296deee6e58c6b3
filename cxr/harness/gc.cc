// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/gc.h"

#include <sys/stat.h>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/checkpoints.h"
#include "cxr/harness/process_name.h"
#include "cxr/harness/store_index.h"

namespace cxr {
namespace {

// A stage's folder in the store.
struct StageKey {
  std::string stage = {};
  std::string id = {};
};

std::vector<std::string> NamesIn(const std::string& folder) {
  absl::StatusOr<std::vector<std::string>> names = ListFolder(folder);
  return names.ok() ? *std::move(names) : std::vector<std::string>();
}

std::vector<StageKey> StagesOf(const Store& store) {
  std::vector<StageKey> stages;
  const std::string root = JoinPath(store.path(), "stages");
  for (const std::string& stage : NamesIn(root)) {
    for (const std::string& id : NamesIn(JoinPath(root, stage))) {
      stages.push_back({.stage = stage, .id = id});
    }
  }
  return stages;
}

int64_t BytesIn(const std::string& folder) {
  int64_t bytes = 0;
  const absl::StatusOr<std::vector<std::string>> files = ListFiles(folder);
  for (const std::string& file :
       files.ok() ? *files : std::vector<std::string>()) {
    struct stat info;
    if (lstat(JoinPath(folder, file).c_str(), &info) == 0) {
      bytes += info.st_size;
    }
  }
  return bytes;
}

// The attempts of a stage that go.
std::vector<int> GarbageOf(const Store& store, const StageKey& name) {
  const absl::StatusOr<spec::LeaseRecord> lease =
      store.FindLease(name.stage, name.id);
  if (!absl::IsNotFound(lease.status()) &&
      !(lease.ok() && LifeOf(lease->owner()) == Life::kDead)) {
    return {};
  }
  std::vector<int> attempts = store.Attempts(name.stage, name.id);
  const absl::StatusOr<int> completed =
      store.CompletedAttempt(name.stage, name.id);
  if (completed.ok()) {
    std::erase(attempts, *completed);
  } else if (!absl::IsNotFound(completed.status())) {
    return {};  // Which one counts cannot be told.
  } else {
    // The next attempt goes on from there.
    const absl::StatusOr<Checkpoint> checkpoint =
        FindCheckpoint(store, name.stage, name.id);
    std::erase(attempts, checkpoint.ok() ? checkpoint->attempt : 0);
  }
  // The emptied folder of the highest number stays: see DeleteOne.
  std::erase_if(attempts, [&](int attempt) {
    return NamesIn(store.AttemptFolder(name.stage, name.id, attempt)).empty();
  });
  return attempts;
}

// Moves the attempt aside while nobody can take the stage, and deletes it then,
// which may take long. No number is used twice, so that who held one never
// meets another who holds it: the highest stays as an empty folder.
absl::Status DeleteOne(const Store& store, const StageKey& name, int attempt) {
  const std::string folder = store.AttemptFolder(name.stage, name.id, attempt);
  const std::string aside = absl::StrCat(folder, ".trash");
  CXR_RETURN_IF_ERROR(RemoveAll(aside));
  {
    CXR_ASSIGN_OR_RETURN(const FileLock lock, store.Lock());
    const std::vector<int> garbage = GarbageOf(store, name);
    if (std::find(garbage.begin(), garbage.end(), attempt) == garbage.end()) {
      return absl::OkStatus();
    }
    const bool highest = store.Attempts(name.stage, name.id).back() == attempt;
    CXR_RETURN_IF_ERROR(Rename(folder, aside));
    CXR_RETURN_IF_ERROR(highest ? CreateDirectory(folder) : absl::OkStatus());
  }
  return RemoveAll(aside);
}

absl::Status CompleteIndex(const Store& store) {
  CXR_ASSIGN_OR_RETURN(const StoreIndex index, StoreIndex::Read(store.path()));
  std::string lines;
  for (const StageKey& name : StagesOf(store)) {
    const absl::StatusOr<int> completed =
        store.CompletedAttempt(name.stage, name.id);
    const IndexEntry* entry = index.Find(name.stage, name.id);
    if (!completed.ok() || (entry != nullptr && entry->attempt == *completed)) {
      continue;
    }
    const absl::StatusOr<spec::RunRecord> record =
        store.Find(name.stage, name.id);
    if (record.ok()) {
      absl::StrAppend(&lines, IndexLine(*record));
    }
  }
  return AppendToIndex(store.path(), lines);
}

}  // namespace

absl::StatusOr<Garbage> FindGarbage(const Store& store) {
  Garbage garbage;
  for (const StageKey& name : StagesOf(store)) {
    for (const int attempt : GarbageOf(store, name)) {
      const std::string folder =
          store.AttemptFolder(name.stage, name.id, attempt);
      garbage.attempts.push_back({name.stage, name.id, attempt});
      garbage.folders.push_back(folder);
      garbage.bytes += BytesIn(folder);
    }
  }
  return garbage;
}

absl::Status DeleteGarbage(const Store& store, const Garbage& garbage) {
  for (const auto& [stage, id, attempt] : garbage.attempts) {
    CXR_RETURN_IF_ERROR(DeleteOne(store, {.stage = stage, .id = id}, attempt));
  }
  return CompleteIndex(store);
}

}  // namespace cxr
