// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/file_dataset.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/data/codec/decode_image.h"

namespace cxr {

FileDataset::FileDataset(ImageIndex index, FileDatasetOptions options)
    : index_(std::move(index)), options_(std::move(options)) {}

absl::StatusOr<DecodedImage> FileDataset::Decode(int i) const {
  CXR_CHECK(0 <= i && i < std::ssize(index_.examples)) << "image " << i;
  return ReadImage(
      ImagePath(options_.folder, index_.examples[i]),
      {.sixteen_bit = options_.sixteen_bit, .dicom = options_.dicom.get()});
}

absl::StatusOr<std::string> FileDataset::LoadReport(int i) const {
  return options_.report == nullptr ? Dataset::LoadReport(i)
                                    : options_.report(i, index_.examples[i]);
}

std::string ImagePath(absl::string_view folder, const Example& example) {
  const std::string path = JoinPath(folder, example.path);
  if (Exists(path)) {
    return path;
  }
  const size_t ending = path.rfind('.');
  const std::string prepared = absl::StrCat(
      absl::string_view(path).substr(0, std::min(ending, path.size())), ".jpg");
  return Exists(prepared) ? prepared : path;
}

}  // namespace cxr
