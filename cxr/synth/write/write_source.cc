// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/write/write_source.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/file_lock.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/synth/emit/plan_source.h"
#include "cxr/synth/emit/population.h"
#include "nlohmann/json.hpp"

namespace cxr::synth {
namespace {

constexpr absl::string_view kLock = "LOCK";

absl::StatusOr<std::string> Json(const SourceTruth& truth) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(truth, &json, options);
  CXR_CHECK(status.ok()) << "a truth holds nothing that JSON has not";
  // Protobuf writes maps in an order of its own; this sorts all keys.
  return absl::StrCat(nlohmann::json::parse(json).dump(), "\n");
}

// Whether the folder is there already, drawn by the same options. An error if
// it may not be replaced.
absl::StatusOr<bool> IsThere(absl::string_view folder, absl::string_view marker,
                             bool overwrite) {
  if (!Exists(folder)) {
    return false;
  }
  const absl::StatusOr<std::string> found =
      ReadFile(JoinPath(folder, kSyntheticMarker));
  if (!found.ok()) {
    return absl::AlreadyExistsError(absl::StrCat(
        folder, ": found a folder without the marker ", kSyntheticMarker,
        ", which may hold real images, expected none or a drawn one"));
  }
  if (*found == marker) {
    return true;
  }
  if (!overwrite) {
    return absl::AlreadyExistsError(
        absl::StrCat(folder, ": found a source drawn by other options (",
                     JoinPath(folder, kSyntheticMarker),
                     " says which); remove it or give --overwrite"));
  }
  return false;
}

// The folder in which a source grows, held by one process.
class GrowingFolder {
 public:
  static absl::StatusOr<GrowingFolder> Begin(const std::string& path) {
    CXR_RETURN_IF_ERROR(CreateDirectories(path));
    absl::StatusOr<FileLock> lock =
        FileLock::Acquire(JoinPath(path, kLock), absl::ZeroDuration());
    if (absl::IsUnavailable(lock.status())) {
      return absl::UnavailableError(
          absl::StrCat(path, ": another process is drawing this source"));
    }
    CXR_RETURN_IF_ERROR(lock.status());
    CXR_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                         ListFolder(path));
    for (const std::string& name : names) {
      if (name != kLock) {
        CXR_RETURN_IF_ERROR(RemoveAll(JoinPath(path, name)));
      }
    }
    return GrowingFolder(path, *std::move(lock));
  }

  const std::string& path() const { return path_; }

  absl::Status Become(absl::string_view folder) const {
    CXR_RETURN_IF_ERROR(RemoveAll(JoinPath(path_, kLock)));
    CXR_RETURN_IF_ERROR(RemoveAll(folder));
    return Rename(path_, folder);
  }

 private:
  GrowingFolder(std::string path, FileLock lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}

  std::string path_;
  FileLock lock_;
};

// Makes and writes all files; how many bytes they have.
absl::StatusOr<int64_t> WriteFiles(const std::vector<PlannedFile>& files,
                                   const std::string& folder,
                                   const WriteOptions& where) {
  std::set<std::string> folders;
  for (const PlannedFile& file : files) {
    const size_t slash = file.path.rfind('/');
    if (slash != std::string::npos) {
      folders.insert(file.path.substr(0, slash));
    }
  }
  for (const std::string& name : folders) {
    CXR_RETURN_IF_ERROR(CreateDirectories(JoinPath(folder, name)));
  }
  std::atomic<int64_t> bytes = 0;
  absl::Mutex mutex;
  int64_t done = 0;
  CXR_RETURN_IF_ERROR(ParallelFor(
      std::ssize(files), where.threads, [&](int64_t i) -> absl::Status {
        CXR_ASSIGN_OR_RETURN(const std::string contents, files[i].make());
        CXR_RETURN_IF_ERROR(
            WriteNewFile(JoinPath(folder, files[i].path), contents));
        bytes += std::ssize(contents);
        const absl::MutexLock lock(&mutex);
        ++done;
        return where.progress ? where.progress(done, std::ssize(files))
                              : absl::OkStatus();
      }));
  return bytes.load();
}

}  // namespace

std::string MarkerText(const SourceTruth& truth) {
  return absl::StrCat(
      truth.notice(), "\nsource: ", truth.source(), "\nseed: ", truth.seed(),
      "\npatients: ", truth.patients(), "\nscale: ", truth.scale(),
      "\ndifficulty: ", truth.difficulty(),
      "\ndefects: ", truth.defects() ? "yes" : "no",
      "\ngenerator version: ", truth.generator_version(), "\n");
}

absl::StatusOr<WrittenSource> WriteSource(spec::Source source,
                                          const SynthOptions& options,
                                          const WriteOptions& where) {
  const std::string name = SourceName(source);
  WrittenSource written{.folder = JoinPath(where.data_root, name)};
  const std::vector<spec::Source> drawn = DrawnSources();
  if (std::find(drawn.begin(), drawn.end(), source) == drawn.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat(name,
                     ": these are real images, which come with the "
                     "program and are not drawn"));
  }
  const std::string marker = MarkerText(TruthOf(name, options));
  CXR_ASSIGN_OR_RETURN(written.was_there,
                       IsThere(written.folder, marker, where.overwrite));
  if (written.was_there) {
    return written;
  }
  const std::optional<SourcePlan> plan = PlanSource(source, options);
  CXR_CHECK(plan.has_value()) << name;
  written.images = plan->truth.images_size();
  CXR_ASSIGN_OR_RETURN(
      const GrowingFolder growing,
      GrowingFolder::Begin(
          JoinPath(where.data_root, absl::StrCat(".", name, "-drawing"))));
  std::vector<PlannedFile> files = plan->files;
  files.push_back({.path = std::string(kTruthFile),
                   .make = [&plan] { return Json(plan->truth); }});
  files.push_back(TextFile(std::string(kSyntheticMarker), marker));
  written.files = std::ssize(files);
  absl::StatusOr<int64_t> bytes = WriteFiles(files, growing.path(), where);
  if (!bytes.ok()) {
    RemoveAll(growing.path()).IgnoreError();
    return bytes.status();
  }
  written.bytes = *bytes;
  CXR_RETURN_IF_ERROR(growing.Become(written.folder));
  return written;
}

}  // namespace cxr::synth
