// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INDEX_WORDS_H_
#define CXR_DATA_INDEX_WORDS_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// The enumerators of an index in words, as files and tables of ours write them.

namespace cxr {

// "PA", "AP", "AP supine", "frontal", "lateral", "other", and nothing for
// kUnknown.
absl::string_view ViewText(View view);

// "F", "M", and nothing for kUnknown.
absl::string_view SexText(Sex sex);

// "training", "validation", "test", and nothing for kNone.
absl::string_view PartText(Part part);

// The same for reports to people, where kNone is "no list".
absl::string_view PartTitle(Part part);

// What is written so; nothing if there is no such word.
std::optional<View> ViewOfText(absl::string_view text);
std::optional<Sex> SexOfText(absl::string_view text);
std::optional<Part> PartOfText(absl::string_view text);

}  // namespace cxr

#endif  // CXR_DATA_INDEX_WORDS_H_
