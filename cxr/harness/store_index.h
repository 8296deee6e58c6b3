// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_STORE_INDEX_H_
#define CXR_HARNESS_STORE_INDEX_H_

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/run_record.pb.h"

// STORE/index: one line for each record that was completed, in that order. It
// answers what would cost a look at every record; the records stay the truth,
// and a lost line costs an answer, never a result.

namespace cxr {

// A line of it. Texts point into the index.
struct IndexEntry {
  absl::string_view stage = {};
  absl::string_view id = {};
  int attempt = 0;
  absl::string_view experiment = {};
  absl::string_view rung = {};
  absl::string_view protocol = {};
  absl::string_view code_digest = {};
  absl::string_view device = {};
  double flops = 0;
  int64_t images = 0;
  double wall_seconds = 0;
};

// The line of a record, its ends included.
std::string IndexLine(const spec::RunRecord& record);

// Adds lines to the index of the store at `store_path`.
absl::Status AppendToIndex(absl::string_view store_path,
                           absl::string_view lines);

class StoreIndex {
 public:
  // Reads the index of the store at `store_path`; empty if there is none. Lines
  // that are no lines of an index are passed over: one may have been cut off.
  static absl::StatusOr<StoreIndex> Read(absl::string_view store_path);

  // In the order in which the records were completed.
  const std::vector<IndexEntry>& entries() const { return entries_; }

  // The newest line of the stage, null if there is none. "Newest" goes by order
  // alone, whatever clocks said.
  const IndexEntry* Find(absl::string_view stage, absl::string_view id) const;

  // The newest line of a stage of an experiment under certain rules.
  const IndexEntry* Newest(absl::string_view stage,
                           absl::string_view experiment, absl::string_view rung,
                           absl::string_view protocol) const;

 private:
  StoreIndex() = default;

  using Key = std::tuple<absl::string_view, absl::string_view,
                         absl::string_view, absl::string_view>;

  std::vector<char> text_;  // Never moves in memory, unlike a short string.
  std::vector<IndexEntry> entries_;
  absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, size_t>
      by_id_;
  absl::flat_hash_map<Key, size_t> by_experiment_;
};

}  // namespace cxr

#endif  // CXR_HARNESS_STORE_INDEX_H_
