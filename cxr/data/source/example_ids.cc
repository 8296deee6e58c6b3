// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/example_ids.h"

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

uint32_t HashOf(absl::string_view id) {
  return static_cast<uint32_t>(absl::Hash<absl::string_view>()(id));
}

}  // namespace

ExampleIds::ExampleIds(const std::vector<Example>* examples)
    : examples_(examples),
      entries_(/*bucket_count=*/0, Hash{}, Equal{examples}) {}

void ExampleIds::StartTable(absl::string_view path) {
  tables_.push_back({.path = std::string(path),
                     .first_example = static_cast<int>(lines_.size())});
}

absl::Status ExampleIds::AddLast(int64_t line) {
  CXR_CHECK(!tables_.empty() && lines_.size() + 1 == examples_->size())
      << lines_.size() << " examples added of " << examples_->size() << ", in "
      << tables_.size() << " tables";
  const int last = static_cast<int>(lines_.size());
  lines_.push_back(line);
  const std::string& id = examples_->back().id;
  if (id.empty()) {
    return absl::DataLossError(
        absl::StrCat(Place(last), ": found an image without an id"));
  }
  const auto [earlier, is_new] =
      entries_.insert({.hash = HashOf(id), .place = last});
  if (!is_new) {
    return absl::DataLossError(absl::StrCat(
        Place(last), ": found ", id, ", which stands at ",
        Place(earlier->place), " already, expected every image once"));
  }
  return absl::OkStatus();
}

std::optional<int> ExampleIds::Find(absl::string_view id) const {
  const auto it = entries_.find(Wanted{.hash = HashOf(id), .id = id});
  return it == entries_.end() ? std::nullopt : std::optional<int>(it->place);
}

std::string ExampleIds::Place(int example) const {
  size_t table = tables_.size() - 1;
  while (tables_[table].first_example > example) {
    --table;
  }
  return absl::StrCat(tables_[table].path, ":", lines_[example]);
}

}  // namespace cxr
