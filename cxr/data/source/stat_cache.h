// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_STAT_CACHE_H_
#define CXR_DATA_SOURCE_STAT_CACHE_H_

#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

// Digests of files that are read once and then known by size, time of change
// and inode, as long as these stay.
//
//   StatCache cache(JoinPath(cache_folder, "digests.csv"));
//   CXR_ASSIGN_OR_RETURN(const std::string digest, cache.Sha256Of(path));
//   cache.Save();

namespace cxr {

class StatCache {
 public:
  // Reads what `path` holds; a cache that is missing, damaged or in a form that
  // is not known is an empty one. "" keeps nothing.
  explicit StatCache(absl::string_view path);

  StatCache(const StatCache&) = delete;
  StatCache& operator=(const StatCache&) = delete;

  // SHA-256 of a file's bytes. From the cache if size, time of change to the
  // nanosecond and inode are those of the last reading, which was more than two
  // seconds after that change: a younger file may change again within one tick
  // of the disk's clock. Safe to call from many threads.
  absl::StatusOr<std::string> Sha256Of(absl::string_view path);

  // Adds what was learned to what the file holds by now, so that other
  // processes' entries stay but for those written at the same moment, and drops
  // entries of files that are gone. The disk being full or read-only is no
  // error: it is a cache.
  void Save();

 private:
  struct Entry {
    std::string stamp;  // size, time, inode
    std::string digest;
  };

  using Entries = absl::flat_hash_map<std::string, Entry>;

  static Entries ReadEntries(const std::string& path);

  const std::string path_;
  absl::Mutex mutex_;
  Entries known_ ABSL_GUARDED_BY(mutex_);
  // The files of known_ that are not saved yet.
  absl::flat_hash_set<std::string> learned_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_STAT_CACHE_H_
