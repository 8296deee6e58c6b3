// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_images.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/with_commas.h"
#include "cxr/tasks/common/stage_dataset.h"

namespace cxr {

absl::StatusOr<PretrainImages> PretrainImages::Create(
    const spec::PretrainSpec& spec, Opener open) {
  PretrainImages images;
  for (const spec::DataSpec& data : spec.data()) {
    Set& set = images.sets_.emplace_back();
    set.spec = data;
    CXR_ASSIGN_OR_RETURN(set.dataset, open(data));
    CXR_ASSIGN_OR_RETURN(set.selected, Select(set.dataset->index(), data));
    images.starts_.push_back(images.starts_.back() +
                             std::ssize(set.selected.rows));
  }
  return images;
}

const PretrainImages::Set& PretrainImages::SetOf(int64_t i) const {
  CXR_CHECK(i >= 0 && i < size()) << "image " << i << " of " << size();
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), i);
  return sets_[static_cast<size_t>(after - starts_.begin() - 1)];
}

absl::StatusOr<GrayImage> PretrainImages::Load(int64_t i) const {
  const Set& set = SetOf(i);
  const int64_t first = starts_[static_cast<size_t>(&set - sets_.data())];
  return set.dataset->LoadImage(
      set.selected.rows[static_cast<size_t>(i - first)]);
}

const Example& PretrainImages::ExampleOf(int64_t i) const {
  const Set& set = SetOf(i);
  const int64_t first = starts_[static_cast<size_t>(&set - sets_.data())];
  return set.selected.index.examples[static_cast<size_t>(i - first)];
}

std::vector<std::string> PretrainImages::Notes() const {
  std::vector<std::string> notes;
  for (const Set& set : sets_) {
    notes.push_back(absl::StrCat(DataNote(set.spec, set.selected.index), ", ",
                                 WithCommas(std::ssize(set.selected.rows)),
                                 " images"));
  }
  return notes;
}

}  // namespace cxr
