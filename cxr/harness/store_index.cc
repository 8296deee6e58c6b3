// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/store_index.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/file.h"

namespace cxr {
namespace {

constexpr absl::string_view kIndexFile = "index";
constexpr size_t kFields = 12;
// The last field: a line that was cut off lacks it.
constexpr absl::string_view kEnd = ".";

// The fields between tabs; false if there are more or fewer.
bool Split(absl::string_view line,
           std::array<absl::string_view, kFields>& fields) {
  for (size_t i = 0; i < kFields; ++i) {
    const size_t tab = line.find('\t');
    if ((tab == absl::string_view::npos) != (i + 1 == kFields)) {
      return false;
    }
    fields[i] = line.substr(0, tab);
    line.remove_prefix(i + 1 == kFields ? line.size() : tab + 1);
  }
  return true;
}

bool ParseLine(absl::string_view line, IndexEntry& entry) {
  std::array<absl::string_view, kFields> fields;
  if (!Split(line, fields) || fields.back() != kEnd) {
    return false;
  }
  entry = {.stage = fields[0],
           .id = fields[1],
           .experiment = fields[3],
           .rung = fields[4],
           .protocol = fields[5],
           .code_digest = fields[6],
           .device = fields[7]};
  return absl::SimpleAtoi(fields[2], &entry.attempt) &&
         absl::SimpleAtod(fields[8], &entry.flops) &&
         absl::SimpleAtoi(fields[9], &entry.images) &&
         absl::SimpleAtod(fields[10], &entry.wall_seconds);
}

}  // namespace

std::string IndexLine(const spec::RunRecord& record) {
  const spec::Provenance& provenance = record.provenance();
  // The end of a line first, in case the last one was cut off.
  return absl::StrCat(
      "\n",
      absl::StrJoin(
          {record.stage(), record.id(), absl::StrCat(record.attempt()),
           provenance.experiment(), provenance.rung(), provenance.protocol(),
           provenance.code_digest(), provenance.device(),
           absl::StrCat(provenance.flops()), absl::StrCat(provenance.images()),
           absl::StrCat(provenance.wall_seconds()), std::string(kEnd)},
          "\t"),
      "\n");
}

absl::Status AppendToIndex(absl::string_view store_path,
                           absl::string_view lines) {
  return lines.empty() ? absl::OkStatus()
                       : AppendToFile(JoinPath(store_path, kIndexFile), lines);
}

absl::StatusOr<StoreIndex> StoreIndex::Read(absl::string_view store_path) {
  const absl::StatusOr<std::string> text =
      ReadFile(JoinPath(store_path, kIndexFile));
  if (!text.ok() && !absl::IsNotFound(text.status())) {
    return text.status();
  }
  StoreIndex index;
  if (text.ok()) {
    index.text_.assign(text->begin(), text->end());
  }
  absl::string_view rest(index.text_.data(), index.text_.size());
  // What stands behind the last end of a line is still being written.
  for (size_t end = rest.find('\n'); end != absl::string_view::npos;
       end = rest.find('\n')) {
    IndexEntry entry;
    if (ParseLine(rest.substr(0, end), entry)) {
      const size_t place = index.entries_.size();
      index.entries_.push_back(entry);
      index.by_id_[{entry.stage, entry.id}] = place;
      index.by_experiment_[{entry.stage, entry.experiment, entry.rung,
                            entry.protocol}] = place;
    }
    rest.remove_prefix(end + 1);
  }
  return index;
}

const IndexEntry* StoreIndex::Find(absl::string_view stage,
                                   absl::string_view id) const {
  const auto it = by_id_.find({stage, id});
  return it == by_id_.end() ? nullptr : &entries_[it->second];
}

const IndexEntry* StoreIndex::Newest(absl::string_view stage,
                                     absl::string_view experiment,
                                     absl::string_view rung,
                                     absl::string_view protocol) const {
  const auto it = by_experiment_.find({stage, experiment, rung, protocol});
  return it == by_experiment_.end() ? nullptr : &entries_[it->second];
}

}  // namespace cxr
