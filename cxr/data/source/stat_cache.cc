// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/stat_cache.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/file_digest.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr int64_t kYoungSeconds = 2;
constexpr char kHeader[] = "file,stamp,sha256\n";

struct Stamp {
  std::string text;
  int64_t changed_seconds = 0;
};

absl::StatusOr<Stamp> StampOf(absl::string_view path) {
  struct stat facts = {};
  if (stat(std::string(path).c_str(), &facts) != 0) {
    return ErrnoStatus(errno, "cannot open", path);
  }
  return Stamp{
      .text = absl::StrCat(facts.st_size, " ", facts.st_mtim.tv_sec, ".",
                           facts.st_mtim.tv_nsec, " ", facts.st_ctim.tv_sec,
                           ".", facts.st_ctim.tv_nsec, " ", facts.st_ino),
      .changed_seconds =
          std::max<int64_t>(facts.st_mtim.tv_sec, facts.st_ctim.tv_sec)};
}

}  // namespace

StatCache::Entries StatCache::ReadEntries(const std::string& path) {
  Entries entries;
  const absl::StatusOr<CsvTable> table = CsvTable::Load(path);
  if (!table.ok() || table->header().size() != 3) {
    return entries;
  }
  for (const CsvTable::Row& row : table->rows()) {
    entries[row.cells[0]] = {.stamp = row.cells[1], .digest = row.cells[2]};
  }
  return entries;
}

StatCache::StatCache(absl::string_view path) : path_(path) {
  if (!path_.empty()) {
    const absl::MutexLock lock(&mutex_);
    known_ = ReadEntries(path_);
  }
}

absl::StatusOr<std::string> StatCache::Sha256Of(absl::string_view path) {
  const std::string file = Canonical(path);
  CXR_ASSIGN_OR_RETURN(const Stamp stamp, StampOf(path));
  {
    const absl::MutexLock lock(&mutex_);
    const auto known = known_.find(file);
    if (known != known_.end() && known->second.stamp == stamp.text) {
      return known->second.digest;
    }
  }
  CXR_ASSIGN_OR_RETURN(std::string digest, Sha256OfFile(path));
  CXR_ASSIGN_OR_RETURN(const Stamp after, StampOf(path));
  const bool settled = after.text == stamp.text &&
                       time(nullptr) - stamp.changed_seconds > kYoungSeconds;
  if (settled) {
    const absl::MutexLock lock(&mutex_);
    known_[file] = {.stamp = stamp.text, .digest = digest};
    learned_.insert(file);
  }
  return digest;
}

void StatCache::Save() {
  const absl::MutexLock lock(&mutex_);
  if (path_.empty() || learned_.empty()) {
    return;
  }
  Entries entries = ReadEntries(path_);
  for (const std::string& file : learned_) {
    entries[file] = known_[file];
  }
  std::string text = kHeader;
  for (const auto& [file, entry] : entries) {
    if (Exists(file)) {
      absl::StrAppend(&text, CsvCell(file), ",", entry.stamp, ",", entry.digest,
                      "\n");
    }
  }
  const std::string folder = path_.substr(0, path_.rfind('/'));
  if (CreateDirectories(folder).ok()) {
    ReplaceFile(path_, text).IgnoreError();
  }
  learned_.clear();
}

}  // namespace cxr
